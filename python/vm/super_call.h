// python/vm/super_call.h: super() without arguments: the class and the instance are those of the
// method that calls it.
//
// Attached threads. Tests: tests/python/language/classes.py
#pragma once

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

// Once, by start_machine.
[[nodiscard]] Status make_super_calls() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
