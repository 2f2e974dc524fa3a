#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class MathTest : public ObjectsTest {
 protected:
  static constexpr const char* kNumbers[] = {
      "0.0",     "-0.0",     "1.0",       "-1.0",   "0.5",   "-0.5",   "2",
      "-3",      "1.5",      "1e-300",    "5e-324", "1e300", "-1e300", "1.7976931348623157e308",
      "710.0",   "-710.5",   "100.25",    "171.5",  "m.inf", "-m.inf", "m.nan",
      "10**400", "-10**400", "2**53 + 1", "True",   "'1'",   "None",   "1j"};
};

TEST_F(MathTest, OfOneNumber) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"math"});
  same.define("m", "math");
  for (const std::string function :
       {"acos",  "acosh",    "asin",  "asinh", "atan",  "atanh", "cbrt",  "ceil",  "cos",
        "cosh",  "degrees",  "erf",   "erfc",  "exp",   "exp2",  "expm1", "fabs",  "floor",
        "frexp", "isfinite", "isinf", "isnan", "isqrt", "log",   "log10", "log1p", "log2",
        "modf",  "radians",  "sin",   "sinh",  "sqrt",  "tan",   "tanh",  "trunc", "ulp"})
    for (const std::string number : kNumbers) same("m." + function + "(" + number + ")");
  for (const std::string function : {"gamma", "lgamma"})
    for (const std::string number : kNumbers)
      same("[r := caught(lambda: m." + function + "(" + number +
           ")), round(r, 9) if 0 else r if "
           "isinstance(r, str) or m.isnan(r) or m.isinf(r) else m.isclose(r, m.exp(m.lgamma(" +
           number + "))) if '" + function + "' == 'gamma' and r > 0 else r == r][1]");
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

TEST_F(MathTest, GammasAreNearlyThoseOfCPython) {
  OROCHI_NEED_PYTHON();
  Evaluator ours;
  ours.import_module("math");
  PythonOracle python;
  python.execute("import math");
  for (const std::string function : {"gamma", "lgamma"})
    for (const std::string x : {"0.1", "0.5", "1.5", "2.5", "3.0", "23.0", "24.0", "25.5", "100.0",
                                "170.5", "-0.5", "-1.5", "-20.25", "1e-10"}) {
      const std::string call = "math." + function + "(" + x + ")";
      const Ref<> result = ours.evaluate(call);
      ASSERT_TRUE(result) << call;
      const std::string shown = testing::text_of(repr(result.value()));
      python.expect("math.isclose(" + call + ", " + shown + ", rel_tol=1e-14)");
    }
  EXPECT_EQ(python.finish(), 0) << "lines above were false";
}

TEST_F(MathTest, OfTwoNumbers) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"math"});
  same.define("m", "math");
  for (const std::string function : {"atan2", "copysign", "fmod", "hypot", "isclose", "ldexp",
                                     "log", "nextafter", "pow", "remainder"})
    for (const std::string a :
         {"0.0", "-0.0", "1.0", "-2.5", "1e300", "m.inf", "-m.inf", "m.nan", "7", "10**400", "'a'"})
      for (const std::string b :
           {"0.0", "-0.0", "1", "-3", "0.5", "1e300", "m.inf", "-m.inf", "m.nan", "10**30", "None"})
        same("m." + function + "(" + a + ", " + b + ")");
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

TEST_F(MathTest, OfIntegers) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"math"});
  same.define("m", "math");
  for (const char* const expression : {
           "m.gcd()",
           "m.gcd(12)",
           "m.gcd(-12)",
           "m.gcd(12, 18)",
           "m.gcd(0, 0)",
           "m.gcd(0, -5)",
           "m.gcd(2**200 * 3, 2**150 * 9)",
           "m.gcd(12, 18, 8)",
           "m.gcd(1.5)",
           "m.gcd('a', 1)",
           "m.gcd(True, 4)",
           "m.lcm()",
           "m.lcm(4)",
           "m.lcm(-4)",
           "m.lcm(4, 6)",
           "m.lcm(0, 3)",
           "m.lcm(2**100, 6**50, 10)",
           "m.lcm(1.5)",
           "m.lcm(-3, 5)",
           "m.gcd(x=1)",
           "m.isqrt(0)",
           "m.isqrt(99)",
           "m.isqrt(10**100)",
           "m.isqrt(10**100 - 1)",
           "m.isqrt(-1)",
           "m.isqrt(1.0)",
           "m.isqrt(2**64 - 1)",
           "m.isqrt(True)",
           "m.isqrt()",
           "m.factorial(0)",
           "m.factorial(1)",
           "m.factorial(20)",
           "m.factorial(25)",
           "m.factorial(200)",
           "m.factorial(-1)",
           "m.factorial(5.0)",
           "m.factorial(2**70)",
           "m.factorial(-2**70)",
           "m.factorial('a')",
           "m.factorial(True)",
           "m.perm(5)",
           "m.perm(5, 2)",
           "m.perm(5, 0)",
           "m.perm(5, 6)",
           "m.perm(0)",
           "m.perm(-1, 2)",
           "m.perm(5, -1)",
           "m.perm(2**70, 3)",
           "m.perm(2**70, 2**70)",
           "m.perm(5, 1.5)",
           "m.perm(100, 50)",
           "m.perm(5, None)",
           "m.perm()",
           "m.perm(1, 2, 3)",
           "m.comb(5, 2)",
           "m.comb(5, 0)",
           "m.comb(5, 5)",
           "m.comb(5, 6)",
           "m.comb(0, 0)",
           "m.comb(-1, 2)",
           "m.comb(5, -1)",
           "m.comb(2**70, 3)",
           "m.comb(2**70, 2**70 - 2)",
           "m.comb(300, 150)",
           "m.comb(5)",
           "m.comb(1.0, 1)",
           "m.comb(2**70, 2**69)",
           "[m.comb(67, k) for k in range(68)]",
       })
    same(expression);
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

