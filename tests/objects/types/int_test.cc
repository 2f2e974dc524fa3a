#include "objects/types/int.h"

#include "memory/fault.h"
#include "objects/model/operations.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/int_values.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class IntTest : public ObjectsTest {
 protected:
  static std::string message() { return std::string(Error::take().text()); }
};

TEST_F(IntTest, WhatFitsIsInTheValueAndTheRestIsAnObject) {
  for (const std::int64_t number :
       {std::int64_t{0}, std::int64_t{-1}, Value::kMaxInt, Value::kMinInt})
    EXPECT_EQ(make_int(number).value().as_int(), number);
  for (const std::int64_t number : {Value::kMaxInt + 1, Value::kMinInt - 1, INT64_MAX, INT64_MIN}) {
    const Ref<> big = make_int(number);
    ASSERT_TRUE(big.value().is_object());
    const IntView view(big.value());
    EXPECT_EQ(integer::to_int64(view.view()), number);
  }
  EXPECT_EQ(python_int(make_size(SIZE_MAX).value()), "(0xffffffffffffffff)");
}

TEST_F(IntTest, TruthsAreIntegersOfASubtype) {
  EXPECT_EQ(&type_of(Value::of_int(3)), &int_type());
  EXPECT_EQ(&type_of(int_of(INT64_MAX).value()), &int_type());
  EXPECT_EQ(&type_of(Value::kTrue), &bool_type());
  EXPECT_TRUE(bool_type().is_subtype_of(int_type()));
  EXPECT_TRUE(is_int(Value::kFalse));
  EXPECT_FALSE(is_int(Value::kNone));
  EXPECT_FALSE(is_int(Value::of_float(1.0)));
  EXPECT_FALSE(is_int(Str::empty().value()));
  EXPECT_EQ(repr(Value::kTrue).as<Str>().ascii(), "True");
  EXPECT_EQ(repr(Value::kFalse).as<Str>().ascii(), "False");
  EXPECT_EQ(compare_truth(CompareOp::kEqual, Value::kTrue, Value::of_int(1)), Truth::kTrue);
  std::int64_t hashed = 0;
  EXPECT_EQ(hash(Value::kTrue, hashed), Status::kDone);
  EXPECT_EQ(hashed, 1);
}

TEST_F(IntTest, TextInEachBaseAndBack) {
  OROCHI_NEED_PYTHON();
  PythonOracle oracle;
  integer::Numbers numbers(5);
  for (int i = 0; i < 400; ++i) {
    const Ref<> number = random_int(numbers, 12);
    const int base = 2 + static_cast<int>(numbers.below(35));
    const Ref<Str> text = print_int(number.value(), base);
    oracle.expect("int(\"" + std::string(text->ascii()) + "\", " + std::to_string(base) +
                  ") == " + python_int(number.value()));
    const Ref<> again = parse_int(text->ascii(), base);
    EXPECT_EQ(compare_truth(CompareOp::kEqual, number.value(), again.value()), Truth::kTrue);
    oracle.expect("repr(" + python_int(number.value()) + ") == \"" +
                  std::string(repr(number.value()).as<Str>().ascii()) + "\"");
  }
  EXPECT_EQ(oracle.finish(), 0);
}

TEST_F(IntTest, WhatIsNoLiteralIsSaid) {
  for (const char* text : {"", "x", "1 2", "_1", "0x"}) {
    EXPECT_FALSE(parse_int(text, 10));
    EXPECT_EQ(message(), std::string("invalid literal for int() with base 10: '") + text + "'");
  }
  EXPECT_EQ(python_int(parse_int(" 0x_1F\n", 0).value()), "(0x1f)");
}

TEST_F(IntTest, WithoutMemoryItIsAMemoryError) {
  const std::string digits(5'000, '7');
  for (std::uint64_t n = 0;; ++n) {
    Ref<> parsed;
    std::uint64_t allocations = 0;
    {
      const auto fault = fault::Injection::nth(n);
      parsed = parse_int(digits, 10);
      allocations = fault.allocations();
    }
    if (allocations <= n) {
      EXPECT_TRUE(parsed);
      break;
    }
    EXPECT_FALSE(parsed);
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
  const Ref<> big = parse_int(digits, 10);
  for (std::uint64_t n = 0;; ++n) {
    Ref<Str> printed;
    std::uint64_t allocations = 0;
    {
      const auto fault = fault::Injection::nth(n);
      printed = print_int(big.value(), 10);
      allocations = fault.allocations();
    }
    if (allocations <= n) {
      EXPECT_EQ(printed->ascii(), digits);
      break;
    }
    EXPECT_FALSE(printed);
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
