#include "objects/types/int_arithmetic.h"

#include "memory/fault.h"
#include "objects/model/operations.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/int_values.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

struct Operator {
  BinaryOp op;
  const char* python;  // with a and b
};
constexpr Operator kOperators[] = {
    {BinaryOp::kAdd, "a + b"},        {BinaryOp::kSubtract, "a - b"},
    {BinaryOp::kMultiply, "a * b"},   {BinaryOp::kFloorDivide, "a // b"},
    {BinaryOp::kModulo, "a % b"},     {BinaryOp::kDivmod, "divmod(a, b)"},
    {BinaryOp::kTrueDivide, "a / b"}, {BinaryOp::kAnd, "a & b"},
    {BinaryOp::kOr, "a | b"},         {BinaryOp::kXor, "a ^ b"},
};
constexpr std::pair<CompareOp, const char*> kComparisons[] = {
    {CompareOp::kLess, "a < b"},    {CompareOp::kLessEqual, "a <= b"},
    {CompareOp::kEqual, "a == b"},  {CompareOp::kNotEqual, "a != b"},
    {CompareOp::kGreater, "a > b"}, {CompareOp::kGreaterEqual, "a >= b"}};

class IntArithmeticTest : public ObjectsTest {
 protected:
  // That the result is what Python computes, or that both raise, with the same words.
  static void expect(PythonOracle& oracle, const std::string& python, const Ref<>& ours) {
    if (ours) {
      // Also of the same type: 1 is not True, nor 1.0.
      oracle.expect("(lambda x, y: x == y and type(x) is type(y))(" + python + ", " +
                    python_value(ours.value()) + ")");
      return;
    }
    const Error error = Error::take();
    oracle.expect("raises(" + std::string(name_of(error.kind())) + ", lambda: " + python +
                  ") == \"" + std::string(error.text()) + "\"");
  }
  static std::string with(std::string python, Value a, Value b) {
    return "(lambda a, b: " + std::move(python) + ")(" + python_value(a) + ", " + python_value(b) +
           ")";
  }

  integer::Numbers numbers_{20'240'602};
};

