#include "runtime/once.h"

#include "memory/policy.h"
#include "runtime/held_locks.h"
#include "runtime/parking.h"

namespace orochi::inline OROCHI_DESIGN {

bool Once::run_slow(FunctionRef<bool()> attempt) noexcept {
  for (;;) {
    State seen = State::kUntried;
    // acquire: pairs with the release in finish, for what an earlier try left, done or not.
    if (word_.compare_exchange(seen, State::kRunning, kAcquire, kAcquire)) return run_here(attempt);
    if (seen == State::kDone) return true;
    wait();
  }
}

bool Once::run_here(FunctionRef<bool()> attempt) noexcept {
  if constexpr (kDebug) HeldLocks::add(this);
  const bool succeeded = attempt();
  if constexpr (kDebug) HeldLocks::remove(this);
  finish(succeeded ? State::kDone : State::kUntried);
  return succeeded;
}

void Once::wait() noexcept {
  if constexpr (kDebug) HeldLocks::check_not_held(this);
  State seen = State::kRunning;
  // relaxed, both: says only that somebody sleeps; run_slow looks again.
  word_.compare_exchange(seen, State::kAwaited, kRelaxed, kRelaxed);
  static_cast<void>(ParkingLot::park(
      &word_, [this] { return word_.load(kRelaxed) == State::kAwaited; }));  // relaxed: as above
}

void Once::finish(State result) noexcept {
  State seen = State::kRunning;
  // release: pairs with the acquires in is_done and run_slow. relaxed: only `awaited` is left.
  if (word_.compare_exchange(seen, result, kRelease, kRelaxed)) return;
  // I1. release: as above.
  ParkingLot::unpark_all(&word_, [this, result](Found) { word_.store(result, kRelease); });
}

void Once::reset_after_fork() noexcept {
  if (!is_done()) word_.store(State::kUntried, kRelaxed);  // relaxed: one thread exists
}

}  // namespace orochi::inline OROCHI_DESIGN
