#include "objects/number/bitwise.h"

#include <gmp.h>

#include <algorithm>
#include <bit>

#include "objects/number/twos_complement.h"

namespace orochi::inline OROCHI_DESIGN::integer {
namespace {

constexpr Small kOne{1};

template <class Operation>
View combine(Limb* out, View a, View b, Operation operation) noexcept {
  const std::size_t size = bitwise_room(a, b);
  TwosComplement left{a};
  TwosComplement right{b};
  for (std::size_t i = 0; i < size; ++i) out[i] = operation(left.next(), right.next());
  return from_twos_complement(out, size);
}

bool has_bits_below(View a, std::uint64_t count) noexcept {
  return !a.is_zero() && trailing_zeros(a) < count;
}

}  // namespace

std::uint64_t bit_length(View a) noexcept {
  if (a.is_zero()) return 0;
  return a.size * kLimbBits - static_cast<unsigned>(std::countl_zero(a.top()));
}

std::uint64_t bit_count(View a) noexcept {
  return a.is_zero() ? 0 : mpn_popcount(a.limbs, static_cast<mp_size_t>(a.size));
}

std::uint64_t trailing_zeros(View a) noexcept {
  std::size_t i = 0;
  while (a.limbs[i] == 0) ++i;
  return i * kLimbBits + static_cast<unsigned>(std::countr_zero(a.limbs[i]));
}

View shift_left(Limb* out, View a, std::uint64_t count) noexcept {
  if (a.is_zero()) return {out, 0, false};
  const std::size_t whole = count / kLimbBits;
  const auto bits = static_cast<unsigned>(count % kLimbBits);
  Limb spill = 0;
  if (bits != 0)  // from the top down, as both do: `out` may be the operand
    spill = mpn_lshift(out + whole, a.limbs, static_cast<mp_size_t>(a.size), bits);
  else
    std::copy_backward(a.limbs, a.limbs + a.size, out + whole + a.size);
  out[whole + a.size] = spill;
  std::fill_n(out, whole, Limb{0});
  return normalized(out, whole + a.size + 1, a.negative);
}

View shift_right(Limb* out, View a, std::uint64_t count) noexcept {
  const bool rounds_down = a.negative && has_bits_below(a, count);
  const std::uint64_t whole = count / kLimbBits;
  const auto bits = static_cast<unsigned>(count % kLimbBits);
  View shifted{out, 0, false};
  if (whole < a.size) {
    const std::size_t size = a.size - whole;
    if (bits != 0)
      mpn_rshift(out, a.limbs + whole, static_cast<mp_size_t>(size), bits);
    else
      std::copy_n(a.limbs + whole, size, out);
    shifted = normalized(out, size, a.negative);
  }
  return rounds_down ? subtract(out, shifted, kOne.view()) : shifted;
}

View bitwise_and(Limb* out, View a, View b) noexcept {
  return combine(out, a, b, [](Limb x, Limb y) { return x & y; });
}

View bitwise_or(Limb* out, View a, View b) noexcept {
  return combine(out, a, b, [](Limb x, Limb y) { return x | y; });
}

View bitwise_xor(Limb* out, View a, View b) noexcept {
  return combine(out, a, b, [](Limb x, Limb y) { return x ^ y; });
}

View invert(Limb* out, View a) noexcept { return subtract(out, a.negated(), kOne.view()); }

}  // namespace orochi::inline OROCHI_DESIGN::integer