TEST_F(IntArithmeticTest, OperatorsAreAsPythonHasThem) {
  OROCHI_NEED_PYTHON();
  PythonOracle oracle;
  for (int i = 0; i < 600; ++i) {
    const Ref<> a = random_int(numbers_, 6);
    const Ref<> b = random_int(numbers_, i % 2 == 0 ? 2 : 6);
    for (const Operator& each : kOperators)
      expect(oracle, with(each.python, a.value(), b.value()),
             binary(each.op, a.value(), b.value()));
    for (const auto& [op, python] : kComparisons)
      expect(oracle, with(python, a.value(), b.value()), compare(op, a.value(), b.value()));
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(IntArithmeticTest, LongOnesAreComputedInPlaceAndAreTheSame) {
  OROCHI_NEED_PYTHON();
  PythonOracle oracle;
  for (int i = 0; i < 30; ++i) {
    const Ref<> a = random_int(numbers_, 700);
    const Ref<> b = random_int(numbers_, i % 2 == 0 ? 300 : 700);
    for (const Operator& each : kOperators)
      expect(oracle, with(each.python, a.value(), b.value()),
             binary(each.op, a.value(), b.value()));
    expect(oracle, with("a * a", a.value(), a.value()),
           binary(BinaryOp::kMultiply, a.value(), a.value()));
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(IntArithmeticTest, TruthsAreNumbersAmongNumbersAndTruthsAmongThemselves) {
  OROCHI_NEED_PYTHON();
  PythonOracle oracle;
  const Ref<> numbers[] = {Ref<>(Special::kTrue), Ref<>(Special::kFalse), int_of(6), int_of(-1),
                           int_of(INT64_MIN)};
  for (const Ref<>& a : numbers) {
    for (const Ref<>& b : numbers) {
      for (const Operator& each : kOperators)
        expect(oracle, with(each.python, a.value(), b.value()),
               binary(each.op, a.value(), b.value()));
    }
    expect(oracle, "-" + python_int(a.value()), unary(UnaryOp::kNegative, a.value()));
    expect(oracle, "+" + python_int(a.value()), unary(UnaryOp::kPositive, a.value()));
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(IntArithmeticTest, ShiftsAndPowers) {
  OROCHI_NEED_PYTHON();
  PythonOracle oracle;
  for (int i = 0; i < 400; ++i) {
    const Ref<> a = random_int(numbers_, 4);
    const Ref<> count = int_of(static_cast<std::int64_t>(numbers_.below(200)) - 5);
    expect(oracle, with("a << b", a.value(), count.value()),
           binary(BinaryOp::kLeftShift, a.value(), count.value()));
    expect(oracle, with("a >> b", a.value(), count.value()),
           binary(BinaryOp::kRightShift, a.value(), count.value()));
    const Ref<> exponent = int_of(static_cast<std::int64_t>(numbers_.below(20)) - 2);
    expect(oracle, with("a ** b", a.value(), exponent.value()),
           binary(BinaryOp::kPower, a.value(), exponent.value()));
    const Ref<> power = random_int(numbers_, 2);
    const Ref<> modulus = random_int(numbers_, 3);
    expect(oracle,
           "pow(" + python_int(a.value()) + ", " + python_int(power.value()) + ", " +
               python_int(modulus.value()) + ")",
           int_modular_power(a.value(), power.value(), modulus.value()));
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(IntArithmeticTest, ShiftsByHugeCounts) {
  const Ref<> huge = int_of("1000000000000000000000000000000");
  const auto shifted = [&](BinaryOp op, std::int64_t a) {
    return binary(op, Value::of_int(a), huge.value());
  };
  EXPECT_EQ(shifted(BinaryOp::kRightShift, 5).value(), Value::of_int(0));
  EXPECT_EQ(shifted(BinaryOp::kRightShift, -5).value(), Value::of_int(-1));
  EXPECT_EQ(shifted(BinaryOp::kLeftShift, 0).value(), Value::of_int(0));
  EXPECT_FALSE(shifted(BinaryOp::kLeftShift, 1));
  EXPECT_EQ(Error::take().text(), "too many digits in integer");
  EXPECT_FALSE(binary(BinaryOp::kLeftShift, Value::of_int(1), Value::of_int(Value::kMaxInt)));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

TEST_F(IntArithmeticTest, PowersThatDoNotGrowHaveAnyExponent) {
  const Ref<> huge = int_of("1000000000000000000000000000001");
  const auto power = [&](std::int64_t a) {
    return binary(BinaryOp::kPower, Value::of_int(a), huge.value());
  };
  EXPECT_EQ(power(0).value(), Value::of_int(0));
  EXPECT_EQ(power(1).value(), Value::of_int(1));
  EXPECT_EQ(power(-1).value(), Value::of_int(-1));
  EXPECT_FALSE(power(2));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

TEST_F(IntArithmeticTest, UnaryOperatorsAndHash) {
  OROCHI_NEED_PYTHON();
  PythonOracle oracle;
  constexpr std::pair<UnaryOp, const char*> kUnary[] = {{UnaryOp::kNegative, "-"},
                                                        {UnaryOp::kPositive, "+"},
                                                        {UnaryOp::kInvert, "~"},
                                                        {UnaryOp::kAbsolute, "abs"}};
  for (int i = 0; i < 300; ++i) {
    const Ref<> a = random_int(numbers_, 5);
    for (const auto& [op, python] : kUnary)
      expect(oracle, python + python_int(a.value()), unary(op, a.value()));
    std::int64_t hashed = 0;
    EXPECT_EQ(hash(a.value(), hashed), Status::kDone);
    oracle.expect("hash(" + python_int(a.value()) + ") == " + std::to_string(hashed));
    oracle.expect("bool(" + python_int(a.value()) + ") is " +
                  (truth(a.value()) == Truth::kTrue ? "True" : "False"));
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(IntArithmeticTest, NoOtherTypeIsANumber) {
  EXPECT_FALSE(binary(BinaryOp::kAdd, Value::of_int(1), Str::empty().value()));
  EXPECT_EQ(Error::take().text(), "unsupported operand type(s) for +: 'int' and 'str'");
  EXPECT_EQ(compare_truth(CompareOp::kEqual, Value::of_int(1), Str::empty().value()),
            Truth::kFalse);
}

TEST_F(IntArithmeticTest, StrsAreRepeated) {
  const Ref<Str> str = Str::of_ascii("ab");
  EXPECT_EQ(binary(BinaryOp::kMultiply, Value::of_int(2), str.value()).as<Str>().ascii(), "abab");
  EXPECT_EQ(binary(BinaryOp::kMultiply, str.value(), Value::kTrue).as<Str>().ascii(), "ab");
  EXPECT_FALSE(binary(BinaryOp::kMultiply, str.value(), int_of(std::string(30, '9')).value()));
  EXPECT_EQ(Error::take().text(), "cannot fit 'int' into an index-sized integer");
}

TEST_F(IntArithmeticTest, EachAllocationMayFail) {
  const Ref<> a = int_of(std::string(9'000, '7'));
  const Ref<> b = int_of(std::string(6'000, '3'));
  for (const Operator& each : kOperators) {
    for (std::uint64_t n = 0;; ++n) {
      Ref<> result;
      std::uint64_t allocations = 0;
      {
        const auto fault = fault::Injection::nth(n);
        result = binary(each.op, a.value(), b.value());
        allocations = fault.allocations();
      }
      const ErrorKind kind = taken();
      if (allocations <= n) {
        EXPECT_TRUE(result || kind == ErrorKind::kOverflow) << each.python;
        break;
      }
      EXPECT_FALSE(result) << each.python;
      EXPECT_EQ(kind, ErrorKind::kMemory) << each.python;
    }
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
