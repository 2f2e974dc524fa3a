// objects/number/float_format.h: a double in the formats that Python's format() and % know: e, f,
// g, %, and none, with any precision.
//
// Every digit is exact: a double is a finite decimal, and what is cut off is rounded, halves to
// even. What surrounds the digits (sign, width, grouping) is objects/text/format_spec.h's.
// Tests: tests/objects/number/float_format_test.cc
#pragma once

#include <cstddef>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

struct FloatStyle {
  // e E f F g G %, or none: as repr(), or with a precision as g with a digit behind the point.
  // Python's n is g here; its user groups the digits.
  char type = '\0';
  int precision = -1;      // none
  bool alternate = false;  // #: the point always stands there, and g keeps its zeros
};

// The digits, without a sign.
struct PrintedDouble {
  std::size_t size = 0;
  std::size_t integer_digits = 0;  // those that are grouped; inf and nan have none
  bool negative = false;           // nan never is
  bool is_zero = false;            // all digits are 0: z asks
};

// Requires: the precision leaves room for some hundred more characters in an int.
inline constexpr int kMostFloatPrecision = 2'147'483'647 - 400;
[[nodiscard]] std::size_t format_double_room(const FloatStyle& style) noexcept;
PrintedDouble format_double(char* out, double x, const FloatStyle& style) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
