// stress/explorer/scheduler.h: which thread runs.
//
// Threads are fibers. A thread gives the others a chance before each access that might matter to
// them (`point`), and when it cannot go on: asleep in a futex, pausing in a spin loop, at its end.
//
// I1  A pausing thread saw that it must wait, so it goes on only after somebody changed a value.
//     A loop that spins a bounded number of times may also be impatient: spin to its end at once,
//     with nobody else between its looks. All other interleavings of such a loop equal one of the
//     two.
// I2  Time is virtual. It passes when the clock is read and when nobody but sleepers is left; then
//     the earliest deadline fires. Firing a deadline earlier is a choice with a bound of its own.
// I3  When nobody can ever go on, that is a deadlock or a lost wake-up; when threads only spin, a
//     livelock. Nothing is found by waiting.
#pragma once

#include <array>
#include <cstdint>

#include "memory/door/platform.h"
#include "stress/explorer/choices.h"
#include "stress/explorer/fiber.h"
#include "stress/explorer/globals.h"
#include "stress/explorer/limits.h"
#include "stress/explorer/where.h"

namespace orochi::explorer {

using platform::Nanos;

class Scheduler {
 public:
  explicit Scheduler(Choices& choices) noexcept : choices_(choices) {}

  // Runs one schedule: `host` on the host's fiber, which calls run_actors, and `actor` on each
  // actor's. Returns when the host is done or somebody called leave().
  void run(unsigned actors, void (*host)(), void (*actor)(ThreadNumber)) noexcept;
  void run_actors() noexcept;
  [[noreturn]] void leave() noexcept;

  [[nodiscard]] ThreadNumber current() const noexcept { return current_; }
  [[nodiscard]] std::uint32_t steps() const noexcept { return steps_; }
  [[nodiscard]] Nanos time() const noexcept { return time_; }

  // Before an access. It is a chance for others if the place is `contended`.
  void point(bool contended, bool writes) noexcept;
  // After an access by which a place has another value than before.
  void changed() noexcept;
  [[nodiscard]] bool is_impatient() const noexcept { return actors_[current_].impatient; }

  void pause() noexcept;
  [[nodiscard]] Nanos read_clock() noexcept;
  // What a thread sleeps on; null: only on its deadline.
  struct Sleep {
    const void* address;
    std::uint32_t expected;
    Nanos deadline;
    Where where;
  };
  // Returns false if the deadline fired.
  [[nodiscard]] bool sleep(const Sleep& sleep) noexcept;
  // Wakes who slept longest; false: nobody sleeps on it.
  [[nodiscard]] bool wake_one(const void* address) noexcept;

  // For the report of who stands where.
  [[nodiscard]] bool is_asleep(ThreadNumber thread) const noexcept {
    return actors_[thread].state == State::kAsleep;
  }
  [[nodiscard]] const Sleep& sleep_of(ThreadNumber thread) const noexcept {
    return actors_[thread].sleep;
  }

  // The thread whose stack has the address, if it is another's; kHost: it is nobody's or mine.
  // `gone`: no living frame is there.
  [[nodiscard]] ThreadNumber stranger_of(const void* address, bool& gone) const noexcept;

 private:
  enum class State : std::uint8_t { kReady, kAsleep, kPausing, kDone };
  struct Actor {
    Fiber fiber;
    State state = State::kDone;
    bool impatient = false;
    bool fresh = false;  // was picked from all who could run, and did nothing since
    bool timed_out = false;
    unsigned spins = 0;
    std::uint64_t since = 0;  // when it fell asleep, for the order of wake-ups
    Sleep sleep{};
    globals::Own own;  // of this thread, while it does not run
  };

  void step() noexcept;
  void prepare(ThreadNumber thread) noexcept;
  void give_way() noexcept;
  void switch_to(ThreadNumber next) noexcept;
  void stop_being(State state) noexcept;
  void fire(ThreadNumber sleeper) noexcept;
  void make_ready(ThreadNumber thread) noexcept;
  [[nodiscard]] ThreadMask earliest_sleepers() const noexcept;
  [[nodiscard]] ThreadNumber force_a_spinner() noexcept;

  static void enter_host(void*) noexcept;
  static void enter_actor(void* actor) noexcept;

  Choices& choices_;
  unsigned count_ = 0;
  void (*host_)() = nullptr;
  void (*actor_)(ThreadNumber) = nullptr;
  Fiber home_;  // the OS thread's stack
  globals::Own home_own_;
  std::array<Actor, kThreads> actors_{};

  ThreadNumber current_ = kHost;
  std::uint32_t steps_ = 0;
  Nanos time_ = 0;
  ThreadMask ready_ = 0;
  ThreadMask pausing_ = 0;
  ThreadMask timed_ = 0;  // asleep with a deadline
  std::uint64_t sleeps_ = 0;
  unsigned forced_ = 0;  // spins since the last change of anything
};

// Ends the schedule with a verdict; in engine.cc.
[[noreturn]] void fail(Fault fault, const char* pattern, ...) noexcept
    __attribute__((format(printf, 2, 3)));
// Nobody can go on; in engine.cc.
[[noreturn]] void fail_stuck() noexcept;

}  // namespace orochi::explorer
