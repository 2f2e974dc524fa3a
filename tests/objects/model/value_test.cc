#include "objects/model/value.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace orochi::inline OROCHI_DESIGN {
namespace {

__extension__ using Wide = __int128;

// How many of the kinds of word this is one of.
int kinds_of(Value value) {
  return int{value.is_empty()} + int{value.is_counted()} + int{value.is_deferred()} +
         int{value.is_int()} + int{value.is_special()} + int{value.is_float()};
}

Object* address(std::uintptr_t bits) { return reinterpret_cast<Object*>(bits); }

// --- At compile time. ---

static_assert(Value().is_empty() && !Value());
static_assert(Value::of_int(0).as_int() == 0);
static_assert(Value::of_int(Value::kMaxInt).as_int() == Value::kMaxInt);
static_assert(Value::of_int(Value::kMinInt).as_int() == Value::kMinInt);
static_assert(!Value::fits(Value::kMaxInt + 1) && !Value::fits(Value::kMinInt - 1));
static_assert(Value::kTrue.is_bool() && Value::kFalse.is_bool() && !Value::kNone.is_bool());
static_assert(Value::of_bool(true) == Value::kTrue && Value::of_bool(false) == Value::kFalse);
static_assert(Value::kUnset.as_special() == Special::kUnset);

TEST(ValueTest, EachTagIsOneKindOfWord) {
  for (Value::Word tag = 0; tag < 8; ++tag) {
    EXPECT_EQ(kinds_of(Value::of_word(tag)), 1) << tag;
    EXPECT_EQ(kinds_of(Value::of_word(0xABCD'1230 | tag)), 1) << tag;
  }
}

TEST(ValueTest, PointersNeedNoUnpacking) {
  const Value counted(address(0x7FFF'1234'5670));
  EXPECT_TRUE(counted.is_counted() && counted.is_object() && !counted.is_immediate());
  EXPECT_EQ(counted.word(), 0x7FFF'1234'5670U);
  EXPECT_EQ(counted.object(), address(0x7FFF'1234'5670));
}

TEST(ValueTest, ADeferredPointerIsAnObjectAndNotCounted) {
  const Value deferred = Value::deferred(address(0x7FFF'1234'5670));
  EXPECT_TRUE(deferred.is_deferred() && deferred.is_object());
  EXPECT_FALSE(deferred.is_counted() || deferred.is_immediate());
  EXPECT_EQ(deferred.object(), address(0x7FFF'1234'5670));
}

TEST(ValueTest, NothingIsNeitherObjectNorImmediate) {
  EXPECT_FALSE(Value().is_object() || Value().is_immediate() || Value().is_counted());
}

TEST(ValueTest, SpecialsAreThemselvesOnly) {
  const std::array all{Value::kFalse,          Value::kTrue,     Value::kNone,
                       Value::kNotImplemented, Value::kEllipsis, Value::kUnset};
  for (const Value one : all) {
    EXPECT_TRUE(one.is_special() && one.is_immediate());
    EXPECT_EQ(kinds_of(one), 1);
    int equal = 0;
    for (const Value other : all) equal += int{one.is(other.as_special())};
    EXPECT_EQ(equal, 1);
  }
}

// --- Floats. ---

void expect_round_trip(double number) {
  ASSERT_TRUE(Value::fits(number)) << number;
  const Value value = Value::of_float(number);
  EXPECT_EQ(kinds_of(value), 1) << number;
  EXPECT_TRUE(value.is_float() && value.is_immediate()) << number;
  EXPECT_EQ(std::bit_cast<std::uint64_t>(value.as_float()), std::bit_cast<std::uint64_t>(number));
}

TEST(ValueTest, FloatsThatFit) {
  for (const double number :
       {0.0, 1.0, 0.1, 3.14159, 1e9, 1e70, 1e-70, std::ldexp(1.0, -255), std::ldexp(1.999, 256),
        std::nextafter(std::ldexp(1.0, 257), 0.0), std::numeric_limits<double>::denorm_min(),
        std::numeric_limits<double>::min(), std::nextafter(std::ldexp(1.0, -767), 0.0)}) {
    expect_round_trip(number);
    expect_round_trip(-number);
  }
}

TEST(ValueTest, FloatsThatDoNot) {
  for (const double number :
       {std::ldexp(1.0, 257), std::nextafter(std::ldexp(1.0, -255), 0.0), std::ldexp(1.0, -767),
        1e100, 1e-100, std::numeric_limits<double>::max(), std::numeric_limits<double>::infinity(),
        std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_FALSE(Value::fits(number)) << number;
    EXPECT_FALSE(Value::fits(-number)) << number;
  }
}

TEST(ValueTest, ANegativeZeroStaysNegative) {
  EXPECT_TRUE(std::signbit(Value::of_float(-0.0).as_float()));
  EXPECT_NE(Value::of_float(-0.0), Value::of_float(0.0));
}

TEST(ValueTest, RandomFloatsComeBackOrDoNotFit) {
  std::mt19937_64 random(1);
  int fitting = 0;
  for (int i = 0; i < 200'000; ++i) {
    const auto number = std::bit_cast<double>(random());
    if (!Value::fits(number)) continue;
    ++fitting;
    expect_round_trip(number);
  }
  // Three of the eight values that the three bits have.
  EXPECT_NEAR(fitting / 200'000.0, 3.0 / 8.0, 0.01);
}

// --- Integers. ---

TEST(ValueTest, RandomIntegersComeBack) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 100'000; ++i) {
    const std::int64_t number = static_cast<std::int64_t>(random()) >> (2 + random() % 60);
    const Value value = Value::of_int(number);
    EXPECT_EQ(kinds_of(value), 1);
    EXPECT_EQ(value.as_int(), number);
  }
}

using Operation = bool (*)(Value, Value, Value&) noexcept;

void expect_as_wide(Operation operation, std::int64_t a, std::int64_t b, Wide wanted) {
  Value result = Value::kNone;
  const bool done = operation(Value::of_int(a), Value::of_int(b), result);
  ASSERT_EQ(done, wanted >= Value::kMinInt && wanted <= Value::kMaxInt) << a << " " << b;
  if (done) {
    ASSERT_TRUE(result.is_int());
    EXPECT_EQ(result.as_int(), static_cast<std::int64_t>(wanted)) << a << " " << b;
  } else {
    EXPECT_EQ(result, Value::kNone) << "not written";
  }
}

void expect_all_as_wide(std::int64_t a, std::int64_t b) {
  expect_as_wide(try_add, a, b, Wide{a} + b);
  expect_as_wide(try_subtract, a, b, Wide{a} - b);
  expect_as_wide(try_multiply, a, b, Wide{a} * b);
}

constexpr std::int64_t kMax = Value::kMaxInt;
constexpr std::int64_t kMin = Value::kMinInt;
constexpr std::array<std::int64_t, 15> kEdges{0,
                                              1,
                                              -1,
                                              2,
                                              -2,
                                              kMax,
                                              kMin,
                                              kMax - 1,
                                              kMin + 1,
                                              kMax / 2,
                                              kMin / 2,
                                              kMax / 2 + 1,
                                              1LL << 31,
                                              -(1LL << 31),
                                              (1LL << 30) + 1};

TEST(ValueTest, ArithmeticAtTheEdges) {
  for (const std::int64_t a : kEdges) {
    for (const std::int64_t b : kEdges) expect_all_as_wide(a, b);
  }
}

TEST(ValueTest, ArithmeticOfRandomIntegers) {
  std::mt19937_64 random(3);
  const auto any = [&random] { return static_cast<std::int64_t>(random()) >> (2 + random() % 60); };
  for (int i = 0; i < 100'000; ++i) expect_all_as_wide(any(), any());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
