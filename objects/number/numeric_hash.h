// objects/number/numeric_hash.h: hashes of numbers, which are equal for equal numbers of any type.
//
// The hash of a rational number is its residue modulo the prime 2**61 - 1, with its sign; Python
// documents that ("Hashing of numeric types"), so programs may rely on the values. -1 means an
// error there, so no number's hash is -1: it is -2 instead.
//
// Tests: tests/objects/number/numeric_hash_test.cc
#pragma once

#include <cstdint>

#include "objects/number/limbs.h"

namespace orochi::inline OROCHI_DESIGN {

using Hash = std::int64_t;

inline constexpr unsigned kHashBits = 61;
inline constexpr std::uint64_t kHashModulus = (std::uint64_t{1} << kHashBits) - 1;
inline constexpr Hash kHashOfInfinity = 314'159;

// That of an int64 costs two operations; it is what most dicts of numbers ask for.
[[nodiscard]] constexpr Hash hash_of_int64(std::int64_t value) noexcept {
  const bool negative = value < 0;
  const auto magnitude =
      negative ? -static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  const auto residue = static_cast<Hash>(magnitude % kHashModulus);
  const Hash hash = negative ? -residue : residue;
  return hash == -1 ? -2 : hash;
}

[[nodiscard]] Hash hash_of_integer(integer::View a) noexcept;

// `of_nan` is what is not a number hashes to: such objects are hashed by who they are.
[[nodiscard]] Hash hash_of_double(double x, Hash of_nan) noexcept;
[[nodiscard]] Hash hash_of_complex(double real, double imaginary, Hash of_nan) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
