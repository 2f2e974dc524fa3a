#include "objects/number/limbs.h"

#include <gmp.h>

#include <algorithm>
#include <type_traits>
#include <utility>

#include "objects/number/gmp_memory.h"

namespace orochi::inline OROCHI_DESIGN::integer {
namespace {

static_assert(std::is_same_v<Limb, mp_limb_t> && GMP_NUMB_BITS == kLimbBits,
              "GMP's limbs are ours");

constexpr Limb kInt64Min = Limb{1} << 63;

mp_size_t length(View a) noexcept { return static_cast<mp_size_t>(a.size); }

// Of the magnitudes.
std::strong_ordering compare_limbs(View a, View b) noexcept {
  if (a.size != b.size) return a.size <=> b.size;
  if (a.size == 0) return std::strong_ordering::equal;
  return mpn_cmp(a.limbs, b.limbs, length(a)) <=> 0;
}

// |a| + |b|.
View add_limbs(Limb* out, View a, View b, bool negative) noexcept {
  if (a.size < b.size) std::swap(a, b);
  if (b.size == 0) return copy(out, {a.limbs, a.size, negative && a.size != 0});
  const Limb carry = mpn_add(out, a.limbs, length(a), b.limbs, length(b));
  out[a.size] = carry;
  return {out, a.size + (carry != 0 ? 1 : 0), negative};
}

// |a| - |b|, negated if `negative`.
View subtract_limbs(Limb* out, View a, View b, bool negative) noexcept {
  if (compare_limbs(a, b) < 0) {
    std::swap(a, b);
    negative = !negative;
  }
  if (b.size == 0) return copy(out, {a.limbs, a.size, negative && a.size != 0});
  mpn_sub(out, a.limbs, length(a), b.limbs, length(b));
  return normalized(out, a.size, negative);
}

}  // namespace

std::optional<std::int64_t> to_int64(View a) noexcept {
  if (a.size > 1) return std::nullopt;
  const Limb magnitude = a.size == 0 ? 0 : a.limbs[0];
  if (magnitude >= kInt64Min + (a.negative ? 1 : 0)) return std::nullopt;
  return static_cast<std::int64_t>(a.negative ? -magnitude : magnitude);
}

std::optional<std::uint64_t> to_uint64(View a) noexcept {
  if (a.size > 1 || a.negative) return std::nullopt;
  return a.size == 0 ? 0 : a.limbs[0];
}

std::uint64_t to_uint64_wrapping(View a) noexcept {
  if (a.size == 0) return 0;
  return a.negative ? -a.limbs[0] : a.limbs[0];
}

std::strong_ordering compare(View a, View b) noexcept {
  if (a.negative != b.negative) return b.negative <=> a.negative;
  return a.negative ? compare_limbs(b, a) : compare_limbs(a, b);
}

View copy(Limb* out, View a) noexcept {
  if (out != a.limbs) std::copy_n(a.limbs, a.size, out);
  return {out, a.size, a.negative};
}

View add(Limb* out, View a, View b) noexcept {
  if (a.negative == b.negative) return add_limbs(out, a, b, a.negative);
  return subtract_limbs(out, a, b, a.negative);
}

View subtract(Limb* out, View a, View b) noexcept { return add(out, a, b.negated()); }

std::size_t multiply_scratch(View a, View b) noexcept {
  return gmp::multiply_scratch(a.size, b.size);
}

View multiply(Limb* out, View a, View b, std::span<Limb> scratch) noexcept {
  if (a.is_zero() || b.is_zero()) return {out, 0, false};
  if (a.size < b.size) std::swap(a, b);
  const gmp::Arena arena{scratch};
  if (a.limbs == b.limbs && a.size == b.size)
    mpn_sqr(out, a.limbs, length(a));
  else
    mpn_mul(out, a.limbs, length(a), b.limbs, length(b));
  return normalized(out, a.size + b.size, a.negative != b.negative);
}

}  // namespace orochi::inline OROCHI_DESIGN::integer
