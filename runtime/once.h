// runtime/once.h: something that is done once, by whoever comes first.
//
//              caller                    others come             it succeeded
//   untried ------------> running ----------------> awaited  ------------------> done
//      ^                     |  \_______________________|___________________________^
//      +---------------------+--------------------------+
//                  it failed: whoever comes or waits tries next
//
// I1  Sleepers are taken in the hold of the parking lot in which the word leaves `awaited`.
//
// Any thread, detaching while it waits for another's try. A try that calls itself would wait for
// itself: debug builds die with a sentence. What a successful try wrote is seen by all callers.
// Tests: tests/runtime/once_test.cc   Stress: stress/runtime/waiting_stress.cc
#pragma once

#include <cstdint>

#include "memory/door/sys_atomic.h"
#include "memory/function_ref.h"

namespace orochi::inline OROCHI_DESIGN {

class Once {
 public:
  constexpr Once() noexcept = default;
  Once(const Once&) = delete;
  Once& operator=(const Once&) = delete;

  [[nodiscard]] bool is_done() const noexcept {
    return word_.load(kAcquire) == State::kDone;  // pairs with the release in finish
  }

  // Calls attempt(), which says whether it succeeded, unless somebody's try did already. False:
  // the caller's own try failed.
  [[nodiscard]] bool run(FunctionRef<bool()> attempt) noexcept {
    return is_done() || run_slow(attempt);
  }

  // In a forked child: a try that was under way will not end.
  void reset_after_fork() noexcept;

 private:
  enum class State : std::uint8_t { kUntried, kRunning, kAwaited, kDone };

  [[nodiscard]] bool run_slow(FunctionRef<bool()> attempt) noexcept;
  [[nodiscard]] bool run_here(FunctionRef<bool()> attempt) noexcept;
  void wait() noexcept;
  void finish(State result) noexcept;

  SysAtomic<State> word_{State::kUntried};
};

}  // namespace orochi::inline OROCHI_DESIGN
