#include "objects/number/numeric_hash.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/objects/number/numbers.h"
#include "tests/objects/python_oracle.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr Hash kOfNan = 77;

std::string literal(double x) {
  char text[64];
  std::snprintf(text, sizeof text, "float.fromhex('%a')", x);
  return text;
}

TEST(NumericHash, NothingHashesToMinusOne) {
  EXPECT_EQ(hash_of_int64(-1), -2);
  EXPECT_EQ(hash_of_integer(integer::Number{-1}), -2);
  EXPECT_EQ(hash_of_double(-1.0, kOfNan), -2);
  EXPECT_EQ(hash_of_int64(-static_cast<std::int64_t>(kHashModulus) - 1), -2);
}

TEST(NumericHash, WhatIsNoNumberHashesAsItIsTold) {
  EXPECT_EQ(hash_of_double(std::nan(""), kOfNan), kOfNan);
  EXPECT_EQ(hash_of_complex(std::nan(""), 0.0, kOfNan), kOfNan);
}

TEST(NumericHash, EqualNumbersOfThreeTypesHashAlike) {
  integer::Numbers numbers{1};
  for (int i = 0; i < 2'000; ++i) {
    const auto value = static_cast<std::int64_t>(numbers.below(1ULL << 53)) - (1LL << 52);
    const Hash hash = hash_of_int64(value);
    ASSERT_EQ(hash_of_integer(integer::Number{value}), hash);
    ASSERT_EQ(hash_of_double(static_cast<double>(value), kOfNan), hash);
    ASSERT_EQ(hash_of_complex(static_cast<double>(value), 0.0, kOfNan), hash);
  }
}

TEST(NumericHash, PythonAgrees) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  integer::Numbers numbers{2};
  double before = 1.0;
  for (const double x : {0.0, -0.0, 1e308, -1e308, 5e-324, HUGE_VAL, -HUGE_VAL, 0.5, -0.1})
    python.expect("hash(" + literal(x) + ") == " + std::to_string(hash_of_double(x, kOfNan)));
  for (int i = 0; i < 2'000; ++i) {
    const integer::Number a = numbers.next(5);
    python.expect("hash(" + hex(a) + ") == " + std::to_string(hash_of_integer(a)));
    const auto x = std::bit_cast<double>(numbers.below(~0ULL));
    if (std::isnan(x)) continue;
    python.expect("hash(" + literal(x) + ") == " + std::to_string(hash_of_double(x, kOfNan)));
    python.expect("hash(complex(" + literal(x) + ", " + literal(before) +
                  ")) == " + std::to_string(hash_of_complex(x, before, kOfNan)));
    before = x;
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
