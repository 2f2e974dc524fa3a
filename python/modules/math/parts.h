// python/modules/math/parts.h: what math is made of, by the files that have it.
//
// Tests: tests/python/modules/math_test.cc
#pragma once

#include <span>

#include "objects/types/native_function.h"

namespace orochi::inline OROCHI_DESIGN::math {

[[nodiscard]] std::span<const NativeSpec> real_functions() noexcept;     // sin, sqrt, pow ...
[[nodiscard]] std::span<const NativeSpec> logarithms() noexcept;         // also of large ints
[[nodiscard]] std::span<const NativeSpec> float_parts() noexcept;        // frexp, ulp, floor ...
[[nodiscard]] std::span<const NativeSpec> sums() noexcept;               // fsum, prod, hypot, dist
[[nodiscard]] std::span<const NativeSpec> integer_functions() noexcept;  // gcd, isqrt, comb ...

Raised raise_domain() noexcept;
Raised raise_range() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::math
