#include "objects/number/double_parts.h"

#include <cmath>

namespace orochi::inline OROCHI_DESIGN {
namespace {

// mantissa / 2**bits, rounded, halves to even.
std::uint64_t rounded_shift(std::uint64_t mantissa, bool inexact, std::int64_t bits) noexcept {
  if (bits <= 0) return mantissa;
  if (bits > 64) return 0;
  const std::uint64_t kept = bits == 64 ? 0 : mantissa >> bits;
  const std::uint64_t half = std::uint64_t{1} << (bits - 1);
  const std::uint64_t rest = bits == 64 ? mantissa : mantissa & (half * 2 - 1);
  const bool above = rest > half || (rest == half && inexact);
  return kept + (above || (rest == half && (kept & 1) != 0) ? 1 : 0);
}

}  // namespace

std::optional<double> put_together(std::uint64_t mantissa, bool inexact, std::int64_t exponent,
                                   bool negative) noexcept {
  const double sign = negative ? -1.0 : 1.0;
  if (mantissa == 0) return std::copysign(0.0, sign);
  const int zeros = std::countl_zero(mantissa);
  mantissa <<= zeros;
  exponent -= zeros;
  const std::int64_t top = exponent + 63;  // that of the highest bit
  if (top > 1023) return std::nullopt;
  // A mantissa has 53 bits, or as many as are left above 2**-1074.
  const std::int64_t drop = top >= -1022 ? 11 : 11 - 1022 - top;
  const std::uint64_t kept = rounded_shift(mantissa, inexact, drop);
  const auto lowest = static_cast<int>(drop > 64 ? 0 : exponent + drop);
  const double magnitude = std::ldexp(static_cast<double>(kept), lowest);  // exact
  if (std::isinf(magnitude)) return std::nullopt;
  return std::copysign(magnitude, sign);
}

}  // namespace orochi::inline OROCHI_DESIGN
