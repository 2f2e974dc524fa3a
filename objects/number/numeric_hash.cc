#include "objects/number/numeric_hash.h"

#include <bit>
#include <cmath>

#include "objects/number/double_parts.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::uint64_t kImaginaryFactor = 1'000'003;

// residue * 2**count: multiplying by 2 turns 61 bits round, because 2**61 is 1.
constexpr std::uint64_t turned(std::uint64_t residue, unsigned count) noexcept {
  return (residue << count & kHashModulus) | residue >> (kHashBits - count);
}

constexpr std::uint64_t reduced(std::uint64_t x) noexcept {
  const std::uint64_t once = (x & kHashModulus) + (x >> kHashBits);
  return once >= kHashModulus ? once - kHashModulus : once;
}

constexpr Hash signed_hash(std::uint64_t residue, bool negative) noexcept {
  const auto hash = static_cast<Hash>(negative ? -residue : residue);
  return hash == -1 ? -2 : hash;
}

}  // namespace

Hash hash_of_integer(integer::View a) noexcept {
  std::uint64_t residue = 0;
  for (std::size_t i = a.size; i-- != 0;) {
    const std::uint64_t shifted = turned(residue, integer::kLimbBits - kHashBits);
    residue = reduced(shifted + reduced(a.limbs[i]));
  }
  return signed_hash(residue, a.negative);
}

Hash hash_of_double(double x, Hash of_nan) noexcept {
  if (std::isnan(x)) return of_nan;
  if (std::isinf(x)) return x > 0 ? kHashOfInfinity : -kHashOfInfinity;
  const DoubleParts parts = take_apart_reduced(x);
  constexpr int kTurn = static_cast<int>(kHashBits);
  const int turn = (parts.exponent % kTurn + kTurn) % kTurn;
  return signed_hash(turned(parts.mantissa, static_cast<unsigned>(turn)), parts.negative);
}

Hash hash_of_complex(double real, double imaginary, Hash of_nan) noexcept {
  const auto left = static_cast<std::uint64_t>(hash_of_double(real, of_nan));
  const auto right = static_cast<std::uint64_t>(hash_of_double(imaginary, of_nan));
  const auto sum = static_cast<Hash>(left + kImaginaryFactor * right);
  return sum == -1 ? -2 : sum;
}

}  // namespace orochi::inline OROCHI_DESIGN
