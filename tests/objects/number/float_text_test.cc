#include "objects/number/float_text.h"

#include <gtest/gtest.h>

#include "tests/objects/number/doubles.h"
#include "tests/objects/python_oracle.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

std::string repr(double x) {
  char text[kDoubleReprRoom];
  return {text, print_double(text, x)};
}

std::optional<double> parsed(std::string_view text) {
  std::vector<char> scratch(parse_double_scratch(text));
  return parse_double(text, scratch);
}

TEST(FloatText, WhereTheExponentBegins) {
  EXPECT_EQ(repr(1e16), "1e+16");
  EXPECT_EQ(repr(9999999999999998.0), "9999999999999998.0");
  EXPECT_EQ(repr(0.0001), "0.0001");
  EXPECT_EQ(repr(0.00001), "1e-05");
  EXPECT_EQ(repr(1.5e300), "1.5e+300");
  EXPECT_EQ(repr(-0.0), "-0.0");
  EXPECT_EQ(repr(100.0), "100.0");
}

TEST(FloatText, WhatIsPrintedIsRead) {
  Doubles doubles{1};
  for (int i = 0; i < 20'000; ++i) {
    const double x = doubles.next();
    if (std::isnan(x)) continue;
    ASSERT_EQ(std::bit_cast<std::uint64_t>(parsed(repr(x)).value()),
              std::bit_cast<std::uint64_t>(x));
  }
}

TEST(FloatText, TooLargeIsInfiniteAndTooSmallIsZero) {
  EXPECT_EQ(parsed("1e309"), HUGE_VAL);
  EXPECT_EQ(parsed("-1e99999999999999999999"), -HUGE_VAL);
  EXPECT_EQ(parsed("1e-99999999999999999999"), 0.0);
  EXPECT_TRUE(std::signbit(parsed("-1e-400").value()));
  const auto repeated = [](const char* before, char digit, const char* behind) {
    std::ostringstream text;
    text << before << std::string(400, digit) << behind;
    return text.str();
  };
  EXPECT_EQ(parsed(repeated("0.", '0', "1e401")), 1.0);
  EXPECT_EQ(parsed(repeated("", '9', "")), HUGE_VAL);
  EXPECT_EQ(parsed("0e999999"), 0.0);
  EXPECT_EQ(parsed(repeated("", '9', "e-400")), 1.0);
}

TEST(FloatText, PythonAgreesOnWhatIsAFloat) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  python.execute(
      "def read(t): return None if raises(ValueError, float, t) is not None else repr(float(t))");
  for (const char* const text : {"",
                                 " 1 ",
                                 "1.",
                                 ".5",
                                 ".",
                                 "1e5",
                                 "1E+5",
                                 "1e",
                                 "1e+",
                                 "1_0",
                                 "1__0",
                                 "_1",
                                 "1_",
                                 "1_.0",
                                 "1._0",
                                 "1.0_1",
                                 "1e1_0",
                                 "1_e1",
                                 "+-1",
                                 "--1",
                                 "+1",
                                 "inf",
                                 "-INFinity",
                                 "nan",
                                 "+NaN",
                                 "infin",
                                 "nan(1)",
                                 "0x1p3",
                                 "1e5.5",
                                 "1 2",
                                 "1.2.3",
                                 ".e5",
                                 "-.5e1",
                                 "1d5",
                                 "+",
                                 "-",
                                 "00.10",
                                 "1e0_0",
                                 "1e-_1",
                                 "-_1",
                                 "1,5",
                                 "i",
                                 "1e400",
                                 "-1e-400",
                                 "0e5",
                                 "1f",
                                 "123456789012345678901234567890",
                                 "4.9e-324",
                                 "2.4e-324",
                                 "1.7976931348623159e308"}) {
    const std::optional<double> ours = parsed(text);
    python.expect(std::string("read('") + text +
                  "') == " + (ours ? "'" + repr(*ours) + "'" : "None"));
  }
  EXPECT_EQ(python.finish(), 0);
}

TEST(FloatText, PythonPrintsTheSame) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  Doubles doubles{2};
  for (int i = 0; i < 8'000; ++i) {
    const double x = doubles.next();
    python.expect("repr(" + python_literal(x) + ") == '" + repr(x) + "'");
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
