// python/modules/atexit.h: what a program wants called at its end.
//
// Any attached thread may register. Tests: tests/python/modules/atexit_test.cc
#pragma once

namespace orochi::inline OROCHI_DESIGN {

// Calls all that is registered, the last one first, and forgets it. What they raise is shown
// (objects/model/unraisable.h). What they register is called too. May run any code.
void run_exit_functions() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
