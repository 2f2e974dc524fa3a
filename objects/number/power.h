// objects/number/power.h: powers, powers and inverses modulo a number, greatest common divisors and
// square roots of integers of any size.
//
// Conventions of rooms and scratch: objects/number/limbs.h
// Tests: tests/objects/number/power_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "objects/number/limbs.h"

namespace orochi::inline OROCHI_DESIGN::integer {

// a ** exponent; 0 ** 0 is 1. kNoRoom if the result fits into no memory.
[[nodiscard]] std::size_t power_room(View a, std::uint64_t exponent) noexcept;
[[nodiscard]] std::size_t power_scratch(View a, std::uint64_t exponent) noexcept;
View power(Limb* out, View a, std::uint64_t exponent, std::span<Limb> scratch) noexcept;

// a ** exponent modulo `modulus`, which is not zero and gives the result its sign, as Python's
// pow(a, exponent, modulus). A negative exponent is the inverse's power; nothing: there is none.
[[nodiscard]] constexpr std::size_t modular_power_room(View modulus) noexcept {
  return modulus.size;
}
[[nodiscard]] std::size_t modular_power_scratch(View a, View exponent, View modulus) noexcept;
[[nodiscard]] std::optional<View> modular_power(Limb* out, View a, View exponent, View modulus,
                                                std::span<Limb> scratch) noexcept;

// Not negative; gcd(0, 0) is 0.
[[nodiscard]] constexpr std::size_t gcd_room(View a, View b) noexcept {
  return a.size > b.size ? a.size : b.size;
}
[[nodiscard]] std::size_t gcd_scratch(View a, View b) noexcept;
View gcd(Limb* out, View a, View b, std::span<Limb> scratch) noexcept;

// The largest integer whose square is not above `a`, which is not negative.
[[nodiscard]] constexpr std::size_t square_root_room(View a) noexcept { return (a.size + 1) / 2; }
[[nodiscard]] std::size_t square_root_scratch(View a) noexcept;
View square_root(Limb* out, View a, std::span<Limb> scratch) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::integer
