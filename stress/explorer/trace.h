// stress/explorer/trace.h: what happened in a schedule, step by step, for people.
//
// Every step goes into a hash, by which two runs are compared; the steps themselves are kept only
// while a failure is replayed.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "stress/explorer/model.h"
#include "stress/explorer/where.h"

namespace orochi::explorer {

enum class Step : std::uint8_t {
  kLoad,
  kStore,
  kUpdate,          // a read-modify-write
  kFailedExchange,  // a compare-exchange that found another value
  kConstruct,
  kReadCell,
  kWriteCell,
  kSleep,     // in a futex, while the word holds a value
  kNoSleep,   // the word held another value
  kWake,      // the value is how many were woken
  kTimedOut,  // a sleep ended by its deadline
  kPause,
  kClock,
  kDone,  // the thread has come to its end
};

struct Event {
  Step step;
  ThreadNumber thread;
  Order order;
  std::uint8_t size;
  std::uint16_t place;        // the model's number
  std::uint16_t stores_back;  // of a load
  std::uint32_t number;
  const void* address;
  std::uint64_t value;   // read or stored
  std::uint64_t before;  // of an update: what it read; of a stale load: what is newest
  Where where;
};

class Trace {
 public:
  void begin_schedule() noexcept;
  void keep_events(bool keep) noexcept { keeps_ = keep; }
  // What came so far is only how the state was built.
  void forget_events() noexcept { size_ = 0; }

  void add(const Event& event) noexcept {
    // The address of a place differs from build to build; its number does not.
    mix((std::uint64_t{event.thread} << 8 | static_cast<std::uint64_t>(event.step)) << 32 |
        std::uint64_t{event.place} << 16 | event.stores_back);
    mix(event.value);
    if (keeps_ && size_ < kEvents) events_[size_++] = event;
  }
  [[nodiscard]] std::uint64_t hash() const noexcept { return hash_; }

  // Gives an object a name in traces. The text must outlive the schedule.
  void name(const void* address, std::size_t bytes, const char* text) noexcept;

  // One line for each event.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string name_of(const void* address) const;

 private:
  struct Name {
    const char* address;
    std::size_t bytes;
    const char* text;
  };
  static constexpr std::size_t kEvents = kSteps;
  static constexpr std::size_t kNames = 64;

  [[nodiscard]] std::string line(const Event& event) const;
  void mix(std::uint64_t word) noexcept { hash_ = (hash_ ^ word) * 0x9E3779B97F4A7C15U; }

  std::uint64_t hash_ = 0;
  bool keeps_ = false;
  std::size_t size_ = 0;
  std::size_t names_used_ = 0;
  std::array<Name, kNames> names_{};
  std::array<Event, kEvents> events_;
};

// "A" for the first actor, "B" for the second; "-" for who builds and checks.
[[nodiscard]] char letter_of(ThreadNumber thread) noexcept;

}  // namespace orochi::explorer
