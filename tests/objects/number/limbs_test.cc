#include "objects/number/limbs.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/objects/number/numbers.h"
#include "tests/objects/python_oracle.h"

namespace orochi::inline OROCHI_DESIGN::integer {
namespace {

constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

Number sum(View a, View b) {
  const Room out{add_room(a, b)};
  return Number{add(out, a, b)};
}

Number difference(View a, View b) {
  const Room out{add_room(a, b)};
  return Number{subtract(out, a, b)};
}

Number product(View a, View b) {
  const Room out{multiply_room(a, b)};
  const Room scratch{multiply_scratch(a, b)};
  return Number{multiply(out, a, b, scratch)};
}

TEST(Limbs, MachineIntegersComeAndGo) {
  for (const std::int64_t value :
       {kMin, kMin + 1, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1}, kMax}) {
    const Small small{value};
    EXPECT_EQ(to_int64(small.view()), value);
    EXPECT_EQ(to_uint64_wrapping(small.view()), static_cast<std::uint64_t>(value));
  }
  EXPECT_EQ(to_int64(Number{"8000000000000000"}), std::nullopt);
  EXPECT_EQ(to_int64(Number{"-8000000000000001"}), std::nullopt);
  EXPECT_EQ(to_uint64(Number{"ffffffffffffffff"}), ~std::uint64_t{0});
  EXPECT_EQ(to_uint64(Number{-1}), std::nullopt);
  EXPECT_EQ(to_uint64(Number{"10000000000000000"}), std::nullopt);
}

TEST(Limbs, CarriesAndBorrowsRunThrough) {
  const Number ones{"ffffffffffffffffffffffffffffffff"};
  const Number power{"100000000000000000000000000000000"};
  EXPECT_EQ(hex(sum(ones, Number{1})), hex(power));
  EXPECT_EQ(hex(difference(power, Number{1})), hex(ones));
  EXPECT_EQ(hex(sum(power, Number{-1})), hex(ones));
  EXPECT_TRUE(difference(power, power).view().is_zero());
  EXPECT_EQ(hex(difference(Number{1}, power)), "-0x" + hex(ones).substr(2));
}

TEST(Limbs, AResultMayTakeTheLimbsOfEitherOperand) {
  Numbers numbers{1};
  for (int i = 0; i < 2'000; ++i) {
    const Number a = numbers.next(6);
    const Number b = numbers.next(6);
    const Room left{add_room(a, b)};
    const Room right{add_room(a, b)};
    EXPECT_TRUE(equal(add(left, copy(left, a), b), sum(a, b)));
    EXPECT_TRUE(equal(add(right, a, copy(right, b)), sum(a, b)));
    EXPECT_TRUE(equal(subtract(right, a, copy(right, b)), difference(a, b)));
  }
}

TEST(Limbs, WhatIsAddedCanBeTakenAway) {
  Numbers numbers{2};
  for (int i = 0; i < 5'000; ++i) {
    const Number a = numbers.next(9);
    const Number b = numbers.next(9);
    const Number both = sum(a, b);
    ASSERT_TRUE(is_normalized(both));
    ASSERT_TRUE(equal(difference(both, b), a)) << hex(a) << ' ' << hex(b);
    ASSERT_EQ(compare(a, b), compare(difference(a, b), Number{0}));
  }
}

TEST(Limbs, ProductsDistributeOverSumsAtAllSizes) {
  Numbers numbers{3};
  for (const std::size_t size : {1U, 2U, 30U, 200U, 300U, 1'000U, 5'000U}) {
    const Number a = numbers.next(size);
    const Number b = numbers.next(size);
    const Number c = numbers.next(size / 3 + 1);
    EXPECT_TRUE(equal(product(sum(a, b), c), sum(product(a, c), product(b, c)))) << size;
    EXPECT_TRUE(equal(product(a, a), product(a, Number{a.view()}))) << "squares, " << size;
  }
}

TEST(PythonOracle, SeesWhatIsFalse) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  python.expect("1 + 1 == 2");
  EXPECT_EQ(python.finish(), 0);
  PythonOracle mistaken;
  mistaken.expect("1 + 1 == 3  # is meant to be false");
  EXPECT_NE(mistaken.finish(), 0);
}

TEST(Limbs, PythonAgrees) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  Numbers numbers{4};
  for (int i = 0; i < 2'000; ++i) {
    const Number a = numbers.next(i % 40 == 0 ? 400 : 5);
    const Number b = numbers.next(i % 40 == 0 ? 400 : 5);
    const std::string x = hex(a) + ' ';
    const std::string y = ' ' + hex(b);
    python.expect(x + "+" + y + " == " + hex(sum(a, b)));
    python.expect(x + "-" + y + " == " + hex(difference(a, b)));
    python.expect(x + "*" + y + " == " + hex(product(a, b)));
    python.expect("(" + x + "<" + y + ") == " + (compare(a, b) < 0 ? "True" : "False"));
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::integer
