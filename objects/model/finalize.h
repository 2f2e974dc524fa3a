// objects/model/finalize.h: what an object wants done before its end, once.
//
// The finalizer is the layout's (`finalize`), so that a Python class can have `__del__` and a
// native type can close a file. It runs when the last reference was dropped, or when the collector
// found that only a cycle keeps the object; whichever comes first sets ObjectFlag::kFinalized, and
// it never runs again (rule 16).
//
//     last drop --> dead --> revive --> finalizer --> drop --> dead again --> end
//                                                        |
//                                                        +--> somebody has it: it lives on
//
// It runs with an ordinary counted reference, dropped in the ordinary way: there is no protocol of
// resurrection. What it raises is shown (objects/model/unraisable.h); for what it finds and leaves
// in its thread see objects/model/call_out.h.
//
// Attached threads that hold no lock of the runtime. Runs any code.
// Tests: tests/objects/model/finalize_test.cc
#pragma once

#include "objects/model/shape.h"

namespace orochi::inline OROCHI_DESIGN {

// It has a finalizer that has not run. Nobody else is about to run it: the object is dead, or the
// collector's.
[[nodiscard]] inline bool awaits_finalizer(const Object& object) noexcept {
  const Layout& layout = Shape::of(object).layout();
  return layout.finalize != nullptr && !object.has(ObjectFlag::kFinalized) &&
         layout.wants_finalizer(object);
}

// Of an object that the caller counts. Requires: awaits_finalizer.
void run_finalizer(Object& object) noexcept;

// Of a dead one, which the caller is to destroy. True: it lives on, and is not the caller's any
// more. Requires: awaits_finalizer.
[[nodiscard]] bool is_saved_by_finalizer(Object& dead) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
