#include "objects/number/power.h"

#include <gtest/gtest.h>

#include "tests/objects/number/numbers.h"
#include "tests/objects/python_oracle.h"

namespace orochi::inline OROCHI_DESIGN::integer {
namespace {

Number raised(View a, std::uint64_t exponent) {
  const Room out{power_room(a, exponent)};
  const Room scratch{power_scratch(a, exponent)};
  return Number{power(out, a, exponent, scratch)};
}

// "None" where there is no inverse.
std::string modular(View a, View exponent, View modulus) {
  const Room out{modular_power_room(modulus)};
  const Room scratch{modular_power_scratch(a, exponent, modulus)};
  const std::optional<View> answer = modular_power(out, a, exponent, modulus, scratch);
  return answer ? hex(*answer) : "None";
}

Number divisor(View a, View b) {
  const Room out{gcd_room(a, b)};
  const Room scratch{gcd_scratch(a, b)};
  return Number{gcd(out, a, b, scratch)};
}

Number root(View a) {
  const Room out{square_root_room(a)};
  const Room scratch{square_root_scratch(a)};
  return Number{square_root(out, a, scratch)};
}

TEST(Power, EdgesOfExponents) {
  EXPECT_EQ(to_int64(raised(Number{0}, 0)), 1);
  EXPECT_EQ(to_int64(raised(Number{0}, 5)), 0);
  EXPECT_EQ(to_int64(raised(Number{-1}, ~std::uint64_t{0})), -1);
  EXPECT_EQ(to_int64(raised(Number{-1}, ~std::uint64_t{0} - 1)), 1);
  EXPECT_EQ(to_int64(raised(Number{-3}, 3)), -27);
  EXPECT_EQ(hex(raised(Number{-2}, 129)), "-0x200000000000000000000000000000000");
  EXPECT_EQ(power_room(Number{3}, ~std::uint64_t{0}), kNoRoom);
  EXPECT_EQ(power_scratch(Number{3}, ~std::uint64_t{0}), kNoRoom);
}

TEST(Power, InversesAreWhereTheyShouldBe) {
  EXPECT_EQ(modular(Number{3}, Number{-1}, Number{7}), "0x5");
  EXPECT_EQ(modular(Number{2}, Number{-1}, Number{4}), "None");
  EXPECT_EQ(modular(Number{0}, Number{-1}, Number{4}), "None");
  EXPECT_EQ(modular(Number{0}, Number{-1}, Number{1}), "0x0");
  EXPECT_EQ(modular(Number{3}, Number{0}, Number{-7}), "-0x6");
}

TEST(Power, PythonAgrees) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  python.execute("import math");
  Numbers numbers{1};
  for (int i = 0; i < 1'000; ++i) {
    const bool is_large = i % 100 == 0;
    const Number a = numbers.next(3);
    const std::uint64_t exponent = numbers.below(is_large ? 900 : 30);
    python.expect("(" + hex(a) + ") ** " + std::to_string(exponent) +
                  " == " + hex(raised(a, exponent)));
    const Number b = numbers.next_nonzero(is_large ? 30 : 3);
    const Number power = numbers.next(is_large ? 10 : 2);
    const std::string expression = "pow(" + hex(a) + ", " + hex(power) + ", " + hex(b) + ")";
    const std::string answer = modular(a, power, b);
    python.expect(answer == "None" ? "raises(ValueError, lambda: " + expression + ") is not None"
                                   : expression + " == " + answer);
    python.expect("math.gcd(" + hex(a) + ", " + hex(b) + ") == " + hex(divisor(a, b)));
    const Number square = Number{b.view().abs()};
    python.expect("math.isqrt(" + hex(square) + ") == " + hex(root(square)));
  }
  python.expect("math.isqrt(0) == " + hex(root(Number{0})));
  python.expect("math.gcd(0, 0) == " + hex(divisor(Number{0}, Number{0})));
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::integer
