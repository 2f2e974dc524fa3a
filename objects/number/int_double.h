// objects/number/int_double.h: between integers of any size and doubles: every result is the
// nearest double, halves to even, and every comparison is exact.
//
// Conventions of rooms and scratch: objects/number/limbs.h
// Tests: tests/objects/number/int_double_test.cc
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <span>

#include "objects/number/limbs.h"

namespace orochi::inline OROCHI_DESIGN::integer {

// Nothing: it is too large for a double.
[[nodiscard]] std::optional<double> to_double(View a) noexcept;

// The integer between zero and `x` that is nearest to `x`. Requires: `x` is finite.
inline constexpr std::size_t kFromDoubleRoom = 18;  // 1 024 bits, and what shifting wants
View from_double(Limb* out, double x) noexcept;

// Unordered: `x` is not a number.
[[nodiscard]] std::partial_ordering compare_with_double(View a, double x) noexcept;

// a / b. Nothing: the quotient is too large for a double. Requires: `b` is not zero.
[[nodiscard]] std::size_t true_divide_scratch(View a, View b) noexcept;
[[nodiscard]] std::optional<double> true_divide(View a, View b, std::span<Limb> scratch) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::integer
