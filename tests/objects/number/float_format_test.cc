#include "objects/number/float_format.h"

#include <gtest/gtest.h>

#include "tests/objects/number/doubles.h"
#include "tests/objects/python_oracle.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

struct Formatted {
  std::string text;
  PrintedDouble printed;
};

Formatted formatted(double x, const FloatStyle& style) {
  std::string text(format_double_room(style), '?');
  const PrintedDouble printed = format_double(text.data(), x, style);
  text.resize(printed.size);
  return {(printed.negative ? "-" : "") + text, printed};
}

TEST(FloatFormat, DigitsToGroupAreCounted) {
  EXPECT_EQ(formatted(-1234.5, {'f', 2}).printed.integer_digits, 4U);
  EXPECT_EQ(formatted(1e10, {'e', 2}).printed.integer_digits, 1U);
  EXPECT_EQ(formatted(HUGE_VAL, {'f', 2}).printed.integer_digits, 0U);
}

TEST(FloatFormat, ZeroIsKnownAfterRounding) {
  EXPECT_TRUE(formatted(-0.001, {'f', 2}).printed.is_zero);
  EXPECT_FALSE(formatted(-0.005001, {'f', 2}).printed.is_zero);
  EXPECT_TRUE(formatted(-0.0, {'e', 2}).printed.is_zero);
  EXPECT_FALSE(formatted(1e10, {'e', 0}).printed.is_zero);
}

TEST(FloatFormat, EveryDigitIsExact) {
  EXPECT_EQ(formatted(0.1, {'f', 60}).text,
            "0.100000000000000005551115123125782702118158340454101562500000");
  EXPECT_EQ(formatted(5e-324, {'e', 2'000}).text.size(), 2'000U + 7);
  EXPECT_EQ(formatted(1.0, {'f', 100'000}).text, "1." + std::string(100'000, '0'));
  EXPECT_EQ(formatted(1.0, {'g', 100'000}).text, "1");
  EXPECT_EQ(formatted(1.0, {'g', 100'000, true}).text, "1." + std::string(99'999, '0'));
}

TEST(FloatFormat, PythonAgrees) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  Doubles doubles{1};
  constexpr std::string_view kTypes{"eEfFgG%\0", 8};
  for (int i = 0; i < 10'000; ++i) {
    const double x = doubles.next();
    FloatStyle style{kTypes[doubles.below(8)], static_cast<int>(doubles.below(25)) - 1,
                     doubles.below(2) == 0};
    if (i % 100 == 0) style.precision = 400;
    std::string specification = style.alternate ? "#" : "";
    if (style.precision >= 0) specification += "." + std::to_string(style.precision);
    if (style.type != '\0') specification += style.type;
    python.expect("format(" + python_literal(x) + ", '" + specification + "') == '" +
                  formatted(x, style).text + "'");
  }
  EXPECT_EQ(python.finish(), 0);
}

TEST(FloatFormat, PythonAgreesAtAllEdges) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  for (const double x : edge_doubles()) {
    for (const char type : std::string_view{"efg%\0", 5}) {
      for (int precision = -1; precision < 20; ++precision) {
        std::string specification = precision < 0 ? "" : "." + std::to_string(precision);
        if (type != '\0') specification += type;
        python.expect("format(" + python_literal(x) + ", '" + specification + "') == '" +
                      formatted(x, {type, precision}).text + "'");
      }
    }
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
