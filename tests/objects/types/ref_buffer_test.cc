#include "objects/types/ref_buffer.h"

#include "memory/fault.h"
#include "objects/types/dict.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class RefBufferTest : public ObjectsTest {};

TEST_F(RefBufferTest, KeepsWhatItIsGiven) {
  RefBuffer items;
  for (int i = 0; i < 100; ++i) ASSERT_EQ(items.add(make_int(std::int64_t{i})), Status::kDone);
  EXPECT_EQ(items[99].as_int(), 99);
  const Ref<Tuple> tuple = items.to_tuple();
  ASSERT_EQ(tuple->size(), 100U);
  for (std::size_t i = 0; i < 100; ++i)
    EXPECT_EQ((*tuple)[i].as_int(), static_cast<std::int64_t>(i));
}

TEST_F(RefBufferTest, DropsWhatNobodyTook) {
  {
    RefBuffer items;
    for (int i = 0; i < 20; ++i) ASSERT_EQ(items.add(Witness::value()), Status::kDone);
    EXPECT_EQ(ends(), 0);
  }
  EXPECT_EQ(ends(), 20);
}

TEST_F(RefBufferTest, ATupleIsItsOwn) {
  const Ref<Tuple> tuple = Tuple::of(Ref<>(Special::kNone));
  EXPECT_EQ(Tuple::from(tuple.value()).get(), tuple.get());
}

TEST_F(RefBufferTest, TakesWhatCanBeGoneThrough) {
  const Ref<Dict> dict = Dict::make();
  for (int i = 0; i < 12; ++i)
    ASSERT_EQ(dict->set(Value::of_int(i), Ref<>(Special::kNone)), Status::kDone);
  const Ref<Tuple> keys = Tuple::from(dict.value());
  ASSERT_EQ(keys->size(), 12U);
  EXPECT_EQ((*keys)[11], Value::of_int(11));
  EXPECT_FALSE(Tuple::from(Value::of_int(1)));
  EXPECT_EQ(Error::take().text(), "'int' object is not iterable");
}

TEST_F(RefBufferTest, WithoutMemoryItIsAMemoryError) {
  const Ref<Dict> dict = Dict::make();
  for (int i = 0; i < 12; ++i)
    ASSERT_EQ(dict->set(Value::of_int(i), Ref<>(Special::kNone)), Status::kDone);
  for (std::uint64_t n = 0;; ++n) {
    Ref<Tuple> made;
    std::uint64_t allocations = 0;
    {
      const auto fault = fault::Injection::nth(n);
      made = Tuple::from(dict.value());
      allocations = fault.allocations();
    }
    if (allocations <= n) {
      EXPECT_EQ(n, 3U) << "an iterator, a buffer, the tuple";
      break;
    }
    EXPECT_FALSE(made);
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
