// objects/number/limbs.h: integers of any size: a sign, and limbs of 64 bits, the least first.
//
// Pure functions on memory of the caller's. Nothing here allocates, so nothing runs out of memory:
// of a function `f` the caller asks `f_room` how many limbs its result may have and, where it is
// there, `f_scratch` how many limbs it works on meanwhile. Both are upper bounds.
//
//     Limb* out = ...;                       // add_room(a, b) limbs
//     const View sum = add(out, a, b);
//
// L1  A value is normalized: its highest limb is not 0, and zero has no limbs and no sign.
// L2  `out` may be the limbs of an operand only where the function says so, and then from the first
//     limb on.
//
// Any thread. Beside it: division.h, bitwise.h, power.h, int_text.h, int_bytes.h, int_double.h.
// Why GMP, and how it is kept from aborting: docs/decisions/090-gmp-without-abort.md
// Tests: tests/objects/number/limbs_test.cc   Cost: bench/objects/number/limbs_bench.cc
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::integer {

using Limb = std::uint64_t;
inline constexpr std::size_t kLimbBits = 64;
// The room of what fits into no memory: an allocation of so many limbs fails.
inline constexpr std::size_t kNoRoom = std::numeric_limits<std::size_t>::max() / 16;

// Somebody's limbs, with a sign.
struct View {
  const Limb* limbs = nullptr;
  std::size_t size = 0;
  bool negative = false;

  [[nodiscard]] constexpr bool is_zero() const noexcept { return size == 0; }
  [[nodiscard]] constexpr bool is_odd() const noexcept { return size != 0 && (limbs[0] & 1) != 0; }
  [[nodiscard]] constexpr View abs() const noexcept { return {limbs, size, false}; }
  [[nodiscard]] constexpr View negated() const noexcept {
    return {limbs, size, size != 0 && !negative};
  }
  // The highest limb. Requires: not zero.
  [[nodiscard]] constexpr Limb top() const noexcept { return limbs[size - 1]; }
};

// Keeps L1 for limbs whose highest may be 0.
[[nodiscard]] constexpr View normalized(const Limb* limbs, std::size_t size,
                                        bool negative) noexcept {
  while (size != 0 && limbs[size - 1] == 0) --size;
  return {limbs, size, negative && size != 0};
}

// A machine word on loan as a View, for as long as this lives.
class Small {
 public:
  constexpr explicit Small(std::int64_t value) noexcept
      : Small(value < 0 ? -static_cast<Limb>(value) : static_cast<Limb>(value), value < 0) {}
  constexpr Small(Limb magnitude, bool negative) noexcept
      : magnitude_(magnitude), negative_(negative) {}

  [[nodiscard]] constexpr View view() const& noexcept {
    return normalized(&magnitude_, 1, negative_);
  }
  View view() const&& = delete;  // it would look at what is gone

 private:
  Limb magnitude_;
  bool negative_;
};

// Nothing if it does not fit.
[[nodiscard]] std::optional<std::int64_t> to_int64(View a) noexcept;
[[nodiscard]] std::optional<std::uint64_t> to_uint64(View a) noexcept;
// Modulo 2**64, as C converts.
[[nodiscard]] std::uint64_t to_uint64_wrapping(View a) noexcept;

[[nodiscard]] std::strong_ordering compare(View a, View b) noexcept;
[[nodiscard]] inline bool equal(View a, View b) noexcept { return compare(a, b) == 0; }

// The limbs of `a` in `out`, which has room for them.
View copy(Limb* out, View a) noexcept;

// `out` may be the limbs of either operand.
[[nodiscard]] constexpr std::size_t add_room(View a, View b) noexcept {
  return (a.size > b.size ? a.size : b.size) + 1;
}
View add(Limb* out, View a, View b) noexcept;
View subtract(Limb* out, View a, View b) noexcept;

[[nodiscard]] constexpr std::size_t multiply_room(View a, View b) noexcept {
  return a.size + b.size;
}
[[nodiscard]] std::size_t multiply_scratch(View a, View b) noexcept;
// The same view twice is squared, which is quicker.
View multiply(Limb* out, View a, View b, std::span<Limb> scratch) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::integer
