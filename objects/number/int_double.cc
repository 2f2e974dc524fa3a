#include "objects/number/int_double.h"

#include <algorithm>
#include <cmath>

#include "objects/number/bitwise.h"
#include "objects/number/division.h"
#include "objects/number/double_parts.h"

namespace orochi::inline OROCHI_DESIGN::integer {
namespace {

// A number cut to its highest 64 bits.
struct Cut {
  Limb bits = 0;
  std::uint64_t exponent = 0;  // how many were cut off
  bool inexact = false;        // and whether one of them was 1
};

Cut cut(View a) noexcept {
  if (a.is_zero()) return {};
  if (a.size == 1) return {a.limbs[0], 0, false};
  const std::uint64_t exponent = bit_length(a) - kLimbBits;
  const std::size_t whole = exponent / kLimbBits;
  const auto shift = static_cast<unsigned>(exponent % kLimbBits);
  Limb bits = a.limbs[whole] >> shift;
  if (shift != 0) bits |= a.limbs[whole + 1] << (kLimbBits - shift);
  return {bits, exponent, trailing_zeros(a) < exponent};
}

// How far to shift `a` to the left, so that dividing it by `b` gives 63 or 64 bits.
std::int64_t shift_before_dividing(View a, View b) noexcept {
  return static_cast<std::int64_t>(bit_length(b)) - static_cast<std::int64_t>(bit_length(a)) + 63;
}

constexpr std::uint64_t positive_part(std::int64_t n) noexcept {
  return n > 0 ? static_cast<std::uint64_t>(n) : 0;
}

// What true_divide has in its scratch, one after the other.
struct DivisionRooms {
  explicit DivisionRooms(View a, View b) noexcept
      : shift(shift_before_dividing(a, b)),
        numerator(std::max(shift_left_room(a, positive_part(shift)),
                           shift_right_room(a, positive_part(-shift)))),
        quotient(numerator + 2 > b.size ? numerator + 2 - b.size : 1),
        remainder(b.size) {}

  std::int64_t shift;
  std::size_t numerator;
  std::size_t quotient;
  std::size_t remainder;
};

}  // namespace

std::optional<double> to_double(View a) noexcept {
  const Cut top = cut(a);
  return put_together(top.bits, top.inexact, static_cast<std::int64_t>(top.exponent), a.negative);
}

View from_double(Limb* out, double x) noexcept {
  const DoubleParts parts = take_apart(x);
  const Small mantissa{parts.mantissa, parts.negative};
  if (parts.exponent >= 0)
    return shift_left(out, mantissa.view(), static_cast<std::uint64_t>(parts.exponent));
  const auto cut_off = static_cast<std::uint64_t>(-parts.exponent);
  const View magnitude = shift_right(out, mantissa.view().abs(), cut_off);
  return normalized(out, magnitude.size, parts.negative);
}

std::partial_ordering compare_with_double(View a, double x) noexcept {
  if (std::isnan(x)) return std::partial_ordering::unordered;
  if (std::isinf(x)) return 0.0 <=> x;
  Limb limbs[kFromDoubleRoom];
  const std::strong_ordering whole = compare(a, from_double(limbs, x));
  if (whole != 0) return whole;
  return 0.0 <=> x - std::trunc(x);  // all that is left is what was cut off
}

std::size_t true_divide_scratch(View a, View b) noexcept {
  const DivisionRooms rooms{a, b};
  const View numerator{a.limbs, rooms.numerator, false};
  return rooms.numerator + rooms.quotient + rooms.remainder + divide_scratch(numerator, b);
}

std::optional<double> true_divide(View a, View b, std::span<Limb> scratch) noexcept {
  const bool negative = a.negative != b.negative;
  if (a.is_zero()) return std::copysign(0.0, negative ? -1.0 : 1.0);
  const DivisionRooms rooms{a, b};
  Limb* const shifted = scratch.data();
  Limb* const quotient = shifted + rooms.numerator;
  Limb* const remainder = quotient + rooms.quotient;
  const std::span<Limb> rest = scratch.subspan(rooms.numerator + rooms.quotient + rooms.remainder);

  const View numerator = rooms.shift >= 0
                             ? shift_left(shifted, a.abs(), positive_part(rooms.shift))
                             : shift_right(shifted, a.abs(), positive_part(-rooms.shift));
  const bool cut_off = rooms.shift < 0 && trailing_zeros(a) < positive_part(-rooms.shift);
  const Divided divided = truncating_divide(quotient, remainder, numerator, b.abs(), rest);
  return put_together(divided.quotient.limbs[0], cut_off || !divided.remainder.is_zero(),
                      -rooms.shift, negative);
}

}  // namespace orochi::inline OROCHI_DESIGN::integer
