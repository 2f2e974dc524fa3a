// memory/grace_period.h: when has everybody stopped looking?
//
// A reader's section lies between two safepoints of an attached thread. Entering and leaving it
// costs nothing and is written nowhere. A grace period is over once every section is over that was
// open when it began.
//
//   epoch   one number for all. Each grace period begins by raising it; its goal is the new value
//   seen    one number a slot: the epoch that its thread read when it last had no section open.
//           Stored at each attach, and at safepoints only when somebody asks (Breaker::kEpoch)
//
// A slot has passed a goal if its `seen` has reached it, or if it is not attached: a free,
// starting, detached, suspended or helped slot has no section open and holds nobody up. A slot that
// has passed never goes back on it.
//
// Why that is enough (rule 40). Someone unlinks a value; then, not before it in happens-before,
//
//   E  the epoch is raised, seq_cst      A  a reader's slot moves to attached, seq_cst
//   S  states are read, seq_cst          L  the reader loads the epoch, seq_cst, and stores `seen`
//                                        R  the reader looks into containers
//
// I1  S misses A: then E < S < A < L in the order of all seq_cst operations, so L reads from E or
//     from a later raise, which makes the unlinking happen before R: the reader cannot find it.
// I2  S finds the slot attached and `seen` has reached the goal: L reads from E or later, as in I1,
//     and whatever the reader looked at earlier happened before its (release) store of `seen`.
// I3  S finds the slot away: all its sections happened before the move that took it away.
// I4  A scan misses a slot that is made meanwhile: as I1, with the table's size in the place of the
//     state (SlotTable::made is seq_cst for this).
// All raises are read-modify-writes, so that reading from a later one is as good as from E. No
// fence is used and none would do: ThreadSanitizer has to see these edges.
//
// Never blocks, never allocates, takes no lock. In a design without parallel threads there is
// nothing to wait for and nobody calls this.
//
// Tests: tests/memory/grace_period_test.cc   Explored: stress/memory/grace_period_explore.cc
// Stress: stress/memory/epoch_stress.cc
#pragma once

#include <cstdint>

#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {

namespace detail {
// On a line of its own: everybody reads it at attach.
struct alignas(128) EpochLine {
  SysAtomic<std::uint64_t> raised{1};
};
inline constinit EpochLine g_epoch;
}  // namespace detail

class GracePeriod {
 public:
  using Goal = std::uint64_t;

  // The slot's thread, which has no section open: what it reads from now on is as new as the epoch.
  // After its move to attached, and before it looks into any container; or at a safepoint.
  static void observe(Slot& slot) noexcept {
    // seq_cst: L. release: what the thread read before is over; pairs with the acquire in
    // has_passed.
    slot.seen.store(detail::g_epoch.raised.load(kSeqCst), kRelease);
  }

  // Begins a grace period. Any thread; the unlinking happened before.
  [[nodiscard]] static Goal begin() noexcept {
    return detail::g_epoch.raised.fetch_add(Goal{1}, kSeqCst) + 1;  // E
  }

  // Any thread, after it knows that the grace period has begun.
  [[nodiscard]] static bool has_passed(const Slot& slot, Goal goal) noexcept {
    // acquire: pairs with the release stores of `seen` (I2). The state is S (I1, I3).
    return slot.seen.load(kAcquire) >= goal || slot.state.load() != SlotState::kAttached;
  }

  // How many grace periods the slot has not passed, for whoever looks for the thread that keeps
  // memory from coming back. A glance: it may be outdated when it returns.
  [[nodiscard]] static std::uint64_t lag_of(const Slot& slot) noexcept {
    if (slot.state.guess() != SlotState::kAttached) return 0;
    // acquire: `seen` never runs ahead of the epoch that is read after it.
    const std::uint64_t seen = slot.seen.load(kAcquire);
    return epoch() - seen;
  }

  [[nodiscard]] static std::uint64_t epoch() noexcept {
    return detail::g_epoch.raised.load(kRelaxed);  // relaxed: a figure
  }
};

}  // namespace orochi::inline OROCHI_DESIGN
