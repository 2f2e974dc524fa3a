// objects/number/twos_complement.h: a sign and a magnitude as two's complement, and back.
//
// How bitwise operations and int.to_bytes see a number. For those two alone (bitwise.cc,
// int_bytes.cc); tested through them.
#pragma once

#include <cstddef>

#include "objects/number/limbs.h"

namespace orochi::inline OROCHI_DESIGN::integer {

// The limbs of a number in two's complement, the least first and without end.
class TwosComplement {
 public:
  explicit TwosComplement(View a) noexcept : a_(a), carry_(a.negative ? 1 : 0) {}

  [[nodiscard]] Limb next() noexcept {
    const Limb limb = at_ < a_.size ? a_.limbs[at_++] : 0;
    if (!a_.negative) return limb;
    const Limb flipped = ~limb + carry_;
    carry_ = carry_ & static_cast<Limb>(flipped == 0);
    return flipped;
  }

 private:
  View a_;
  std::size_t at_ = 0;
  Limb carry_;
};

// Negates in place, modulo 2**(64 * size).
inline void negate_limbs(Limb* limbs, std::size_t size) noexcept {
  Limb carry = 1;
  for (std::size_t i = 0; i < size; ++i) {
    limbs[i] = ~limbs[i] + carry;
    carry = carry & static_cast<Limb>(limbs[i] == 0);
  }
}

// The number that limbs in two's complement are; its magnitude takes their place. Requires: the
// highest bit of the highest limb is the sign.
inline View from_twos_complement(Limb* limbs, std::size_t size) noexcept {
  const bool negative = size != 0 && (limbs[size - 1] >> (kLimbBits - 1)) != 0;
  if (negative) negate_limbs(limbs, size);
  return normalized(limbs, size, negative);
}

}  // namespace orochi::inline OROCHI_DESIGN::integer
