// objects/types/complex_arithmetic.h: what the operators do with two complex numbers.
//
// An empty Ref: an exception is pending. Attached threads.
// Tests: tests/objects/types/complex_arithmetic_test.cc
#pragma once

#include "objects/types/complex.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Ref<> complex_add(ComplexNumber a, ComplexNumber b) noexcept;
[[nodiscard]] Ref<> complex_subtract(ComplexNumber a, ComplexNumber b) noexcept;
[[nodiscard]] Ref<> complex_multiply(ComplexNumber a, ComplexNumber b) noexcept;
[[nodiscard]] Ref<> complex_true_divide(ComplexNumber a, ComplexNumber b) noexcept;
[[nodiscard]] Ref<> complex_power(ComplexNumber a, ComplexNumber b) noexcept;
// The distance from 0: a float.
[[nodiscard]] Ref<> complex_absolute(ComplexNumber a) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
