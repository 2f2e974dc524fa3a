#include "objects/types/complex_arithmetic.h"

#include <cmath>
#include <sstream>
#include <vector>

#include "objects/model/operations.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/int_values.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

constexpr std::pair<BinaryOp, const char*> kOperators[] = {
    {BinaryOp::kAdd, "a + b"},        {BinaryOp::kSubtract, "a - b"},
    {BinaryOp::kMultiply, "a * b"},   {BinaryOp::kTrueDivide, "a / b"},
    {BinaryOp::kPower, "a ** b"},     {BinaryOp::kFloorDivide, "a // b"},
    {BinaryOp::kModulo, "a % b"},     {BinaryOp::kDivmod, "divmod(a, b)"},
    {BinaryOp::kLeftShift, "a << b"}, {BinaryOp::kAnd, "a & b"}};

constexpr std::pair<CompareOp, const char*> kComparisons[] = {{CompareOp::kLess, "a < b"},
                                                              {CompareOp::kEqual, "a == b"},
                                                              {CompareOp::kNotEqual, "a != b"},
                                                              {CompareOp::kGreaterEqual, "a >= b"}};

class ComplexArithmeticTest : public ObjectsTest {
 protected:
  ComplexArithmeticTest() {
    // The same bits, but for the sign of what is not a number.
    oracle_.execute("same = lambda x, y: type(x) is type(y) and repr(x) == repr(y)");
  }

  void expect(const std::string& call, const Ref<>& ours) {
    std::ostringstream line;
    if (ours) {
      line << "same(" << call << ", " << python_value(ours.value()) << ")";
    } else {
      const Error error = Error::take();
      line << "raises(" << name_of(error.kind()) << ", lambda: " << call << ") == \""
           << error.text() << "\"";
    }
    oracle_.expect(line.str());
  }
  void expect_all(Value a, Value b) {
    const auto call = [&](const char* python) {
      return std::string("(lambda a, b: ") + python + ")(" + python_value(a) + ", " +
             python_value(b) + ")";
    };
    for (const auto& [op, python] : kOperators) expect(call(python), binary(op, a, b));
    for (const auto& [op, python] : kComparisons) expect(call(python), compare(op, a, b));
  }

  static std::vector<Ref<>> numbers() {
    constexpr double kInfinity = INFINITY;
    constexpr double kParts[] = {0.0, -0.0, 1.0, -2.5, 1e200, kInfinity, NAN};
    std::vector<Ref<>> all;
    for (const double real : kParts)
      for (const double imag : kParts) all.push_back(make_complex({real, imag}));
    return all;
  }

  PythonOracle oracle_;
};

TEST_F(ComplexArithmeticTest, EdgesAreAsPythonHasThem) {
  OROCHI_NEED_PYTHON();
  const std::vector<Ref<>> all = numbers();
  for (const Ref<>& a : all)
    for (const Ref<>& b : all) expect_all(a.value(), b.value());
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(ComplexArithmeticTest, OtherNumbersJoinIn) {
  OROCHI_NEED_PYTHON();
  std::vector<Ref<>> others;
  for (const double x : {0.0, -0.0, 0.5, -3.0, 1e300}) others.push_back(make_float(x));
  for (const std::int64_t n : {0L, 1L, -2L, (1L << 53) + 1, 100L, 101L})
    others.push_back(int_of(n));
  others.push_back(int_of(std::string(310, '9')));
  others.push_back(Ref<>(Special::kTrue));
  const std::vector<Ref<>> all = numbers();
  for (std::size_t i = 0; i < all.size(); i += 3) {
    for (const Ref<>& other : others) {
      expect_all(all[i].value(), other.value());
      expect_all(other.value(), all[i].value());
    }
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(ComplexArithmeticTest, PowersAsPython) {
  OROCHI_NEED_PYTHON();
  for (const double base : {2.0, -3.0, 0.5}) {
    for (int exponent = -105; exponent <= 105; exponent += 7) {
      const Ref<> a = make_complex({base, 1.25});
      const Ref<> b = int_of(exponent);
      const Ref<> c = make_complex({exponent / 8.0, base});
      for (const Value right : {b.value(), c.value()})
        expect(
            "(lambda a, b: a ** b)(" + python_value(a.value()) + ", " + python_value(right) + ")",
            binary(BinaryOp::kPower, a.value(), right));
    }
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(ComplexArithmeticTest, OneNumberAsPython) {
  OROCHI_NEED_PYTHON();
  std::vector<Ref<>> all = numbers();
  all.push_back(make_complex({1.7e308, 1.7e308}));
  for (const Ref<>& a : all) {
    const std::string shown = python_value(a.value());
    expect("abs(" + shown + ")", unary(UnaryOp::kAbsolute, a.value()));
    expect("-(" + shown + ")", unary(UnaryOp::kNegative, a.value()));
    expect("+(" + shown + ")", unary(UnaryOp::kPositive, a.value()));
    expect("bool(" + shown + ")", Value::of_bool(truth(a.value()) == Truth::kTrue).as_special());
    const ComplexNumber number = as_complex(a.value());
    if (std::isnan(number.real) || std::isnan(number.imag)) continue;
    std::int64_t hashed = 0;
    EXPECT_EQ(hash(a.value(), hashed), Status::kDone);
    oracle_.expect("hash(" + shown + ") == " + std::to_string(hashed));
  }
  EXPECT_EQ(oracle_.finish(), 0);
}

TEST_F(ComplexArithmeticTest, APositiveOneIsItself) {
  const Ref<> number = make_complex({1, 2});
  EXPECT_EQ(unary(UnaryOp::kPositive, number.value()).value(), number.value());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
