#include "objects/number/float_round.h"

#include <gtest/gtest.h>

#include "tests/objects/number/doubles.h"
#include "tests/objects/python_oracle.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

TEST(FloatRound, BinaryHalvesGoToTheEvenDigit) {
  EXPECT_EQ(round_double(2.5, 0), 2.0);
  EXPECT_EQ(round_double(0.125, 2), 0.12);
  EXPECT_EQ(round_double(2.675, 2), 2.67) << "it is below the half";
  EXPECT_EQ(round_double(25.0, -1), 20.0);
  EXPECT_EQ(round_double(5.0, -1), 0.0);
  EXPECT_EQ(round_double(5.000001, -1), 10.0);
  EXPECT_EQ(round_double(1e23, -23), 1e23) << "which is a little less";
}

TEST(FloatRound, TooLargeIsSaid) {
  EXPECT_EQ(round_double(1.7e308, -308), std::nullopt);
  EXPECT_EQ(round_double(1.2e308, -308), 1e308);
  EXPECT_EQ(round_double(1.7e308, -309), 0.0);
  EXPECT_EQ(round_double(HUGE_VAL, -309), HUGE_VAL);
}

TEST(FloatRound, PythonAgrees) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  python.execute(
      "def rounded(x, n): return raises(OverflowError, round, x, n) or repr(round(x, n))");
  Doubles doubles{1};
  for (int i = 0; i < 10'000; ++i) {
    const double x = doubles.next();
    if (!std::isfinite(x)) continue;
    const bool is_far = i % 10 == 0;
    const std::int64_t digits =
        static_cast<std::int64_t>(doubles.below(is_far ? 680 : 30)) - (is_far ? 340 : 15);
    const std::optional<double> ours = round_double(x, digits);
    python.expect(
        "rounded(" + python_literal(x) + ", " + std::to_string(digits) + ") == " +
        (ours ? "repr(" + python_literal(*ours) + ")" : "'rounded value too large to represent'"));
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
