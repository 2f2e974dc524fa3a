#include "objects/number/division.h"

#include <gmp.h>

#include "objects/number/gmp_memory.h"

namespace orochi::inline OROCHI_DESIGN::integer {

std::size_t divide_scratch(View a, View b) noexcept {
  return a.size < b.size ? 0 : gmp::divide_scratch(a.size);
}

Divided truncating_divide(Limb* quotient, Limb* remainder, View a, View b,
                          std::span<Limb> scratch) noexcept {
  if (a.size < b.size) return {{quotient, 0, false}, copy(remainder, a)};
  const gmp::Arena arena{scratch};
  mpn_tdiv_qr(quotient, remainder, 0, a.limbs, static_cast<mp_size_t>(a.size), b.limbs,
              static_cast<mp_size_t>(b.size));
  return {normalized(quotient, a.size - b.size + 1, a.negative != b.negative),
          normalized(remainder, b.size, a.negative)};
}

Divided floor_divide(Limb* quotient, Limb* remainder, View a, View b,
                     std::span<Limb> scratch) noexcept {
  Divided divided = truncating_divide(quotient, remainder, a, b, scratch);
  if (divided.remainder.is_zero() || a.negative == b.negative) return divided;
  // The exact quotient is negative and was cut off: one less, and one divisor more that is left.
  static constexpr Small kOne{1};
  divided.quotient = subtract(quotient, divided.quotient, kOne.view());
  divided.remainder = add(remainder, divided.remainder, b);
  return divided;
}

}  // namespace orochi::inline OROCHI_DESIGN::integer
