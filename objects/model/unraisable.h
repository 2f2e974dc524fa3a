// objects/model/unraisable.h: exceptions that nobody can be told of.
//
// A finalizer and the callback of a weak reference run where nobody has called them. What they
// raise goes no further: it is shown, and the program goes on.
//
// Attached threads that hold no lock of the runtime. Both may park.
// Tests: tests/objects/model/finalize_test.cc
#pragma once

#include "objects/model/error.h"

namespace orochi::inline OROCHI_DESIGN {

// Takes what is pending, if anything is, and shows it. `where`, borrowed: what has raised it.
void report_unraisable(Value where) noexcept;

// How it is shown; null: as a line or two on stderr. May run any code. One for the process.
using UnraisableHook = void (*)(Error error, Value where) noexcept;
void set_unraisable_hook(UnraisableHook hook) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
