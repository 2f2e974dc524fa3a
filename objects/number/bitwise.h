// objects/number/bitwise.h: shifts and bits of integers of any size, as Python sees them: a
// negative number is a row of bits in two's complement, with ones without end on the left.
//
// Conventions of rooms: objects/number/limbs.h. `out` may be the limbs of an operand throughout.
// Tests: tests/objects/number/bitwise_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/number/limbs.h"

namespace orochi::inline OROCHI_DESIGN::integer {

// Of the magnitude, as int.bit_length and int.bit_count.
[[nodiscard]] std::uint64_t bit_length(View a) noexcept;
[[nodiscard]] std::uint64_t bit_count(View a) noexcept;
// How often 2 divides it. Requires: not zero.
[[nodiscard]] std::uint64_t trailing_zeros(View a) noexcept;

// kNoRoom if the result fits into no memory. (Zero shifts by anything, and needs nothing.)
[[nodiscard]] constexpr std::size_t shift_left_room(View a, std::uint64_t count) noexcept {
  if (a.is_zero()) return 0;
  const std::size_t whole = count / kLimbBits;
  return whole >= kNoRoom - a.size - 1 ? kNoRoom : a.size + whole + 1;
}
View shift_left(Limb* out, View a, std::uint64_t count) noexcept;

// Rounds down: -1 >> n is -1 for every n.
[[nodiscard]] constexpr std::size_t shift_right_room(View a, std::uint64_t count) noexcept {
  const std::uint64_t whole = count / kLimbBits;
  return whole >= a.size ? 1 : a.size - whole + 1;
}
View shift_right(Limb* out, View a, std::uint64_t count) noexcept;

[[nodiscard]] constexpr std::size_t bitwise_room(View a, View b) noexcept {
  return (a.size > b.size ? a.size : b.size) + 1;
}
View bitwise_and(Limb* out, View a, View b) noexcept;
View bitwise_or(Limb* out, View a, View b) noexcept;
View bitwise_xor(Limb* out, View a, View b) noexcept;

// -a - 1.
[[nodiscard]] constexpr std::size_t invert_room(View a) noexcept { return a.size + 1; }
View invert(Limb* out, View a) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::integer
