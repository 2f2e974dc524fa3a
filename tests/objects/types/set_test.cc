#include "objects/types/set.h"

#include <random>
#include <set>
#include <thread>

#include "memory/epoch.h"
#include "memory/fault.h"
#include "objects/model/operations.h"
#include "objects/types/dict.h"
#include "runtime/safepoint.h"
#include "tests/objects/types/sets.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class SetTest : public SetsTest {
 protected:
  static bool has(Set& set, Value key) {
    const Truth found = set.contains(key);
    EXPECT_NE(found, Truth::kFailed);
    return found == Truth::kTrue;
  }
  static bool has(const Ref<Set>& set, std::int64_t key) { return has(*set, key_of(key)); }
  static bool discard(Set& set, Value key) {
    const Truth found = set.discard(key);
    EXPECT_NE(found, Truth::kFailed);
    return found == Truth::kTrue;
  }
};
using SetConcurrency = SetTest;

// --- One key. ---

TEST_F(SetTest, IsEmptyAtFirst) {
  const Ref<Set> set = Set::make(set_type());
  EXPECT_EQ(set->size(), 0U);
  EXPECT_FALSE(has(set, 1));
  EXPECT_FALSE(discard(*set, key_of(1)));
  EXPECT_FALSE(set->pop());
  EXPECT_EQ(type_of(set.value()).name(), "set");
  EXPECT_EQ(truth(set.value()), Truth::kFalse);
}

