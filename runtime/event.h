// runtime/event.h: something that has happened, or not yet.
//
//   clear --wait--> clear, with sleepers --set--> set --reset--> clear
//     \________________set______________________/
//
// I1  Sleepers are taken in the hold of the parking lot in which the word becomes `set`, so a
//     thread that returned from its wait may destroy the event.
//
// Any thread may call anything; who waits detaches while it sleeps. What was written before `set`
// is seen after a `wait` that it ended. `reset` is for one thread that knows that nobody waits.
// Tests: tests/runtime/event_test.cc   Stress: stress/runtime/waiting_stress.cc
#pragma once

#include <cstdint>

#include "memory/door/platform.h"
#include "memory/door/sys_atomic.h"

namespace orochi::inline OROCHI_DESIGN {

class Event {
 public:
  constexpr Event() noexcept = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  [[nodiscard]] bool is_set() const noexcept {
    return word_.load(kAcquire) == State::kSet;  // pairs with the release in set
  }

  // Never parks. Again is nothing.
  void set() noexcept;

  void wait() noexcept { static_cast<void>(wait_until(platform::kNever)); }
  // False: the deadline passed first.
  [[nodiscard]] bool wait_until(platform::Nanos deadline) noexcept;
  [[nodiscard]] bool wait_for(platform::Nanos span) noexcept {
    return is_set() || wait_until(platform::deadline_in(span));
  }

  void reset() noexcept;

 private:
  enum class State : std::uint8_t { kClear, kClearWithSleepers, kSet };

  SysAtomic<State> word_{State::kClear};
};

}  // namespace orochi::inline OROCHI_DESIGN
