#include "objects/types/sequence_key.h"

#include "objects/types/int_arithmetic.h"
#include "tests/objects/types/lists.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using SequenceKeyTest = SequencesTest;

TEST_F(SequenceKeyTest, IsAnIndexOrASlice) {
  SequenceKey key;
  ASSERT_EQ(key.read(key_of(-3), "list"), Status::kDone);
  EXPECT_FALSE(key.is_slice);
  EXPECT_EQ(key.index, -3);
  const Ref<Slice> slice = Slice::make(number(1), Special::kNone, number(2));
  ASSERT_EQ(key.read(slice.value(), "list"), Status::kDone);
  EXPECT_TRUE(key.is_slice);
  EXPECT_EQ(key.bounds.start, 1);
  EXPECT_EQ(key.bounds.step, 2);
}

TEST_F(SequenceKeyTest, OrAnError) {
  SequenceKey key;
  EXPECT_EQ(key.read(Value::kNone, "tuple"), Status::kFailed);
  EXPECT_EQ(raised(), "TypeError: tuple indices must be integers or slices, not NoneType");
  const Ref<> huge = int_power(key_of(2), key_of(64));
  EXPECT_EQ(key.read(huge.value(), "list"), Status::kFailed);
  EXPECT_EQ(raised(), "IndexError: cannot fit 'int' into an index-sized integer");
  std::int64_t count = 0;
  EXPECT_EQ(read_count(huge.value(), count), Status::kFailed);
  EXPECT_EQ(raised(), "OverflowError: cannot fit 'int' into an index-sized integer");
  ASSERT_EQ(read_count(Value::kTrue, count), Status::kDone);
  EXPECT_EQ(count, 1);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
