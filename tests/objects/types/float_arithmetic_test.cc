#include "objects/types/float_arithmetic.h"

#include <cmath>

#include "objects/model/operations.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/int_values.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

constexpr std::pair<BinaryOp, const char*> kOperators[] = {
    {BinaryOp::kAdd, "a + b"},           {BinaryOp::kSubtract, "a - b"},
    {BinaryOp::kMultiply, "a * b"},      {BinaryOp::kTrueDivide, "a / b"},
    {BinaryOp::kFloorDivide, "a // b"},  {BinaryOp::kModulo, "a % b"},
    {BinaryOp::kDivmod, "divmod(a, b)"}, {BinaryOp::kPower, "a ** b"}};
constexpr std::pair<CompareOp, const char*> kComparisons[] = {
    {CompareOp::kLess, "a < b"},    {CompareOp::kLessEqual, "a <= b"},
    {CompareOp::kEqual, "a == b"},  {CompareOp::kNotEqual, "a != b"},
    {CompareOp::kGreater, "a > b"}, {CompareOp::kGreaterEqual, "a >= b"}};

class FloatArithmeticTest : public ObjectsTest {
 protected:
  FloatArithmeticTest() {
    // The same type and the same bits: -0.0 is not 0.0, and nan is nan.
    oracle_.execute("import struct");
    oracle_.execute(
        "bits = lambda x: [bits(y) for y in x] if type(x) is tuple else "
        "(type(x), repr(x))");
    oracle_.execute("same = lambda x, y: bits(x) == bits(y)");
  }

  void expect(const std::string& python, Value a, Value b, const Ref<>& ours) {
    const std::string call =
        "(lambda a, b: " + python + ")(" + python_value(a) + ", " + python_value(b) + ")";
    if (ours) return oracle_.expect("same(" + call + ", " + python_value(ours.value()) + ")");
    const Error error = Error::take();
    oracle_.expect("raises(" + std::string(name_of(error.kind())) + ", lambda: " + call +
                   ") == \"" + std::string(error.text()) + "\"");
  }
  void expect_all(Value a, Value b) {
    for (const auto& [op, python] : kOperators) expect(python, a, b, binary(op, a, b));
    for (const auto& [op, python] : kComparisons) expect(python, a, b, compare(op, a, b));
  }

  PythonOracle oracle_;
};

TEST_F(FloatArithmeticTest, EdgesAreAsPythonHasThem) {
  OROCHI_NEED_PYTHON();
  for (const double a : edge_doubles())
    for (const double b : edge_doubles()) expect_all(make_float(a).value(), make_float(b).value());
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(FloatArithmeticTest, IntegersAreFloatsBesideFloats) {
  OROCHI_NEED_PYTHON();
  const Ref<> integers[] = {int_of(0),
                            int_of(1),
                            int_of(-7),
                            int_of((1L << 53) + 1),
                            int_of(INT64_MAX),
                            int_of(INT64_MIN),
                            Ref<>(Special::kTrue),
                            int_of(std::string(310, '9'))};
  for (const Ref<>& a : integers) {
    for (const double b : edge_doubles()) {
      const Ref<> x = make_float(b);
      expect_all(a.value(), x.value());
      expect_all(x.value(), a.value());
    }
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(FloatArithmeticTest, UnaryOperatorsTextTruthAndHash) {
  OROCHI_NEED_PYTHON();
  for (const double x : edge_doubles()) {
    const Ref<> a = make_float(x);
    const Value none = Value::of_int(0);
    expect("-a", a.value(), none, unary(UnaryOp::kNegative, a.value()));
    expect("+a", a.value(), none, unary(UnaryOp::kPositive, a.value()));
    expect("abs(a)", a.value(), none, unary(UnaryOp::kAbsolute, a.value()));
    oracle_.expect("repr(" + python_float(x) + ") == \"" +
                   std::string(repr(a.value()).as<Str>().ascii()) + "\"");
    oracle_.expect("bool(" + python_float(x) + ") is " +
                   (truth(a.value()) == Truth::kTrue ? "True" : "False"));
    if (std::isnan(x)) continue;
    std::int64_t hashed = 0;
    EXPECT_EQ(hash(a.value(), hashed), Status::kDone);
    oracle_.expect("hash(" + python_float(x) + ") == " + std::to_string(hashed));
  }
  EXPECT_EQ(oracle_.finish(), 0);
  EXPECT_FALSE(unary(UnaryOp::kInvert, Value::of_float(1.0)));
  EXPECT_EQ(Error::take().text(), "bad operand type for unary ~: 'float'");
}

TEST_F(FloatArithmeticTest, NoOtherTypeIsANumber) {
  EXPECT_FALSE(binary(BinaryOp::kAdd, Value::of_float(1.0), Str::empty().value()));
  EXPECT_EQ(Error::take().text(), "unsupported operand type(s) for +: 'float' and 'str'");
  EXPECT_FALSE(binary(BinaryOp::kMultiply, Value::of_float(1.0), Str::empty().value()));
  EXPECT_EQ(Error::take().text(), "can't multiply sequence by non-int of type 'float'");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
