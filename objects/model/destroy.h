// objects/model/destroy.h: the end of an object.
//
// Called through memory/merge_queue.h for an object whose count is dead, once for each time that it
// dies: a finalizer may save it (objects/model/finalize.h). Then its weak links die and call back
// (objects/model/weak_table.h); its layout drops its children, which may be their end too, and
// gives its buffers back; and its block goes to the heap at once or, if the object is retire-late,
// to the epoch.
//
//     dead --------------> finalizer --> weak links --> dismantled ----------> memory
//       |    depth below       ^  |                                heap, or epoch
//       |    kMostNested       |  +--> saved: it lives on
//       |                      |
//       +--> doomed -----------+
//            deeper: a bit beside its slab      the outermost destruction of this thread, or any
//                                               thread at a safepoint
//
// So a chain of any length is destroyed in a stack of bounded depth, and nothing is allocated: the
// list of what waits is the one of the merge queue (rule 23). The price is paid once in kMostNested
// levels; an ordinary destruction pays for two counters. Code that runs in between, of finalizers
// and callbacks, counts levels of its own (objects/model/call_out.h).
//
// I1  The count says "dead" from before the first weak link is ended until the memory is used again
//     (rule 11): nobody brings the object back, and enumerations skip it.
// I2  The children of an object that readers may be in are marked before they are dropped (rule 6).
//
// Attached threads that hold no lock of the runtime. May run any code.
// Tests: tests/objects/model/destroy_test.cc   Bench: bench/objects/model/destroy_bench.cc
#pragma once

#include <cstdint>

#include "memory/merge_queue.h"
#include "objects/model/object.h"

namespace orochi::inline OROCHI_DESIGN {

// How many destructions may be on a stack, each inside the one before.
inline constexpr std::uint32_t kMostNested = 64;

// The Destroyer of memory/merge_queue.h.
Destruction destroy_object(void* block) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
