// Threads that add, discard and pop keys of one set, and readers without a lock.
//
//   a key that nobody takes away          is there, whoever looks, whatever the table does
//   a key that is not there               is never found
//   one of two who discard a key          is told that it was there, once for each time it came
//   what is popped                        goes to one thread, once for each time it came
//
// The set grows, is compacted and emptied meanwhile; tables and keys are retired and freed. Keys
// are integers, or objects whose equality must be asked; their fields are plain, so
// ThreadSanitizer asks the rest.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <thread>
#include <vector>

#include "objects/types/set.h"
#include "objects/types/set_algebra.h"
#include "runtime/safepoint.h"
#include "stress/seconds.h"
#include "tests/objects/types/sets.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

constexpr int kLasting = 8;  // keys 0 to 7 are never taken away
constexpr int kChanging = 24;
constexpr int kThreads = 3;

using SetStress = SetsTest;
using SetStressConcurrency = SetStress;

[[nodiscard]] bool is_true(Truth truth) {
  EXPECT_NE(truth, Truth::kFailed);
  return truth == Truth::kTrue;
}

// All threads do it until the time is over.
template <class Body>
void for_a_while(Body body) {
  Flag stop;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i)
    threads.push_back(attached([&stop, &body, i](Thread&) { body(i, stop); }));
  for (const auto deadline = stress::deadline(); std::chrono::steady_clock::now() < deadline;)
    safepoint();
  raise(stop);
  for (std::thread& thread : threads) join_detached(thread);
}

// What all threads share.
class Arena {
 public:
  explicit Arena(bool asks) : asks_(asks) {
    for (int n = 0; n < kLasting; ++n) add(n);
  }

  [[nodiscard]] Set& set() const { return *set_; }
  // An object of its own each time: its equality is asked.
  [[nodiscard]] Ref<> key(int n) const { return asks_ ? Ref<>(Key::make(n, n % 5)) : number(n); }
  void add(int n) const { EXPECT_EQ(set_->add(key(n).value()), Status::kDone); }
  [[nodiscard]] bool discard(int n) const { return is_true(set_->discard(key(n).value())); }
  [[nodiscard]] bool has(int n) const { return is_true(set_->contains(key(n).value())); }

 private:
  const bool asks_;
  const Ref<Set> set_ = Set::make(set_type());
};

void look_around(const Arena& arena) {
  for (int n = 0; n < kLasting; ++n) EXPECT_TRUE(arena.has(n)) << n << " is never taken away";
  for (int n = 1'000; n < 1'010; ++n) EXPECT_FALSE(arena.has(n)) << n << " was never there";
}

// Each key's comings and goings, as all threads were told.
class Balance {
 public:
  void came(int n) { all_[index(n)].fetch_add(1, kRelaxed); }
  void went(int n) { all_[index(n)].fetch_sub(1, kRelaxed); }
  [[nodiscard]] int of(int n) const { return all_[index(n)].load(kRelaxed); }

 private:
  [[nodiscard]] static std::size_t index(int n) { return static_cast<std::size_t>(n); }
  std::array<SysAtomic<int>, kLasting + kChanging> all_{};
};

// A thread discards keys and, for each that was there, adds another that nobody else adds now: so
// the number of keys is known, and who was told what adds up.
void discard_and_add(bool asks) {
  const Arena arena(asks);
  Balance there;
  for (int n = kLasting; n < kLasting + kChanging; ++n) {
    arena.add(n);
    there.came(n);
  }
  for_a_while([&](int i, const Flag& stop) {
    std::minstd_rand random(static_cast<unsigned>(i) + 11);
    while (!is_raised(stop)) {
      const int n = kLasting + static_cast<int>(random() % kChanging);
      if (arena.discard(n)) {
        there.went(n);
        there.came(n);
        arena.add(n);
      }
      look_around(arena);
      safepoint();
    }
  });
  EXPECT_EQ(arena.set().size(), std::size_t{kLasting + kChanging});
  for (int n = kLasting; n < kLasting + kChanging; ++n) {
    EXPECT_EQ(there.of(n), 1);
    EXPECT_TRUE(arena.has(n)) << n << " is lost";
  }
}

TEST_F(SetStressConcurrency, DiscardedOnceAndNeverLost) { discard_and_add(false); }

TEST_F(SetStressConcurrency, DiscardedOnceAndNeverLostWhereKeysAreAsked) { discard_and_add(true); }

// Fillers make the table grow and be compacted under the readers.
TEST_F(SetStressConcurrency, ReadersFindWhatLastsWhileTablesAreReplaced) {
  const Arena arena(false);
  for_a_while([&](int i, const Flag& stop) {
    while (!is_raised(stop)) {
      if (i == 0) {
        for (int n = 0; n < 60; ++n) arena.add(100 + n);
        for (int n = 0; n < 60; ++n) EXPECT_TRUE(arena.discard(100 + n));
      }
      look_around(arena);
      safepoint();
    }
  });
  EXPECT_EQ(arena.set().size(), std::size_t{kLasting});
}

// Every token that is in the set is popped by one thread, which puts it back.
TEST_F(SetStressConcurrency, PoppedByOne) {
  constexpr int kTokens = 5;
  const Ref<Set> set = Set::make(set_type());
  for (int n = 0; n < kTokens; ++n) ASSERT_EQ(set->add(key_of(n)), Status::kDone);
  std::array<SysAtomic<int>, kTokens> holders{};
  for_a_while([&](int, const Flag& stop) {
    while (!is_raised(stop)) {
      if (const Ref<> token = set->pop()) {
        auto& held = holders[static_cast<std::size_t>(token.value().as_int())];
        EXPECT_EQ(held.fetch_add(1, kRelaxed), 0) << "two threads have it";
        held.fetch_sub(1, kRelaxed);
        EXPECT_EQ(set->add(token.value()), Status::kDone);
      }
      safepoint();
    }
  });
  EXPECT_EQ(sorted(keys_of(set)), (Numbers{0, 1, 2, 3, 4}));
}

// All keys of a block come and go in one step, from two threads: who intersects sees all or none.
TEST_F(SetStressConcurrency, TwoSetOperationsAreSteps) {
  const Ref<Set> block = frozenset_of({1, 2, 3, 4, 5, 6, 7, 8, 9});
  const Ref<Set> set = Set::make(set_type());
  for_a_while([&](int i, const Flag& stop) {
    while (!is_raised(stop)) {
      if (i == 0) {
        EXPECT_EQ(update(*set, block.value()), Status::kDone);
      } else if (i == 1) {
        EXPECT_EQ(difference_update(*set, block.value()), Status::kDone);
      } else {
        const Ref<Set> seen = intersection(*set, block.value());
        EXPECT_TRUE(seen->size() == 0 || seen->size() == block->size()) << seen->size();
        EXPECT_EQ(union_of(*set, block.value())->size(), block->size());
      }
      safepoint();
    }
  });
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
