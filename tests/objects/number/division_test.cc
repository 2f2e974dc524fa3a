#include "objects/number/division.h"

#include <gtest/gtest.h>

#include "tests/objects/number/numbers.h"
#include "tests/objects/python_oracle.h"

namespace orochi::inline OROCHI_DESIGN::integer {
namespace {

using Divide = Divided (*)(Limb*, Limb*, View, View, std::span<Limb>) noexcept;

struct Answer {
  Number quotient;
  Number remainder;
};

Answer divided(Divide divide, View a, View b) {
  const Room quotient{quotient_room(a, b)};
  const Room remainder{remainder_room(a, b)};
  const Room scratch{divide_scratch(a, b)};
  const Divided answer = divide(quotient, remainder, a, b, scratch);
  return {Number{answer.quotient}, Number{answer.remainder}};
}

Number product_and_sum(View a, View b, View c) {
  const Room product{multiply_room(a, b)};
  const Room scratch{multiply_scratch(a, b)};
  const View ab = multiply(product, a, b, scratch);
  const Room out{add_room(ab, c)};
  return Number{add(out, ab, c)};
}

TEST(Division, RoundsDown) {
  const struct {
    std::int64_t a, b, quotient, remainder;
  } table[] = {{7, 2, 3, 1}, {-7, 2, -4, 1}, {7, -2, -4, -1}, {-7, -2, 3, -1}, {6, -3, -2, 0},
               {1, 5, 0, 1}, {-1, 5, -1, 4}, {1, -5, -1, -4}, {-1, -5, 0, -1}, {0, -5, 0, 0}};
  for (const auto& row : table) {
    const Answer answer = divided(floor_divide, Number{row.a}, Number{row.b});
    EXPECT_EQ(to_int64(answer.quotient), row.quotient) << row.a << " // " << row.b;
    EXPECT_EQ(to_int64(answer.remainder), row.remainder) << row.a << " % " << row.b;
  }
}

TEST(Division, RoundingDownMayTakeALimbMore) {
  const Number a{"ffffffffffffffffffffffffffffffff"};
  const Number b{"-10000000000000000"};
  const Answer answer = divided(floor_divide, a, b);
  EXPECT_EQ(hex(answer.quotient), "-0x10000000000000000");
  EXPECT_EQ(hex(answer.remainder), "-0x1");
}

TEST(Division, QuotientTimesDivisorPlusRemainderIsTheDividend) {
  Numbers numbers{1};
  for (int i = 0; i < 4'000; ++i) {
    const bool is_large = i % 400 == 0;
    const Number a = numbers.next(is_large ? 3'000 : 12);
    const Number b = numbers.next_nonzero(is_large ? 1'500 : 6);
    const Answer floor = divided(floor_divide, a, b);
    ASSERT_TRUE(equal(product_and_sum(floor.quotient, b, floor.remainder), a));
    ASSERT_TRUE(is_normalized(floor.quotient) && is_normalized(floor.remainder));
    ASSERT_TRUE(floor.remainder.view().is_zero() ||
                floor.remainder.view().negative == b.view().negative);
    ASSERT_TRUE(compare(floor.remainder.view().abs(), b.view().abs()) < 0);
    const Answer cut = divided(truncating_divide, a, b);
    ASSERT_TRUE(equal(product_and_sum(cut.quotient, b, cut.remainder), a));
    ASSERT_TRUE(cut.remainder.view().is_zero() ||
                cut.remainder.view().negative == a.view().negative);
  }
}

TEST(Division, PythonAgrees) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  Numbers numbers{2};
  for (int i = 0; i < 3'000; ++i) {
    const Number a = numbers.next(8);
    const Number b = numbers.next_nonzero(4);
    const Answer answer = divided(floor_divide, a, b);
    python.expect("divmod(" + hex(a) + ", " + hex(b) + ") == (" + hex(answer.quotient) + ", " +
                  hex(answer.remainder) + ")");
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::integer
