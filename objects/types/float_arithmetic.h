// objects/types/float_arithmetic.h: what the operators do with two doubles.
//
// An empty Ref: an exception is pending. Attached threads.
// Tests: tests/objects/types/float_arithmetic_test.cc
#pragma once

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Ref<> float_add(double a, double b) noexcept;
[[nodiscard]] Ref<> float_subtract(double a, double b) noexcept;
[[nodiscard]] Ref<> float_multiply(double a, double b) noexcept;
[[nodiscard]] Ref<> float_true_divide(double a, double b) noexcept;
// Rounded down; what is left has the divisor's sign.
[[nodiscard]] Ref<> float_floor_divide(double a, double b) noexcept;
[[nodiscard]] Ref<> float_modulo(double a, double b) noexcept;
[[nodiscard]] Ref<> float_divmod(double a, double b) noexcept;
// A negative base with a fractional exponent has no real power: the complex one.
[[nodiscard]] Ref<> float_power(double a, double b) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
