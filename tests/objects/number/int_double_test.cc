#include "objects/number/int_double.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/objects/number/numbers.h"
#include "tests/objects/python_oracle.h"

namespace orochi::inline OROCHI_DESIGN::integer {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::string literal(double x) {
  char text[64];
  std::snprintf(text, sizeof text, "float.fromhex('%a')", x);
  return text;
}

std::string literal(std::optional<double> x) { return x ? literal(*x) : "None"; }

std::optional<double> quotient(View a, View b) {
  const Room scratch{true_divide_scratch(a, b)};
  return true_divide(a, b, scratch);
}

Number whole(double x) {
  const Room out{kFromDoubleRoom};
  return Number{from_double(out, x)};
}

TEST(IntDouble, ComparisonsAreExact) {
  const Number large{"20000000000001"};  // 2**53 + 1, which is no double
  EXPECT_EQ(compare_with_double(large, 0x1p53), std::partial_ordering::greater);
  EXPECT_EQ(compare_with_double(large, 0x1p53 + 2), std::partial_ordering::less);
  EXPECT_EQ(compare_with_double(Number{-1}, -1.5), std::partial_ordering::greater);
  EXPECT_EQ(compare_with_double(Number{1}, 1.0), std::partial_ordering::equivalent);
  EXPECT_EQ(compare_with_double(Number{0}, -0.0), std::partial_ordering::equivalent);
  EXPECT_EQ(compare_with_double(large, kInfinity), std::partial_ordering::less);
  EXPECT_EQ(compare_with_double(large, -kInfinity), std::partial_ordering::greater);
  EXPECT_EQ(compare_with_double(large, std::nan("")), std::partial_ordering::unordered);
}

TEST(IntDouble, TheLargestDoubleIsTheEnd) {
  EXPECT_EQ(to_double(whole(std::numeric_limits<double>::max())),
            std::numeric_limits<double>::max());
  const Number power{"1" + std::string(256, '0')};
  EXPECT_EQ(to_double(power), std::nullopt);
  EXPECT_EQ(quotient(power, Number{1}), std::nullopt);
  EXPECT_EQ(quotient(power, Number{2}), 0x1p1023);
}

TEST(IntDouble, PythonAgrees) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  python.execute(
      "def quotient(a, b): return None if raises(OverflowError, lambda: a / b) else a / b");
  Numbers numbers{1};
  for (int i = 0; i < 2'000; ++i) {
    const Number a = numbers.next(i % 10 == 0 ? 40 : 3);
    const Number b = numbers.next_nonzero(i % 10 == 0 ? 40 : 3);
    python.expect("quotient(" + hex(a) + ", 1) == " + literal(to_double(a)));
    python.expect("str(quotient(" + hex(a) + ", " + hex(b) + ")) == str(" +
                  literal(quotient(a, b)) + ")");
    const double x = std::ldexp(static_cast<double>(numbers.below(1ULL << 53)),
                                static_cast<int>(numbers.below(300)) - 100);
    python.expect("int(" + literal(-x) + ") == " + hex(whole(-x)));
    const double near = to_double(a).value_or(x);
    python.expect("(" + hex(a) + " < " + literal(near) +
                  ") == " + (compare_with_double(a, near) < 0 ? "True" : "False"));
  }
  EXPECT_EQ(python.finish(), 0);
}

TEST(IntDouble, QuotientsNearTheSmallestDoubles) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  Numbers numbers{2};
  for (int i = 0; i < 500; ++i) {
    const Number a = numbers.next(2);
    const Number b{"1" + std::string(260 + numbers.below(30), '0') + "1"};
    python.expect("str(" + hex(a) + " / " + hex(b) + ") == str(" + literal(quotient(a, b)) + ")");
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::integer
