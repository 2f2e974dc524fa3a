#include "objects/types/key.h"

#include "objects/number/numeric_hash.h"
#include "objects/types/str.h"
#include "tests/objects/types/keys.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class KeyTest : public ObjectsTest {
 protected:
  KeyTest() { Key::comparisons.store(0, kRelaxed); }

  static KeyHash hash_of(Value key) {
    KeyHash hash = 0;
    EXPECT_EQ(hash_key(key, hash), Status::kDone);
    return hash;
  }
};

TEST_F(KeyTest, IntegersHashAsNumbersDo) {
  for (const std::int64_t n : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{-2},
                               Value::kMaxInt - 1, Value::kMaxInt, Value::kMinInt})
    EXPECT_EQ(hash_of(Value::of_int(n)), hash_of_int64(n)) << n;
}

TEST_F(KeyTest, EqualNumbersHashAlikeAndAreTheSame) {
  const Value ones[] = {Value::of_int(1), Value::kTrue, Value::of_float(1.0)};
  const Value zeros[] = {Value::of_int(0), Value::kFalse, Value::of_float(0.0),
                         Value::of_float(-0.0)};
  for (const Value a : ones)
    for (const Value b : ones) {
      EXPECT_EQ(hash_of(a), hash_of(b));
      if (a != b) {
        EXPECT_EQ(compare_keys(a, b), Sameness::kSame);
      }
    }
  for (const Value a : zeros)
    for (const Value b : zeros) {
      EXPECT_EQ(hash_of(a), hash_of(b));
      if (a != b) {
        EXPECT_EQ(compare_keys(a, b), Sameness::kSame);
      }
    }
  for (const Value a : ones)
    for (const Value b : zeros) EXPECT_EQ(compare_keys(a, b), Sameness::kDifferent);
}

// The double next to 2^60 + 1 is 2^60: rounding would make the two equal.
TEST_F(KeyTest, AnIntegerIsNotTheFloatNextToIt) {
  const std::int64_t big = std::int64_t{1} << 60;
  EXPECT_EQ(compare_keys(Value::of_int(big + 1), Value::of_float(0x1p60)), Sameness::kDifferent);
  EXPECT_EQ(compare_keys(Value::of_int(big), Value::of_float(0x1p60)), Sameness::kSame);
  EXPECT_EQ(compare_keys(Value::of_float(-0x1p61), Value::of_int(Value::kMinInt)), Sameness::kSame);
  EXPECT_EQ(compare_keys(Value::of_int(Value::kMaxInt), Value::of_float(0x1p61)),
            Sameness::kDifferent);
  EXPECT_EQ(compare_keys(Value::of_int(2), Value::of_float(2.5)), Sameness::kDifferent);
}

TEST_F(KeyTest, ConstantsAreDifferentAndObjectsAreAsked) {
  EXPECT_EQ(compare_keys(Value::kNone, Value::kEllipsis), Sameness::kDifferent);
  EXPECT_EQ(compare_keys(Value::kNone, Value::of_int(0)), Sameness::kDifferent);
  const Ref<> object = Key::make(1, 1);
  EXPECT_EQ(compare_keys(object.value(), Value::of_int(1)), Sameness::kAsk);
  EXPECT_EQ(compare_keys(Value::of_float(1.5), object.value()), Sameness::kAsk);
  EXPECT_EQ(Key::compared(), 0);
}

TEST_F(KeyTest, StrsAreComparedWithoutCallingAnybody) {
  const Ref<Str> one = Str::of_utf8("na\u00EFve");
  const Ref<Str> same = Str::of_utf8("na\u00EFve");
  const Ref<Str> other = Str::of_utf8("naive");
  EXPECT_EQ(hash_of(one.value()), one->hash());
  EXPECT_EQ(hash_of(one.value()), hash_of(same.value()));
  EXPECT_EQ(compare_keys(one.value(), same.value()), Sameness::kSame);
  EXPECT_EQ(compare_keys(one.value(), other.value()), Sameness::kDifferent);
  EXPECT_EQ(compare_keys(one.value(), Value::of_int(1)), Sameness::kDifferent);
  EXPECT_EQ(compare_keys(Value::kNone, one.value()), Sameness::kDifferent);
  EXPECT_EQ(compare_keys(one.value(), Key::make(1, 1).value()), Sameness::kAsk);
}

TEST_F(KeyTest, WhatCannotBeHashedSaysSo) {
  KeyHash hash = 0;
  EXPECT_EQ(hash_key(Cell::make({}).value(), hash), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "unhashable type: 'cell'");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
