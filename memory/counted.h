// memory/counted.h: references to objects, as object code uses them.
//
// A counted object begins with its Refcount (memory/refcount.h). `drop` pays what it comes to owe:
// it hands the reference to the owner, or destroys the object. So a drop may run destructors, and
// a section that reads without counting ends with it (rule 9).
//
// Attached threads only.
// Tests: tests/memory/merge_queue_test.cc   Bench: bench/memory/refcount_bench.cc
#pragma once

#include "memory/merge_queue.h"
#include "memory/refcount.h"
#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] inline Refcount& count_of(void* object) noexcept {
  return *static_cast<Refcount*>(object);
}

namespace detail {

// Out of line: the rare end of a drop.
void settle(void* object, Debt debt) noexcept;

}  // namespace detail

inline void retain(void* object) noexcept { count_of(object).retain(current().id); }

inline void drop(void* object) noexcept {
  const Debt debt = count_of(object).drop(current().id);
  if (debt != Debt::kNone) [[unlikely]]
    detail::settle(object, debt);
}

}  // namespace orochi::inline OROCHI_DESIGN
