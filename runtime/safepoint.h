// runtime/safepoint.h: where a thread lets others have their way.
//
// A thread calls `safepoint()` between two pieces of work that touch objects: the language at back
// edges and calls, native code in its long loops. What a thread loaded from a shared container
// without counting it is good until its next safepoint and no longer (D5, rule 9): a safepoint may
// stop for the world, hand over the GIL, run destructors, and give memory back.
//
// The slow path takes all bits of the breaker at once and serves them in this order:
//
//   1 memory that waits for readers    2 hostile modes    3 a stop of the world    4 the GIL
//   5 queued references and dead objects    6 what the floors above want
//
// A bit that is set meanwhile is for the next safepoint, so one safepoint ends.
//
// Attached threads only, in no pause of their own and holding no lock that does not detach. May
// park, may run user code (destructors). Costs a load and a branch when nobody asked for anything.
//
// Tests: tests/runtime/safepoint_test.cc
#pragma once

#include <cstdint>

#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {

void safepoint_slow() noexcept;

inline void safepoint() noexcept {
  // relaxed: a hint that is looked at again soon; the slow path takes the bits with acquire.
  if (current().slot->breaker.load(kRelaxed) != 0) [[unlikely]]
    safepoint_slow();
}

// Called at a safepoint that was asked for this reason, one from kLeave on; in the order of the
// reasons. That is the last thing a safepoint does; it may run user code. One hook a reason for the
// process, set before threads need it; null: the reason is forgotten.
using SafepointHook = void (*)() noexcept;
void set_safepoint_hook(Breaker reason, SafepointHook hook) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
