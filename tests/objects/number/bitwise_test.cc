#include "objects/number/bitwise.h"

#include <gtest/gtest.h>

#include "tests/objects/number/numbers.h"
#include "tests/objects/python_oracle.h"

namespace orochi::inline OROCHI_DESIGN::integer {
namespace {

using Combine = View (*)(Limb*, View, View) noexcept;

Number combined(Combine combine, View a, View b) {
  const Room out{bitwise_room(a, b)};
  return Number{combine(out, a, b)};
}

Number left(View a, std::uint64_t count) {
  const Room out{shift_left_room(a, count)};
  return Number{shift_left(out, a, count)};
}

Number right(View a, std::uint64_t count) {
  const Room out{shift_right_room(a, count)};
  return Number{shift_right(out, a, count)};
}

Number inverted(View a) {
  const Room out{invert_room(a)};
  return Number{invert(out, a)};
}

TEST(Bitwise, ShiftingRightRoundsDown) {
  EXPECT_EQ(to_int64(right(Number{-1}, 1'000)), -1);
  EXPECT_EQ(to_int64(right(Number{-8}, 3)), -1);
  EXPECT_EQ(to_int64(right(Number{-9}, 3)), -2);
  EXPECT_EQ(to_int64(right(Number{9}, 64)), 0);
  EXPECT_EQ(hex(right(Number{"-1ffffffffffffffff"}, 1)), "-0x10000000000000000");
}

TEST(Bitwise, WhatFitsIntoNoMemoryHasNoRoom) {
  const Number one{1};
  EXPECT_LT(shift_left_room(one, ~std::uint64_t{0}), kNoRoom) << "2**58 limbs can be asked for";
  EXPECT_EQ(shift_left_room(Number{0}, ~std::uint64_t{0}), 0U);
}

TEST(Bitwise, AResultMayTakeTheLimbsOfAnOperand) {
  Numbers numbers{1};
  for (int i = 0; i < 2'000; ++i) {
    const Number a = numbers.next(5);
    const Number b = numbers.next(5);
    const std::uint64_t count = numbers.below(200);
    const Room out{bitwise_room(a, b) + 4};
    ASSERT_TRUE(equal(bitwise_xor(out, copy(out, a), b), combined(bitwise_xor, a, b)));
    ASSERT_TRUE(equal(bitwise_and(out, a, copy(out, b)), combined(bitwise_and, a, b)));
    ASSERT_TRUE(equal(shift_left(out, copy(out, a), count), left(a, count)));
    ASSERT_TRUE(equal(shift_right(out, copy(out, a), count), right(a, count)));
    ASSERT_TRUE(equal(invert(out, copy(out, a)), inverted(a)));
  }
}

TEST(Bitwise, PythonAgrees) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  Numbers numbers{2};
  for (int i = 0; i < 2'000; ++i) {
    const Number a = numbers.next(4);
    const Number b = numbers.next(4);
    const std::uint64_t count = numbers.below(300);
    const std::string x = hex(a) + ' ';
    const std::string y = ' ' + hex(b);
    const std::string by = ' ' + std::to_string(count);
    python.expect("(" + x + "&" + y + ") == " + hex(combined(bitwise_and, a, b)));
    python.expect("(" + x + "|" + y + ") == " + hex(combined(bitwise_or, a, b)));
    python.expect("(" + x + "^" + y + ") == " + hex(combined(bitwise_xor, a, b)));
    python.expect("(" + x + "<<" + by + ") == " + hex(left(a, count)));
    python.expect("(" + x + ">>" + by + ") == " + hex(right(a, count)));
    python.expect("~" + x + " == " + hex(inverted(a)));
    python.expect("(" + x + ").bit_length() == " + std::to_string(bit_length(a)));
    python.expect("(" + x + ").bit_count() == " + std::to_string(bit_count(a)));
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::integer
