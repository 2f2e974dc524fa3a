// objects/types/int_arithmetic.h: what the operators do with two integers.
//
// Requires, throughout: is_int of each operand. An empty Ref: an exception is pending.
// Attached threads. Nothing here locks or runs code of others.
// Tests: tests/objects/types/int_arithmetic_test.cc
#pragma once

#include <compare>

#include "objects/types/int.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Ref<> int_add(Value a, Value b) noexcept;
[[nodiscard]] Ref<> int_subtract(Value a, Value b) noexcept;
[[nodiscard]] Ref<> int_multiply(Value a, Value b) noexcept;
[[nodiscard]] Ref<> int_floor_divide(Value a, Value b) noexcept;
[[nodiscard]] Ref<> int_modulo(Value a, Value b) noexcept;
// The tuple of the two above.
[[nodiscard]] Ref<> int_divmod(Value a, Value b) noexcept;
// The nearest float.
[[nodiscard]] Ref<> int_true_divide(Value a, Value b) noexcept;

// A negative exponent gives a float.
[[nodiscard]] Ref<> int_power(Value a, Value exponent) noexcept;
// Modulo a number, whose sign the result has.
[[nodiscard]] Ref<> int_modular_power(Value a, Value exponent, Value modulus) noexcept;

[[nodiscard]] Ref<> int_left_shift(Value a, Value count) noexcept;
[[nodiscard]] Ref<> int_right_shift(Value a, Value count) noexcept;
[[nodiscard]] Ref<> int_and(Value a, Value b) noexcept;
[[nodiscard]] Ref<> int_or(Value a, Value b) noexcept;
[[nodiscard]] Ref<> int_xor(Value a, Value b) noexcept;

[[nodiscard]] Ref<> int_negative(Value a) noexcept;
// The number itself, of type int.
[[nodiscard]] Ref<> int_positive(Value a) noexcept;
[[nodiscard]] Ref<> int_invert(Value a) noexcept;
[[nodiscard]] Ref<> int_absolute(Value a) noexcept;

[[nodiscard]] std::strong_ordering int_order(Value a, Value b) noexcept;
[[nodiscard]] std::int64_t int_hash(Value a) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
