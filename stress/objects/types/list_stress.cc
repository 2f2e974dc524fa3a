// Lists that several threads change and read at the same time, without a lock of their own.
//
// What may be seen, per test:
//
//   appends       each item of each thread is there, and a thread's own are in its order
//   pops          each item is popped by one thread
//   a queue       whose front is popped while its back grows: what is read at the front, or at the
//                 back, never goes backwards; who is first is not second afterwards
//   parts         a copy has the items of one assignment, never of two
//   a += b, b += a, in two threads: one comes first, and the other extends by what that made
//
// Fields of items are plain, so ThreadSanitizer asks whether any was read after its end.
#include <gtest/gtest.h>

#include <array>
#include <thread>
#include <vector>

#include "objects/types/list.h"
#include "runtime/safepoint.h"
#include "stress/seconds.h"
#include "tests/objects/types/lists.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

struct Numbered : Object {
  explicit Numbered(ShapeIndex shape, int the_number) noexcept
      : Object(shape), number(the_number) {}
  void give_back(const Remains&) noexcept { Witness::ends.fetch_add(1, kRelaxed); }
  const int number;
};

[[nodiscard]] Ref<> numbered(int number) {
  static Type* const type = [] {
    Type* const ancestors[] = {&object_type()};
    return Type::make({.name = "numbered", .layout = &layout_of<Numbered>, .ancestors = ancestors});
  }();
  return new_object<Numbered>(*type, number);
}
[[nodiscard]] int number_of(const Ref<>& item) { return item.as<Numbered>().number; }

class ListStress : public SequencesTest {
 protected:
  // Until the time is over.
  template <class Body>
  void for_a_while(Body body) {
    for (const auto deadline = stress::deadline(); std::chrono::steady_clock::now() < deadline;) {
      body();
      safepoint();
    }
  }
  void expect_ends(int made) {
    EXPECT_TRUE(eventually_at_safepoints([&] { return ends() == made; }))
        << ends() << " of " << made;
  }
};
using ListStressConcurrency = ListStress;

TEST_F(ListStressConcurrency, NoAppendIsLost) {
  constexpr int kThreads = 3;
  constexpr int kEach = 2'000;
  for_a_while([&] {
    const Ref<List> list = List::make();
    std::vector<std::thread> threads;
    for (int id = 0; id < kThreads; ++id)
      threads.push_back(attached([&, id](Thread&) {
        for (int i = 0; i < kEach; ++i) {
          ASSERT_EQ(list->append(number(id * kEach + i)), Status::kDone);
          if (i % 16 == 0) safepoint();
        }
      }));
    for (std::thread& thread : threads) join_detached(thread);
    ASSERT_EQ(list->size(), std::size_t{kThreads * kEach});
    std::array<std::int64_t, kThreads> next{};
    for (const std::int64_t n : numbers(*list)) {
      const auto id = static_cast<std::size_t>(n / kEach);
      ASSERT_EQ(n % kEach, next[id]) << "a thread's own items are in its order";
      ++next[id];
    }
  });
}

TEST_F(ListStressConcurrency, EachItemIsPoppedOnce) {
  constexpr int kItems = 6'000;
  for_a_while([&] {
    const Ref<List> list = counted(kItems);
    std::array<SysAtomic<int>, kItems> popped{};
    std::vector<std::thread> threads;
    for (int id = 0; id < 3; ++id)
      threads.push_back(attached([&, id](Thread&) {
        while (const Ref<> item = list->pop(id == 0 ? 0 : -1)) {
          popped[static_cast<std::size_t>(item.value().as_int())].fetch_add(1, kRelaxed);
          safepoint();
        }
        EXPECT_EQ(taken(), ErrorKind::kIndex);
      }));
    for (std::thread& thread : threads) join_detached(thread);
    for (const auto& times : popped) ASSERT_EQ(times.load(kRelaxed), 1);
  });
}

// --- A queue. ---

class Queue {
 public:
  Queue() { grow(8); }

  void turn() {
    const int more = 1 + made_ % 5;
    grow(more);
    for (int i = 0; i < more; ++i) EXPECT_TRUE(list_->pop(0));
  }
  void grow(int by) {
    for (int i = 0; i < by; ++i) EXPECT_EQ(list_->append(numbered(++made_)), Status::kDone);
  }
  [[nodiscard]] List& list() { return *list_; }
  [[nodiscard]] int made() const { return made_; }