TEST_F(MathTest, OfMany) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"math"});
  same.define("m", "math");
  for (const char* const expression : {
           "m.fsum([])",
           "m.fsum([.1] * 10)",
           "m.fsum([1, 1e100, 1, -1e100] * 1000)",
           "m.fsum([1e308, 1e308, -1e308])",
           "m.fsum([1e308, -1e308, 1e308])",
           "m.fsum([m.inf, 1])",
           "m.fsum([m.inf, -m.inf])",
           "m.fsum([m.nan, m.inf])",
           "m.fsum([m.nan])",
           "m.fsum(3)",
           "m.fsum(['a'])",
           "m.fsum([1, 2**53, -2**-53, 2**-80])",
           "m.fsum([1e-16, 1, 1e16])",
           "m.fsum([2.0**53, 1.0, 2.0**-60])",
           "m.fsum([2.0**53 + 2, 1.0, -2.0**-60])",
           "m.fsum([1.0 / x for x in range(1, 300)])",
           "m.fsum([10**400])",
           "m.fsum([-m.inf, -m.inf])",
           "m.prod([])",
           "m.prod([1, 2, 3])",
           "m.prod([2, 1.5])",
           "m.prod([2], start=3)",
           "m.prod(['a', 3])",
           "m.prod(3)",
           "m.prod([1], 2)",
           "m.prod(range(1, 40))",
           "m.prod([[1], 2])",
           "m.prod([], start='a')",
           "m.hypot()",
           "m.hypot(3)",
           "m.hypot(3, 4)",
           "m.hypot(-3, 4, 12)",
           "m.hypot(1e300, 1e300)",
           "m.hypot(5e-324, 5e-324)",
           "m.hypot(m.inf, m.nan)",
           "m.hypot(m.nan, 1)",
           "m.hypot('a')",
           "m.hypot(1.5e308, 1.5e308)",
           "m.hypot(*range(30))",
           "m.hypot(0, -0.0)",
           "m.dist((1, 2), (4, 6))",
           "m.dist([1, 2, 3], (4.5, 5, 6))",
           "m.dist((), ())",
           "m.dist((1,), (1, 2))",
           "m.dist(3, 4)",
           "m.dist(('a',), (1,))",
           "m.dist((m.inf,), (m.inf,))",
           "[m.hypot(x / 7, 1 / (x + 1)) for x in range(300)]",
           "[m.dist((x / 3, x / 7, .1), (x, 1 / (x + 1), .7)) for x in range(300)]",
           "m.pi",
           "m.e",
           "m.tau",
           "m.inf",
           "m.nan",
           "m.isclose(1, 1 + 1e-10)",
           "m.isclose(1, 1.1)",
           "m.isclose(1, 1.1, rel_tol=.2)",
           "m.isclose(0, 1e-12)",
           "m.isclose(0, 1e-12, abs_tol=1e-9)",
           "m.isclose(1, 2, rel_tol=-1)",
           "m.isclose(1)",
           "m.isclose(1, 2, 3)",
           "m.isclose(a=1, b=1)",
           "m.log(8, 2)",
           "m.log(10**400, 10)",
           "m.log2(2**5000)",
           "m.log10(10**1000)",
           "m.log(2**2000 + 1)",
           "m.log(0)",
           "m.log(5, 0)",
           "m.log(5, 1)",
           "m.log()",
           "m.log(1, 2, 3)",
           "m.ldexp(1, -2000)",
           "m.ldexp(.5, 1025)",
           "m.ldexp(1, 2.0)",
           "m.ldexp(0.0, 10**30)",
           "m.ldexp(1, -10**30)",
       })
    same(expression);
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
