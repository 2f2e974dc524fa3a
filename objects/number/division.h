// objects/number/division.h: dividing integers of any size, as Python's // and % do.
//
// The quotient is rounded down and the remainder has the divisor's sign, so that
// a == q * b + r always. The divisor is not zero: who divides by zero is told elsewhere.
//
// Conventions of rooms and scratch: objects/number/limbs.h
// Tests: tests/objects/number/division_test.cc
#pragma once

#include <cstddef>
#include <span>

#include "objects/number/limbs.h"

namespace orochi::inline OROCHI_DESIGN::integer {

struct Divided {
  View quotient;
  View remainder;
};

[[nodiscard]] constexpr std::size_t quotient_room(View a, View b) noexcept {
  return a.size < b.size ? 1 : a.size - b.size + 2;  // one for rounding down
}
[[nodiscard]] constexpr std::size_t remainder_room(View, View b) noexcept { return b.size; }
[[nodiscard]] std::size_t divide_scratch(View a, View b) noexcept;

Divided floor_divide(Limb* quotient, Limb* remainder, View a, View b,
                     std::span<Limb> scratch) noexcept;

// Rounded towards zero, as C divides.
Divided truncating_divide(Limb* quotient, Limb* remainder, View a, View b,
                          std::span<Limb> scratch) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::integer
