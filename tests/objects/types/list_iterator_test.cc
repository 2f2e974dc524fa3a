#include "objects/types/list_iterator.h"

#include <algorithm>
#include <mutex>
#include <thread>

#include "runtime/safepoint.h"
#include "tests/objects/types/lists.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ListIteratorTest : public SequencesTest {
 protected:
  static Numbers all(const Ref<ListIterator>& iterator) {
    Numbers seen;
    for (;;) {
      Ref<> item;
      EXPECT_EQ(next(iterator.value(), item), Status::kDone);
      if (!item) return seen;
      seen.push_back(item.value().as_int());
    }
  }
};
using ListIteratorConcurrency = ListIteratorTest;

TEST_F(ListIteratorTest, GoesThroughTheList) {
  EXPECT_EQ(all(ListIterator::make(*ints({1, 2, 3}))), (Numbers{1, 2, 3}));
  EXPECT_EQ(all(ListIterator::make(*List::make())), Numbers{});
  EXPECT_EQ(all(ListIterator::make_reversed(*ints({1, 2, 3}))), (Numbers{3, 2, 1}));
  EXPECT_EQ(all(ListIterator::make_reversed(*List::make())), Numbers{});
  const Ref<> iterator = iterate(ints({1}).value());
  EXPECT_EQ(type_of(iterator.value()).name(), "list_iterator");
  EXPECT_EQ(iterate(iterator.value()).value(), iterator.value());
}

TEST_F(ListIteratorTest, SeesWhatIsAppendedUntilItHasEnded) {
  const Ref<List> list = ints({1});
  const Ref<ListIterator> iterator = ListIterator::make(*list);
  EXPECT_EQ(iterator->remaining(), 1U);
  Ref<> item;
  iterator->next(item);
  EXPECT_EQ(list->append(number(2)), Status::kDone);
  EXPECT_EQ(all(iterator), (Numbers{2}));
  EXPECT_EQ(list->append(number(3)), Status::kDone);
  EXPECT_EQ(all(iterator), Numbers{});
  EXPECT_EQ(iterator->remaining(), 0U);
}

TEST_F(ListIteratorTest, AReversedOneEndsWhereTheListIsShorter) {
  const Ref<List> list = counted(5);
  const Ref<ListIterator> iterator = ListIterator::make_reversed(*list);
  EXPECT_EQ(iterator->remaining_reversed(), 5U);
  list->clear();
  EXPECT_EQ(iterator->remaining_reversed(), 0U);
  EXPECT_EQ(all(iterator), Numbers{});
  for (int i = 0; i < 9; ++i) EXPECT_EQ(list->append(number(i)), Status::kDone);
  EXPECT_EQ(all(iterator), Numbers{}) << "it has ended for good";
}

TEST_F(ListIteratorTest, KeepsItsListUntilItDies) {
  Ref<ListIterator> iterator = ListIterator::make(*witnesses(2));
  Ref<> item;
  iterator->next(item);
  Ref<>().swap(item);
  iterator->next(item);
  Ref<>().swap(item);
  iterator->next(item);
  EXPECT_FALSE(item);
  EXPECT_EQ(ends(), 0);
  iterator = {};
  EXPECT_EQ(ends(), 2);
}

// Each item is given to one of them, and none is left out.
void share(const Ref<ListIterator>& iterator, int size) {
  std::vector<int> seen(static_cast<std::size_t>(size));
  std::mutex mutex;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i)
    threads.push_back(attached([&](Thread&) {
      Numbers mine;
      for (;;) {
        Ref<> item;
        ASSERT_EQ(next(iterator.value(), item), Status::kDone);
        if (!item) break;
        mine.push_back(item.value().as_int());
        safepoint();
      }
      const std::lock_guard lock(mutex);
      for (const std::int64_t n : mine) ++seen[static_cast<std::size_t>(n)];
    }));
  for (std::thread& thread : threads) join_detached(thread);
  EXPECT_EQ(std::count(seen.begin(), seen.end(), 1), size);
}

TEST_F(ListIteratorConcurrency, ThreadsShareOne) {
  constexpr int kItems = kThreadSanitizer ? 2'000 : 20'000;
  const Ref<List> list = counted(kItems);
  share(ListIterator::make(*list), kItems);
  share(ListIterator::make_reversed(*list), kItems);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
