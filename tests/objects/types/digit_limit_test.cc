#include "objects/types/digit_limit.h"

#include <string>

#include "objects/types/int_arithmetic.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class DigitLimitTest : public ObjectsTest {
 protected:
  void SetUp() override { set_digit_limit(kLeastDigitLimit); }
  void TearDown() override { set_digit_limit(0); }

  // 10 ** exponent
  static Ref<> power_of_ten(std::int64_t exponent) {
    return int_power(Value::of_int(10), Value::of_int(exponent));
  }
};

TEST_F(DigitLimitTest, PrintsWhatIsWithinIt) {
  const Ref<Str> text = print_int(power_of_ten(639).value(), 10);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->size(), 640U);
  EXPECT_TRUE(print_int(int_negative(power_of_ten(639).value()).value(), 10));
}

TEST_F(DigitLimitTest, PrintsNothingBeyondIt) {
  EXPECT_FALSE(print_int(power_of_ten(640).value(), 10));
  EXPECT_EQ(Error::take().text(),
            "Exceeds the limit (640 digits) for integer string conversion; use "
            "sys.set_int_max_str_digits() to increase the limit");
  EXPECT_FALSE(print_int(power_of_ten(20'000).value(), 10));
  EXPECT_EQ(taken(), ErrorKind::kValue);
}

TEST_F(DigitLimitTest, PowersOfTwoHaveNone) {
  EXPECT_TRUE(print_int(power_of_ten(5000).value(), 16));
  EXPECT_TRUE(parse_int(std::string(5000, '1'), 2));
}

TEST_F(DigitLimitTest, ReadsNothingBeyondIt) {
  EXPECT_TRUE(parse_int(std::string(640, '1'), 10));
  EXPECT_FALSE(parse_int(std::string(641, '1'), 10));
  EXPECT_EQ(Error::take().text(),
            "Exceeds the limit (640 digits) for integer string conversion: value has 641 digits; "
            "use sys.set_int_max_str_digits() to increase the limit");
  set_digit_limit(0);
  EXPECT_TRUE(parse_int(std::string(641, '1'), 10));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
