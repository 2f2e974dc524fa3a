#include "objects/types/set_iterator.h"

#include "memory/fault.h"
#include "objects/model/operations.h"
#include "runtime/safepoint.h"
#include "tests/objects/types/sets.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class SetIteratorTest : public SetsTest {
 protected:
  static Numbers all(SetIterator& iterator) {
    Numbers found;
    for (;;) {
      Ref<> key;
      EXPECT_EQ(iterator.next(key), Status::kDone);
      if (!key) return found;
      found.push_back(key.value().as_int());
    }
  }
  static void expect_changed(SetIterator& iterator) {
    Ref<> key;
    EXPECT_EQ(iterator.next(key), Status::kFailed);
    const Error error = Error::take();
    EXPECT_EQ(error.kind(), ErrorKind::kRuntime);
    EXPECT_EQ(error.text(), "Set changed size during iteration");
  }
  static std::int64_t next(SetIterator& iterator) {
    Ref<> key;
    EXPECT_EQ(iterator.next(key), Status::kDone);
    return key ? key.value().as_int() : -1;
  }
};
using SetIteratorConcurrency = SetIteratorTest;

TEST_F(SetIteratorTest, GivesEachKey) {
  const Ref<Set> set = set_of({1, 2, 3});
  ASSERT_EQ(set->discard(key_of(2)), Truth::kTrue);
  EXPECT_EQ(all(*SetIterator::make(*set)), (Numbers{1, 3}));
  EXPECT_EQ(all(*SetIterator::make(*set_of({}))), Numbers{});
}

TEST_F(SetIteratorTest, IsWhatTheLanguageIterates) {
  const Ref<Set> set = frozenset_of({7});
  const Ref<> iterator = iterate(set.value());
  EXPECT_EQ(type_of(iterator.value()).name(), "set_iterator");
  EXPECT_EQ(iterate(iterator.value()).value(), iterator.value());
  Ref<> key;
  EXPECT_EQ(orochi::next(iterator.value(), key), Status::kDone);
  EXPECT_EQ(key.value(), key_of(7));
}

TEST_F(SetIteratorTest, SaysThatTheSetHasGrownOrShrunkAndGoesOnSayingIt) {
  const Ref<Set> set = set_of({1, 2, 3});
  const Ref<SetIterator> grown = SetIterator::make(*set);
  EXPECT_EQ(next(*grown), 1);
  ASSERT_EQ(set->add(key_of(4)), Status::kDone);
  const Ref<SetIterator> shrunk = SetIterator::make(*set);
  expect_changed(*grown);
  ASSERT_EQ(set->discard(key_of(4)), Truth::kTrue);
  expect_changed(*grown);
  expect_changed(*shrunk);
  EXPECT_EQ(grown->remaining(), 0U);
}

TEST_F(SetIteratorTest, AnExchangedKeyIsNoChangeOfSize) {
  const Ref<Set> set = set_of({1, 2, 3});
  const Ref<SetIterator> iterator = SetIterator::make(*set);
  EXPECT_EQ(next(*iterator), 1);
  ASSERT_EQ(set->discard(key_of(2)), Truth::kTrue);
  ASSERT_EQ(set->add(key_of(9)), Status::kDone);
  EXPECT_EQ(all(*iterator), (Numbers{3, 9}));
}

TEST_F(SetIteratorTest, EndsAlthoughEachKeyIsExchanged) {
  const Ref<Set> set = set_of({0, 1, 2, 3, 4, 5, 6, 7});
  const Ref<SetIterator> iterator = SetIterator::make(*set);
  int given = 0;
  for (std::int64_t key = next(*iterator); key != -1; key = next(*iterator), ++given) {
    ASSERT_EQ(set->discard(key_of(key)), Truth::kTrue);
    ASSERT_EQ(set->add(key_of(key + 100)), Status::kDone);
  }
  EXPECT_LE(given, 8);
}

TEST_F(SetIteratorTest, KnowsHowManyAreToCome) {
  const Ref<Set> set = set_of({1, 2});
  const Ref<SetIterator> iterator = SetIterator::make(*set);
  EXPECT_EQ(iterator->remaining(), 2U);
  EXPECT_EQ(next(*iterator), 1);
  EXPECT_EQ(iterator->remaining(), 1U);
  EXPECT_EQ(all(*iterator), Numbers{2});
  EXPECT_EQ(iterator->remaining(), 0U);
}

TEST_F(SetIteratorTest, KeepsItsSet) {
  Ref<Set> set = asked_set_of({1});
  Ref<SetIterator> iterator = SetIterator::make(*set);
  set = Ref<Set>();
  Ref<> key;
  EXPECT_EQ(iterator->next(key), Status::kDone);
  EXPECT_EQ(key.as<Key>().name, 1);
  key = Ref<>();
  EXPECT_EQ(iterator->next(key), Status::kDone);
  EXPECT_FALSE(key);
  EXPECT_EQ(ends(), 0) << "I1";
  iterator = Ref<SetIterator>();
  EXPECT_EQ(ends(), 1);
}

TEST_F(SetIteratorTest, NeedsMemoryOnlyToBeMade) {
  const Ref<Set> set = set_of({1});
  auto fault = fault::Injection::nth(0);
  EXPECT_FALSE(SetIterator::make(*set));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

// Each key is given to one of two threads.
TEST_F(SetIteratorConcurrency, IsShared) {
  constexpr int kKeys = kThreadSanitizer ? 500 : 5'000;
  const Ref<Set> set = Set::make(set_type());
  for (int i = 0; i < kKeys; ++i) ASSERT_EQ(set->add(key_of(i)), Status::kDone);
  const Ref<SetIterator> iterator = SetIterator::make(*set);
  const auto take_some = [&iterator](Numbers& mine) {
    for (;;) {
      Ref<> key;
      EXPECT_EQ(iterator->next(key), Status::kDone);
      if (!key) return;
      mine.push_back(key.value().as_int());
      safepoint();
    }
  };
  Numbers one;
  Numbers other;
  std::thread thread = attached([&](Thread&) { take_some(other); });
  take_some(one);
  join_detached(thread);
  one.insert(one.end(), other.begin(), other.end());
  one = sorted(one);
  ASSERT_EQ(one.size(), std::size_t{kKeys});
  for (int i = 0; i < kKeys; ++i) EXPECT_EQ(one[static_cast<std::size_t>(i)], i);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
