// objects/number/double_parts.h: a double taken apart and put together, exactly.
//
// Tests: tests/objects/number/double_parts_test.cc
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <optional>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

static_assert(std::numeric_limits<double>::is_iec559 && std::numeric_limits<double>::digits == 53,
              "a float is a binary64");

// A finite number: mantissa * 2**exponent, and its sign, which -0.0 has too.
struct DoubleParts {
  std::uint64_t mantissa = 0;
  int exponent = 0;
  bool negative = false;
};

// The mantissa has no more than 53 bits.
[[nodiscard]] constexpr DoubleParts take_apart(double x) noexcept {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto biased = static_cast<int>(bits >> 52 & 0x7FF);
  const std::uint64_t fraction = bits & ((std::uint64_t{1} << 52) - 1);
  const bool negative = bits >> 63 != 0;
  if (biased == 0) return {fraction, -1074, negative};
  return {fraction | std::uint64_t{1} << 52, biased - 1075, negative};
}

// The same with an odd mantissa; a zero has exponent 0.
[[nodiscard]] constexpr DoubleParts take_apart_reduced(double x) noexcept {
  DoubleParts parts = take_apart(x);
  if (parts.mantissa == 0) return {0, 0, parts.negative};
  const int zeros = std::countr_zero(parts.mantissa);
  return {parts.mantissa >> zeros, parts.exponent + zeros, parts.negative};
}

// The double nearest to (mantissa + less than 1 if `inexact`) * 2**exponent, halves to even.
// Nothing if that is beyond the largest one. Requires: mantissa has 55 bits or is exact.
[[nodiscard]] std::optional<double> put_together(std::uint64_t mantissa, bool inexact,
                                                 std::int64_t exponent, bool negative) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
