#include "objects/types/float.h"

#include <cmath>

#include "memory/fault.h"
#include "objects/model/operations.h"
#include "tests/objects/types/int_values.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;
using FloatTest = ObjectsTest;

TEST_F(FloatTest, EachDoubleIsKeptAsItIs) {
  for (const double x : edge_doubles()) {
    const Ref<> made = make_float(x);
    EXPECT_EQ(std::bit_cast<std::uint64_t>(as_float(made.value())),
              std::bit_cast<std::uint64_t>(x));
    EXPECT_EQ(made.value().is_object(), !Value::fits(x)) << x;
    EXPECT_EQ(&type_of(made.value()), &float_type());
    EXPECT_TRUE(is_float(made.value()));
  }
  EXPECT_FALSE(is_float(Value::of_int(1)));
  EXPECT_FALSE(is_float(Value::kNone));
  EXPECT_FALSE(is_float(int_of(INT64_MAX).value()));
}

TEST_F(FloatTest, OfNumbersOfEitherType) {
  double number = 0;
  EXPECT_EQ(float_of(Value::of_int(-3), number), Status::kDone);
  EXPECT_EQ(number, -3.0);
  EXPECT_EQ(float_of(int_of(INT64_MIN).value(), number), Status::kDone);
  EXPECT_EQ(number, -0x1p63);
  EXPECT_EQ(float_of(Value::kTrue, number), Status::kDone);
  EXPECT_EQ(number, 1.0);
  EXPECT_EQ(float_of(Value::of_float(0.5), number), Status::kDone);
  EXPECT_EQ(number, 0.5);
  EXPECT_EQ(float_of(int_of(std::string(400, '9')).value(), number), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "int too large to convert to float");
}

TEST_F(FloatTest, WhatIsNoNumberIsHashedByWhichOneItIs) {
  const Ref<> one = make_float(std::nan(""));
  const Ref<> other = make_float(std::nan(""));
  std::int64_t first = 0;
  std::int64_t again = 0;
  std::int64_t second = 0;
  EXPECT_EQ(hash(one.value(), first), Status::kDone);
  EXPECT_EQ(hash(one.value(), again), Status::kDone);
  EXPECT_EQ(hash(other.value(), second), Status::kDone);
  EXPECT_EQ(first, again);
  EXPECT_NE(first, second);
}

TEST_F(FloatTest, WithoutMemoryItIsAMemoryError) {
  {
    const auto fault = fault::Injection::from(0);
    EXPECT_FALSE(make_float(1e300));
    EXPECT_TRUE(make_float(1.5)) << "needs none";
  }
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