 private:
  const Ref<List> list_ = List::make();
  int made_ = 0;
};

// How often it saw that something had changed.
std::uint64_t watch(List& list, const Flag& stop) {
  std::uint64_t changes = 0;
  int first = 0;
  int last = 0;
  while (!is_raised(stop)) {
    Ref<> items[3];
    EXPECT_TRUE(list.get(0, items[0]) && list.get(1, items[1]) && list.get(-1, items[2]));
    EXPECT_GE(number_of(items[0]), first) << "the front went backwards";
    EXPECT_GT(number_of(items[1]), number_of(items[0])) << "who was first is second";
    EXPECT_GE(number_of(items[2]), last) << "the back went backwards";
    changes += number_of(items[0]) != first;
    first = number_of(items[0]);
    last = number_of(items[2]);
    safepoint();
  }
  return changes;
}

TEST_F(ListStressConcurrency, AQueueOnlyGoesForward) {
  int made = 0;
  {
    Queue queue;
    Flag stop;
    std::array<std::uint64_t, 2> seen{};
    std::vector<std::thread> threads;
    for (std::uint64_t& changes : seen)
      threads.push_back(attached([&](Thread&) { changes = watch(queue.list(), stop); }));
    for_a_while([&] { queue.turn(); });
    raise(stop);
    for (std::thread& thread : threads) join_detached(thread);
    EXPECT_GT(seen[0] + seen[1], 0U) << "nobody saw a change: this did not race";
    made = queue.made();
  }
  expect_ends(made);
}

// --- Parts. ---

// So many items of one number: 3 to 12.
[[nodiscard]] Ref<List> uniform(int number) {
  const Ref<> item = numbered(number);
  const Ref<List> one = List::of(item.share());
  return one->repeat(3 + number % 10);
}

TEST_F(ListStressConcurrency, ACopyIsOfOneMoment) {
  int made = 1;
  {
    const Ref<List> list = uniform(1);
    Flag stop;
    int seen = 0;
    std::thread reader = attached([&](Thread&) {
      for (int before = 0; !is_raised(stop);) {
        const Ref<List> copy = list->copy();
        Ref<> first;
        ASSERT_TRUE(copy->get(0, first));
        const int number = number_of(first);
        ASSERT_EQ(copy->size(), static_cast<std::size_t>(3 + number % 10));
        for (std::int64_t i = 1;; ++i) {
          Ref<> item;
          if (!copy->get(i, item)) break;
          ASSERT_EQ(number_of(item), number);
        }
        seen += number != before;
        before = number;
        safepoint();
      }
    });
    for_a_while([&] {
      const Ref<List> next = uniform(++made);
      EXPECT_EQ(list->replace_part(SliceBounds(), next.value()), Status::kDone);
    });
    raise(stop);
    join_detached(reader);
    EXPECT_GT(seen, 1) << "nobody saw a change: this did not race";
  }
  expect_ends(made);
}

// --- Two lists. ---

TEST_F(ListStressConcurrency, TwoListsExtendEachOther) {
  const Ref<List> a = ints({1});
  const Ref<List> b = ints({2});
  SysAtomic<int> round{0};
  SysAtomic<int> done{0};
  Flag stop;
  std::thread other = attached([&](Thread&) {
    for (int mine = 0; !is_raised(stop); safepoint()) {
      if (round.load(kAcquire) == mine) continue;
      ++mine;
      EXPECT_EQ(b->extend(*a), Status::kDone);
      done.store(mine, kRelease);
    }
  });
  int mine = 0;
  for_a_while([&] {
    round.store(++mine, kRelease);
    EXPECT_EQ(a->extend(*b), Status::kDone);
    while (done.load(kAcquire) != mine) safepoint();
    const Numbers left = numbers(*a);
    const Numbers right = numbers(*b);
    if (left.size() == 2) {
      EXPECT_EQ(left, (Numbers{1, 2}));
      EXPECT_EQ(right, (Numbers{2, 1, 2})) << "b came second";
    } else {
      EXPECT_EQ(left, (Numbers{1, 2, 1})) << "a came second";
      EXPECT_EQ(right, (Numbers{2, 1}));
    }
    EXPECT_EQ(a->remove_part({1, INT64_MAX, 1}), Status::kDone);
    EXPECT_EQ(b->remove_part({1, INT64_MAX, 1}), Status::kDone);
  });
  raise(stop);
  join_detached(other);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