TEST_F(SetTest, HasWhatWasAdded) {
  const Ref<Set> set = Set::make(set_type());
  for (int i = 0; i < 5'000; ++i) ASSERT_EQ(set->add(key_of(i * 64)), Status::kDone);
  EXPECT_EQ(set->size(), 5'000U);
  for (int i = 0; i < 5'000; ++i) ASSERT_TRUE(has(set, i * 64));
  for (int i = 0; i < 5'000; ++i) ASSERT_FALSE(has(set, i * 64 + 1));
}

TEST_F(SetTest, OfEqualKeysTheFirstStays) {
  const Ref<Set> set = set_of({1});
  ASSERT_EQ(set->add(Value::kTrue), Status::kDone);
  ASSERT_EQ(set->add(Value::of_float(1.0)), Status::kDone);
  EXPECT_EQ(set->size(), 1U);
  std::size_t place = 0;
  EXPECT_EQ(set->next(place).value(), key_of(1));
  EXPECT_TRUE(has(*set, Value::kTrue));
}

TEST_F(SetTest, DiscardsAndHasTheOthers) {
  const Ref<Set> set = set_of({1, 2, 3, 4});
  EXPECT_TRUE(discard(*set, key_of(2)));
  EXPECT_FALSE(discard(*set, key_of(2)));
  EXPECT_EQ(keys_of(set), (Numbers{1, 3, 4}));
  ASSERT_EQ(set->add(key_of(2)), Status::kDone);
  EXPECT_EQ(keys_of(set), (Numbers{1, 3, 4, 2}));
}

TEST_F(SetTest, PopsUntilNothingIsLeft) {
  const Ref<Set> set = set_of({1, 2, 3});
  Numbers popped;
  while (const Ref<> key = set->pop()) popped.push_back(key.value().as_int());
  EXPECT_EQ(sorted(popped), (Numbers{1, 2, 3}));
  EXPECT_EQ(set->size(), 0U);
  ASSERT_EQ(set->add(key_of(5)), Status::kDone);
  EXPECT_TRUE(has(set, 5));
}

TEST_F(SetTest, DropsWhatItDiscardsAndEndsWithAllThatIsInIt) {
  static_cast<void>(Key::type());
  const std::size_t before = bytes_in_buffers();
  {
    const Ref<Set> set = Set::make(set_type());
    for (int i = 0; i < 100; ++i) ASSERT_EQ(set->add(Key::make(i, i).value()), Status::kDone);
    EXPECT_EQ(ends(), 0);
    for (int i = 0; i < 50; ++i) EXPECT_TRUE(discard(*set, Key::make(i, i).value()));
    EXPECT_EQ(ends(), 100) << "those in the set and those that were looked up";
    static_cast<void>(set->pop());
    EXPECT_EQ(ends(), 101);
  }
  EXPECT_EQ(ends(), 150);
  EXPECT_EQ(bytes_in_buffers(), before);
}

TEST_F(SetTest, KeysAreHashable) {
  const Ref<Set> set = set_of({1});
  EXPECT_EQ(set->add(set.value()), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "unhashable type: 'set'");
  EXPECT_EQ(set->size(), 1U);
}

// --- Sets as keys. ---

TEST_F(SetTest, ASetIsLookedUpAsTheFrozensetOfItsKeys) {
  const Ref<Set> set = Set::make(set_type());
  ASSERT_EQ(set->add(frozenset_of({1, 2}).value()), Status::kDone);
  EXPECT_TRUE(has(*set, set_of({2, 1}).value()));
  EXPECT_FALSE(has(*set, set_of({2}).value()));
  EXPECT_TRUE(has(*set, frozenset_of({2, 1}).value()));
  EXPECT_TRUE(discard(*set, set_of({1, 2}).value()));
  EXPECT_EQ(set->size(), 0U);
}

TEST_F(SetTest, OtherUnhashableKeysAreErrors) {
  const Ref<Set> set = set_of({1});
  const Ref<Dict> dict = Dict::make();
  EXPECT_EQ(set->contains(dict.value()), Truth::kFailed);
  EXPECT_EQ(Error::take().text(), "unhashable type: 'dict'");
  EXPECT_EQ(set->discard(dict.value()), Truth::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kType);
}

// --- Hash. ---

TEST_F(SetTest, AFrozensetsHashIsOfItsKeysInAnyOrder) {
  std::int64_t one = 0;
  std::int64_t other = 0;
  ASSERT_EQ(hash(frozenset_of({1, 2, 3}).value(), one), Status::kDone);
  const Ref<Set> grown =
      set_of<>(std::initializer_list<std::int64_t>{9, 3, 2, 1}, frozenset_type());
  EXPECT_TRUE(discard(*grown, key_of(9)));
  ASSERT_EQ(hash(grown.value(), other), Status::kDone);
  EXPECT_EQ(one, other);
  EXPECT_EQ(hash(set_of({1}).value(), one), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "unhashable type: 'set'");
}

// Sets of few small numbers are what a sum of plain hashes would confuse.
TEST_F(SetTest, HashesOfAllSetsOfFewNumbersDiffer) {
  std::set<std::int64_t> hashes;
  for (int members = 0; members < 1 << 12; ++members) {
    Numbers keys;
    for (int i = 0; i < 12; ++i)
      if ((members >> i & 1) != 0) keys.push_back(i);
    hashes.insert(set_of(keys, frozenset_type())->hash());
  }
  EXPECT_EQ(hashes.size(), std::size_t{1} << 12);
}

TEST_F(SetTest, AFrozensetIsAKey) {
  const Ref<Set> set = Set::make(set_type());
  ASSERT_EQ(set->add(frozenset_of({}).value()), Status::kDone);
  ASSERT_EQ(set->add(frozenset_of({1}).value()), Status::kDone);
  ASSERT_EQ(set->add(frozenset_of({1}).value()), Status::kDone);
  EXPECT_EQ(set->size(), 2U);
  EXPECT_TRUE(has(*set, frozenset_of({}).value()));
}

// --- All keys. ---

TEST_F(SetTest, CopiesAndClears) {
  const Ref<Set> set = set_of({1, 2, 3});
  const Ref<Set> twin = set->copy(frozenset_type());
  EXPECT_EQ(type_of(twin.value()).name(), "frozenset");
  set->clear();
  EXPECT_EQ(set->size(), 0U);
  EXPECT_FALSE(has(set, 1));
  EXPECT_EQ(keys_of(twin), (Numbers{1, 2, 3}));
  ASSERT_EQ(set->add(key_of(1)), Status::kDone);
  EXPECT_EQ(keys_of(set), Numbers{1});
}

TEST_F(SetTest, IsMadeOfWhatIsIterable) {
  const Ref<Set> source = set_of({3, 1});
  EXPECT_EQ(keys_of(Set::from(source.value(), set_type())), (Numbers{3, 1}));
  EXPECT_FALSE(Set::from(key_of(1), set_type()));
  EXPECT_EQ(Error::take().text(), "'int' object is not iterable");
}

TEST_F(SetTest, AFrozensetOfAFrozensetIsThat) {
  const Ref<Set> frozen = frozenset_of({1});
  EXPECT_EQ(Set::from(frozen.value(), frozenset_type()).value(), frozen.value());
  EXPECT_NE(Set::from(frozen.value(), set_type()).value(), frozen.value());
}

TEST_F(SetTest, AgreesWithAModel) {
  std::mt19937 random(5);
  const Ref<Set> set = Set::make(set_type());
  std::set<std::int64_t> model;
  for (int step = 0; step < 20'000; ++step) {
    const std::int64_t key = static_cast<std::int64_t>(random() % 200) * (1 << step % 7);
    switch (random() % 8) {
      case 0:
      case 1:
      case 2:
        ASSERT_EQ(discard(*set, key_of(key)), model.erase(key) == 1);
        break;
      case 3:
        if (random() % 200 == 0) {
          set->clear();
          model.clear();
        }
        break;
      case 4:
        ASSERT_EQ(has(set, key), model.contains(key));
        break;
      default:
        ASSERT_EQ(set->add(key_of(key)), Status::kDone);
        model.insert(key);
    }
    ASSERT_EQ(set->size(), model.size());
    if (step % 1'000 == 0) {
      EXPECT_EQ(sorted(keys_of(set)), Numbers(model.begin(), model.end()));
    }
  }
}

// --- Keys that run code. ---

TEST_F(SetTest, IdentityGoesBeforeEquality) {
  const Ref<Set> set = Set::make(set_type());
  const Ref<> key = Key::make(1, 1);
  ASSERT_EQ(set->add(key.value()), Status::kDone);
  Key::at_compare = [] { return false; };
  EXPECT_TRUE(has(*set, key.value()));
  EXPECT_EQ(Key::compared(), 0);
}

TEST_F(SetTest, AnEqualityThatRaisesIsPassedOn) {
  const Ref<Set> set = asked_set_of({1});
  Key::at_compare = [] {
    raise(ErrorKind::kValue, {"no"});
    return false;
  };
  const Ref<> key = Key::make(1, 7);
  EXPECT_EQ(set->contains(key.value()), Truth::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kValue);
  EXPECT_EQ(set->add(key.value()), Status::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kValue);
  EXPECT_EQ(set->discard(key.value()), Truth::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kValue);
  EXPECT_EQ(set->size(), 1U);
}

// Each change that an __eq__ could make while a search is at its key.
TEST_F(SetTest, AnEqualityMayChangeTheSet) {
  using Change = void (*)(Set&);
  const Change changes[] = {
      [](Set& set) { set.clear(); },
      [](Set& set) { EXPECT_TRUE(set.pop()); },
      [](Set& set) {
        for (int i = 0; i < 1'000; ++i) EXPECT_EQ(set.add(key_of(i + 100)), Status::kDone);
      },
      [](Set& set) {
        set.clear();
        EXPECT_EQ(set.add(Key::make(2, 7).value()), Status::kDone);
      },
  };
  const bool expected[] = {false, false, true, true};
  for (int i = 0; i < 4; ++i) {
    const Ref<Set> set = asked_set_of({1, 2});
    Key::at_compare = [&] {
      // Once: at the first question.
      const auto once = std::exchange(Key::at_compare, nullptr);
      changes[i](*set);
      return true;
    };
    EXPECT_EQ(has(*set, Key::make(2, 7).value()), expected[i]) << i;
  }
}

TEST_F(SetTest, AnEqualityMayAddTheKeyThatIsBeingAdded) {
  const Ref<Set> set = asked_set_of({1});
  const Ref<> key = Key::make(2, 7);
  Key::at_compare = [&] {
    const auto once = std::exchange(Key::at_compare, nullptr);
    EXPECT_EQ(set->add(key.value()), Status::kDone);
    return true;
  };
  ASSERT_EQ(set->add(key.value()), Status::kDone);
  EXPECT_EQ(set->size(), 2U);
}

// --- Without memory. ---

TEST_F(SetTest, WithoutMemoryNothingHasChanged) {
  for (std::uint64_t n = 0;; ++n) {
    const Ref<Set> set = set_of({1, 2, 3, 4});
    auto fault = fault::Injection::nth(n);
    const bool was_added = set->add(key_of(5)) == Status::kDone;
    if (!was_added) {
      EXPECT_EQ(taken(), ErrorKind::kMemory);
    }
    EXPECT_EQ(set->size(), was_added ? 5U : 4U);
    if (!set->copy(set_type())) {
      EXPECT_EQ(taken(), ErrorKind::kMemory);
    }
    // Looked up as a frozenset, which has to be made.
    if (failed(set->contains(set.value()))) {
      EXPECT_EQ(taken(), ErrorKind::kMemory);
    }
    EXPECT_TRUE(has(set, 4));
    if (fault.allocations() <= n) {
      EXPECT_GE(n, 5U) << "a table, two copies with their tables";
      break;
    }
  }
}

// --- Threads. ---

TEST_F(SetConcurrency, AStrangerOpensASetAndReadsItWithoutTheLock) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "nobody is a stranger";
  const Ref<Set> set = set_of({1});
  elsewhere([&] {
    EXPECT_EQ(set->try_contains({key_of(1), 1}), Search::kUnknown);
    EXPECT_TRUE(has(set, 1));
    EXPECT_TRUE(set->is_shared());
    EXPECT_EQ(set->try_contains({key_of(1), 1}), Search::kFound);
    EXPECT_EQ(set->try_contains({key_of(2), 2}), Search::kMissing);
  });
}

// Rules 2 and 3.
TEST_F(SetConcurrency, WhatIsUnlinkedFromASharedSetIsMarkedAndTablesAreRetired) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "nobody can be reading";
  const Slot& slot = Thread::current()->slot();
  const Ref<Set> set = Set::make(set_type());
  set->mark_shared();
  const Ref<> keys[] = {Key::make(0, 0), Key::make(1, 1), Key::make(2, 2)};
  for (const Ref<>& key : keys) ASSERT_EQ(set->add(key.value()), Status::kDone);
  EXPECT_TRUE(discard(*set, keys[0].value()));
  EXPECT_TRUE(keys[0].as<Key>().is_retire_late());
  EXPECT_FALSE(keys[1].as<Key>().is_retire_late());
  const std::size_t before = Epoch::pending_bytes(slot);
  for (int i = 3; i < 30; ++i) ASSERT_EQ(set->add(key_of(i)), Status::kDone);
  EXPECT_GT(Epoch::pending_bytes(slot), before);
  EXPECT_FALSE(keys[1].as<Key>().is_retire_late()) << "growing unlinks nothing";
  set->clear();
  EXPECT_TRUE(keys[1].as<Key>().is_retire_late());
}

// Each thread adds and discards keys of its own; nothing of the others' is lost.
TEST_F(SetConcurrency, ThreadsKeepTheirKeys) {
  constexpr int kRounds = kThreadSanitizer ? 300 : 3'000;
  const Ref<Set> set = Set::make(set_type());
  const auto work = [&set](int first) {
    for (int i = 0; i < kRounds; ++i) {
      EXPECT_EQ(set->add(key_of(first + i)), Status::kDone);
      if (i % 2 == 0) {
        EXPECT_TRUE(discard(*set, key_of(first + i)));
      }
      safepoint();
    }
  };
  std::thread other = attached([&](Thread&) { work(1'000'000); });
  work(0);
  join_detached(other);
  EXPECT_EQ(set->size(), static_cast<std::size_t>(kRounds));
  for (int i = 1; i < kRounds; i += 2) {
    EXPECT_TRUE(has(set, i));
    EXPECT_TRUE(has(set, 1'000'000 + i));
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
