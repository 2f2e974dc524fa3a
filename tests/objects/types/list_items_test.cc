#include "objects/types/list_items.h"

#include "memory/fault.h"
#include "tests/objects/types/lists.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// The items of a list that nobody else can reach.
class ListItemsTest : public SequencesTest {
 protected:
  ListItemsTest() { holder_->mark_shared(); }
  ~ListItemsTest() override { const TakenFields all = ListItems::Change(items_, held_).take_all(); }

  Ref<> load(std::int64_t index) {
    Ref<> found;
    look_ = items_.try_load(*holder_, index, found);
    return found;
  }
  void append(std::int64_t n) {
    Ref<> value = number(n);
    ASSERT_EQ(items_.make_room(held_, 1), Status::kDone);
    ASSERT_TRUE(items_.append(held_, value));
  }
  Numbers all() {
    Numbers numbers;
    for (std::size_t i = 0; i < items_.size(held_); ++i)
      numbers.push_back(items_.at(held_, i).get(held_).as_int());
    return numbers;
  }

  const Ref<List> holder_ = List::make();
  const Held held_ = Held::unreachable(*holder_);
  ListItems items_;
  Look look_ = Look::kUnknown;
};

TEST_F(ListItemsTest, AppendsWhereThereIsRoom) {
  Ref<> value = number(1);
  EXPECT_FALSE(items_.append(held_, value));
  EXPECT_EQ(value.value(), key_of(1)) << "it stays with the caller";
  EXPECT_EQ(items_.make_room(held_, 3), Status::kDone);
  EXPECT_TRUE(items_.append(held_, value));
  EXPECT_EQ(load(0).value(), key_of(1));
  EXPECT_EQ(look_, Look::kItem);
  EXPECT_FALSE(load(1));
  EXPECT_EQ(look_, Look::kOutside);
}

TEST_F(ListItemsTest, AReaderTakesTheLockWhileItChanges) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "a reader is alone";
  append(1);
  {
    const ListItems::Change change(items_, held_);
    EXPECT_FALSE(load(0));
    EXPECT_EQ(look_, Look::kUnknown);
  }
  EXPECT_TRUE(load(0));
}

TEST_F(ListItemsTest, AppendsAreNoChangeAndAllElseIs) {
  const std::uint64_t before = items_.changes(held_);
  for (int i = 0; i < 100; ++i) append(i);
  EXPECT_EQ(items_.changes(held_), before);
  { const ListItems::Change change(items_, held_); }
  EXPECT_EQ(items_.changes(held_), before + 2);
}

TEST_F(ListItemsTest, OpensAndClosesGaps) {
  for (int i = 0; i < 4; ++i) append(i);
  ASSERT_EQ(items_.make_room(held_, 2), Status::kDone);
  {
    ListItems::Change change(items_, held_);
    change.open_gap(1, 2);
    change.at(1).fill(held_, number(8));
    change.at(2).fill(held_, number(9));
  }
  EXPECT_EQ(all(), (Numbers{0, 8, 9, 1, 2, 3}));
  {
    ListItems::Change change(items_, held_);
    EXPECT_EQ(change.take(0).value(), key_of(0));
    EXPECT_EQ(change.take(1).value(), key_of(8));
    change.close_gap(0, 2);
  }
  EXPECT_EQ(all(), (Numbers{9, 1, 2, 3}));
}

TEST_F(ListItemsTest, MoreThanAnybodyHasRoomForIsNoMemory) {
  append(1);
  for (const std::size_t more : {SIZE_MAX, SIZE_MAX / 2, std::size_t{1} << 60, ListItems::kMost}) {
    EXPECT_EQ(items_.make_room(held_, more), Status::kFailed) << more;
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
  EXPECT_EQ(all(), (Numbers{1}));
}

// Who asks for the size alone sees it before the change or after it.
TEST_F(ListItemsTest, AnExchangeStoresTheSizeOnce) {
  for (int i = 0; i < 3; ++i) append(i);
  TakenFields array = [&] {
    ListItems::Change change(items_, held_);
    for (std::size_t i = 0; i < 3; ++i) static_cast<void>(change.take(i));
    return change.take_all();
  }();
  append(8);
  {
    ListItems::Change change(items_, held_);
    const TakenFields intruders = change.exchange_all(std::move(array), 2, [&](std::size_t i) {
      EXPECT_EQ(items_.size(), 1U);
      return number(static_cast<std::int64_t>(i));
    });
    EXPECT_EQ(items_.size(), 2U);
  }
  EXPECT_EQ(all(), (Numbers{0, 1}));
}

TEST_F(ListItemsTest, WithoutMemoryToShrinkWhatIsPendingStays) {
  for (int i = 0; i < 100; ++i) append(i);
  raise(ErrorKind::kValue, {});
  {
    ListItems::Change change(items_, held_);
    change.cut(1);
    const auto fault = fault::Injection::from(0);
    change.shrink();
    EXPECT_EQ(fault.allocations(), 1U);
  }
  EXPECT_EQ(taken(), ErrorKind::kValue);
  EXPECT_EQ(all(), Numbers{0});
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
