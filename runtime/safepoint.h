// runtime/safepoint.h: where a thread lets others have their way.
//
// A thread calls `safepoint()` between two pieces of work that touch objects: the language at back
// edges and calls, native code in its long loops. What a thread loaded from a shared container
// without counting it is good until its next safepoint and no longer (D5, rule 9): a safepoint may
// stop for the world, hand over the GIL, run destructors, and give memory back.
//
// Attached threads only. May park, may run user code (destructors). Costs a load and a branch when
// nobody asked for anything.
#pragma once

#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {

void safepoint_slow() noexcept;

inline void safepoint() noexcept {
  // relaxed: a hint that is looked at again soon; the slow path takes the bits with acquire.
  if (current().slot->breaker.load(kRelaxed) != 0) [[unlikely]]
    safepoint_slow();
}

}  // namespace orochi::inline OROCHI_DESIGN
