#include "objects/types/list.h"

#include <algorithm>
#include <optional>
#include <random>
#include <thread>

#include "memory/epoch.h"
#include "memory/fault.h"
#include "runtime/safepoint.h"
#include "tests/objects/types/lists.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ListTest : public SequencesTest {
 protected:
  static std::optional<std::int64_t> at(List& list, std::int64_t index) {
    Ref<> item;
    if (!list.get(index, item)) return std::nullopt;
    return item.value().as_int();
  }
};
using ListConcurrency = ListTest;

// --- One item. ---

TEST_F(ListTest, IsEmptyAtFirst) {
  const Ref<List> list = List::make();
  EXPECT_EQ(list->size(), 0U);
  EXPECT_EQ(at(*list, 0), std::nullopt);
  EXPECT_EQ(at(*list, -1), std::nullopt);
  EXPECT_EQ(type_of(list.value()).name(), "list");
}

TEST_F(ListTest, HasWhatWasAppended) {
  const Ref<List> list = counted(5'000);
  EXPECT_EQ(list->size(), 5'000U);
  for (int i = 0; i < 5'000; ++i) ASSERT_EQ(at(*list, i), i);
  for (int i = 1; i <= 5'000; ++i) ASSERT_EQ(at(*list, -i), 5'000 - i);
  for (const std::int64_t beyond :
       {std::int64_t{5'000}, std::int64_t{-5'001}, INT64_MAX, INT64_MIN})
    EXPECT_EQ(at(*list, beyond), std::nullopt) << beyond;
}

TEST_F(ListTest, SetsWhatIsThere) {
  const Ref<List> list = ints({1, 2, 3});
  EXPECT_TRUE(list->set(1, number(20)));
  EXPECT_TRUE(list->set(-1, number(30)));
  EXPECT_FALSE(list->set(3, Witness::value()));
  EXPECT_FALSE(list->set(-4, Witness::value()));
  EXPECT_EQ(ends(), 2);
  EXPECT_EQ(numbers(list), (Numbers{1, 20, 30}));
}

TEST_F(ListTest, InsertsBeforeAnIndexAndBeyondEachEnd) {
  const Ref<List> list = ints({1, 2});
  for (const std::int64_t index : {std::int64_t{1}, std::int64_t{-1}, std::int64_t{100}, INT64_MAX,
                                   std::int64_t{-100}, INT64_MIN})
    EXPECT_EQ(list->insert(index, number(10 + static_cast<std::int64_t>(list->size()))),
              Status::kDone);
  EXPECT_EQ(numbers(list), (Numbers{17, 16, 1, 12, 13, 2, 14, 15}));
}

TEST_F(ListTest, Pops) {
  const Ref<List> list = counted(5);
  EXPECT_EQ(list->pop().value(), key_of(4));
  EXPECT_EQ(list->pop(0).value(), key_of(0));
  EXPECT_EQ(list->pop(-2).value(), key_of(2));
  EXPECT_EQ(numbers(list), (Numbers{1, 3}));
  EXPECT_FALSE(list->pop(2));
  EXPECT_EQ(raised(), "IndexError: pop index out of range");
  EXPECT_FALSE(list->pop(-3));
  EXPECT_EQ(raised(), "IndexError: pop index out of range");
  EXPECT_EQ(List::make()->pop().value(), Value());
  EXPECT_EQ(raised(), "IndexError: pop from empty list");
}

TEST_F(ListTest, EndsWithAllThatIsInIt) {
  const std::size_t before = bytes_in_buffers();
  {
    const Ref<List> list = witnesses(100);
    EXPECT_TRUE(list->set(3, number(1)));
    EXPECT_TRUE(list->pop(7));
    EXPECT_EQ(ends(), 2);
  }
  EXPECT_EQ(ends(), 100);
  EXPECT_EQ(bytes_in_buffers(), before);
}

TEST_F(ListTest, GivesMemoryBackAsItShrinks) {
  const Ref<List> list = counted(10'000);
  const std::size_t before = bytes_in_buffers();
  while (list->size() > 5) EXPECT_TRUE(list->pop());
  EXPECT_LT(bytes_in_buffers() + 70'000, before);
  EXPECT_EQ(numbers(list), (Numbers{0, 1, 2, 3, 4}));
}

// --- Several. ---

TEST_F(ListTest, ClearsAndGoesOn) {
  const Ref<List> list = witnesses(50);
  list->clear();
  EXPECT_EQ(ends(), 50);
  EXPECT_EQ(list->size(), 0U);
  EXPECT_EQ(list->append(number(1)), Status::kDone);
  EXPECT_EQ(numbers(list), (Numbers{1}));
}

TEST_F(ListTest, Reverses) {
  for (int size = 0; size < 6; ++size) {
    const Ref<List> list = counted(size);
    list->reverse();
    Numbers expected = numbers(counted(size));
    std::reverse(expected.begin(), expected.end());
    EXPECT_EQ(numbers(list), expected);
  }
}

TEST_F(ListTest, ExtendsByListsTuplesAndIterators) {
  const Ref<List> list = ints({1});
  EXPECT_EQ(list->extend(*ints({2, 3})), Status::kDone);
  EXPECT_EQ(list->extend(Tuple::of(number(4), number(5)).value()), Status::kDone);
  EXPECT_EQ(list->extend(iterate(ints({6, 7}).value()).value()), Status::kDone);
  EXPECT_EQ(numbers(list), (Numbers{1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(list->extend(*list), Status::kDone);
  EXPECT_EQ(list->size(), 14U);
  EXPECT_EQ(at(*list, 13), 7);
  EXPECT_EQ(list->extend(key_of(1)), Status::kFailed);
  EXPECT_EQ(raised(), "TypeError: 'int' object is not iterable");
}

TEST_F(ListTest, FromMakesAnotherList) {
  const Ref<List> list = counted(9);
  EXPECT_EQ(numbers(List::from(list.value())), numbers(list));
  EXPECT_EQ(numbers(list->copy()), numbers(list));
  EXPECT_FALSE(List::from(Value::kNone));
  EXPECT_EQ(raised(), "TypeError: 'NoneType' object is not iterable");
}

TEST_F(ListTest, AddsAndMultiplies) {
  const Ref<List> list = ints({1, 2});
  EXPECT_EQ(numbers(list->concat(*ints({3}))), (Numbers{1, 2, 3}));
  EXPECT_EQ(numbers(list->concat(*list)), (Numbers{1, 2, 1, 2}));
  EXPECT_EQ(numbers(list->repeat(3)), (Numbers{1, 2, 1, 2, 1, 2}));
  EXPECT_EQ(list->repeat(0)->size(), 0U);
  EXPECT_EQ(list->repeat(INT64_MIN)->size(), 0U);
  EXPECT_EQ(List::make()->repeat(INT64_MAX)->size(), 0U);
  EXPECT_EQ(list->repeat_in_place(2), Status::kDone);
  EXPECT_EQ(numbers(list), (Numbers{1, 2, 1, 2}));
  EXPECT_EQ(list->repeat_in_place(-1), Status::kDone);
  EXPECT_EQ(list->size(), 0U);
}

TEST_F(ListTest, MoreThanAnybodyHasRoomForIsNoMemory) {
  const Ref<List> list = counted(3);
  for (const std::int64_t times :
       {INT64_MAX, INT64_MAX / 3, INT64_MAX / 8 / 3, std::int64_t{1} << 59}) {
    EXPECT_FALSE(list->repeat(times)) << times;
    EXPECT_EQ(raised(), "MemoryError: ");
    EXPECT_EQ(list->repeat_in_place(times), Status::kFailed) << times;
    EXPECT_EQ(raised(), "MemoryError: ");
  }
  EXPECT_EQ(numbers(list), (Numbers{0, 1, 2}));
}

// A destructor sees the list as it is after the operation (rule 17).
TEST_F(ListTest, DestructorsRunAfterTheOperation) {
  static List* watched = nullptr;
  static std::vector<std::size_t> sizes;
  sizes.clear();
  const Ref<List> list = List::make();
  watched = list.get();
  const auto look = []() noexcept {
    sizes.push_back(watched->size());
    EXPECT_EQ(watched->append(Ref<>(Special::kNone)), Status::kDone);
  };
  ASSERT_EQ(list->append(Witness::make(look)), Status::kDone);
  EXPECT_TRUE(list->set(0, number(0)));
  ASSERT_EQ(list->append(Witness::make(look)), Status::kDone);
  EXPECT_TRUE(list->pop());
  ASSERT_EQ(list->append(Witness::make(look)), Status::kDone);
  EXPECT_EQ(list->remove_part({2, 4, 1}), Status::kDone);
  ASSERT_EQ(list->append(Witness::make(look)), Status::kDone);
  list->clear();
  EXPECT_EQ(sizes, (std::vector<std::size_t>{1, 2, 2, 0}));
  EXPECT_EQ(list->size(), 1U);
}

// --- Against a model. ---

TEST_F(ListTest, DoesWhatAVectorDoes) {
  std::minstd_rand random(7);
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
  const Ref<List> list = List::make();
  Numbers model;
  for (int step = 0; step < 20'000; ++step) {
    const auto place = static_cast<std::ptrdiff_t>(below(model.size()));
    switch (below(7)) {
      case 0:
      case 1:
        ASSERT_EQ(list->append(number(step)), Status::kDone);
        model.push_back(step);
        break;
      case 2:
        ASSERT_EQ(list->insert(place, number(step)), Status::kDone);
        model.insert(model.begin() + place, step);
        break;
      case 3:
        if (model.empty()) break;
        ASSERT_EQ(list->pop(place).value().as_int(), model[static_cast<std::size_t>(place)]);
        model.erase(model.begin() + place);
        break;
      case 4:
        ASSERT_EQ(list->set(place, number(step)), !model.empty());
        if (!model.empty()) model[static_cast<std::size_t>(place)] = step;
        break;
      case 5:
        ASSERT_EQ(at(*list, place), model.empty()
                                        ? std::nullopt
                                        : std::optional(model[static_cast<std::size_t>(place)]));
        break;
      case 6:
        if (below(200) != 0) break;
        list->clear();
        model.clear();
    }
    ASSERT_EQ(list->size(), model.size());
    if (step % 500 != 0) continue;
    ASSERT_EQ(numbers(list), model);
  }
}

// --- Without memory. ---

// Each allocation of a script fails once: the list is as before that step, and nothing is lost.
TEST_F(ListTest, WithoutMemoryNothingHasChanged) {
  for (std::uint64_t n = 0;; ++n) {
    const Ref<List> list = ints({1, 2, 3, 4});
    const Ref<List> more = witnesses(20);
    auto fault = fault::Injection::nth(n);
    const auto expect = [](bool done) {
      if (!done) {
        EXPECT_EQ(taken(), ErrorKind::kMemory);
      }
      return done;
    };
    std::size_t size = 4;
    const auto grows = [&](Status status, std::size_t by) {
      if (expect(!failed(status))) size += by;
      EXPECT_EQ(list->size(), size);
    };
    grows(list->append(Witness::value()), 1);
    grows(list->insert(0, number(0)), 1);
    grows(list->extend(*more), 20);
    grows(list->replace_part({1, 3, 1}, more.value()), 18);
    const std::size_t part = SliceBounds{0, 30, 2}.within(size).count;
    if (expect(!failed(list->remove_part({0, 30, 2})))) size -= part;
    EXPECT_EQ(list->size(), size);
    grows(list->repeat_in_place(3), 2 * size);
    expect(static_cast<bool>(list->copy()));
    expect(static_cast<bool>(list->concat(*more)));
    expect(static_cast<bool>(list->repeat(2)));
    while (list->pop()) {
    }
    const ErrorKind kind = taken();
    EXPECT_TRUE(kind == ErrorKind::kIndex || kind == ErrorKind::kMemory);
    if (fault.allocations() <= n) {
      EXPECT_GE(n, 10U);
      break;
    }
  }
  EXPECT_GT(ends(), 0);
}

// --- Threads. ---

TEST_F(ListConcurrency, AStrangerOpensAListAndReadsItWithoutTheLock) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "nobody is a stranger";
  const Ref<List> list = List::make();
  const Ref<Witness> item = Witness::make();
  ASSERT_EQ(list->append(item.share()), Status::kDone);
  elsewhere([&] {
    Ref<> found;
    EXPECT_EQ(list->try_get(0, found), Look::kUnknown);
    EXPECT_TRUE(list->get(0, found));
    EXPECT_EQ(found.value(), item.value());
    EXPECT_TRUE(list->is_shared());
    Ref<> again;
    EXPECT_EQ(list->try_get(-1, again), Look::kItem);
    Ref<> none;
    EXPECT_EQ(list->try_get(1, none), Look::kOutside);
  });
}

// Rules 2 and 3.
TEST_F(ListConcurrency, WhatIsUnlinkedFromASharedListIsMarkedAndArraysAreRetired) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "nobody can be reading";
  const Slot& slot = Thread::current()->slot();
  const Ref<List> list = List::make();
  list->mark_shared();
  std::vector<Ref<Witness>> items;
  for (int i = 0; i < 6; ++i) {
    items.push_back(Witness::make());
    ASSERT_EQ(list->append(items.back().share()), Status::kDone);
  }
  const auto is_marked = [&](std::size_t i) { return items[i]->is_retire_late(); };
  EXPECT_TRUE(list->set(0, number(0)));
  EXPECT_TRUE(list->pop(1));
  EXPECT_EQ(list->remove_part({1, 2, 1}), Status::kDone);
  EXPECT_EQ(list->replace_part({1, 2, 1}, List::make().value()), Status::kDone);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_TRUE(is_marked(i)) << i;
  EXPECT_FALSE(is_marked(4)) << "it was moved, and that unlinks nothing";
  const std::size_t before = Epoch::pending_bytes(slot);
  for (int i = 3; i < 30; ++i) ASSERT_EQ(list->append(number(i)), Status::kDone);
  EXPECT_GT(Epoch::pending_bytes(slot), before);
  EXPECT_FALSE(is_marked(4)) << "growing unlinks nothing";
  list->clear();
  EXPECT_TRUE(is_marked(4));
  EXPECT_TRUE(is_marked(5));
}

TEST_F(ListConcurrency, AppendsFromManyThreadsAreAllThere) {
  constexpr int kEach = kThreadSanitizer ? 500 : 5'000;
  const Ref<List> list = List::make();
  std::thread threads[3];
  for (std::thread& thread : threads)
    thread = attached([&](Thread&) {
      for (int i = 0; i < kEach; ++i) {
        ASSERT_EQ(list->append(number(i)), Status::kDone);
        safepoint();
      }
    });
  for (std::thread& thread : threads) join_detached(thread);
  EXPECT_EQ(list->size(), std::size_t{3 * kEach});
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
