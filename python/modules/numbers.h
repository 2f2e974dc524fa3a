// python/modules/numbers.h: numbers that functions of modules are given.
//
// Attached threads. May run any code. Tests: tests/python/modules/math_test.cc
#pragma once

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

// A float, or what __float__ or __index__ say. Raises TypeError for others ("must be real number,
// not str"), OverflowError for an int that is too large.
[[nodiscard]] Status read_double(Value value, double& number) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
