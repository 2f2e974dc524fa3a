#include "objects/types/dict_iterator.h"

#include <string>
#include <vector>

#include "memory/fault.h"
#include "objects/model/operations.h"
#include "runtime/safepoint.h"
#include "tests/objects/types/keys.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class DictIteratorTest : public ObjectsTest {
 protected:
  using Numbers = std::vector<std::int64_t>;

  static Ref<Dict> of(std::initializer_list<int> keys) {
    Ref<Dict> dict = Dict::make();
    for (const int key : keys) EXPECT_EQ(dict->set(key_of(key), number(10 * key)), Status::kDone);
    return dict;
  }
  static void set(Dict& dict, int key) {
    EXPECT_EQ(dict.set(key_of(key), number(10 * key)), Status::kDone);
  }
  static void remove(Dict& dict, int key) {
    Ref<> removed;
    EXPECT_EQ(dict.remove(key_of(key), removed), Status::kDone);
    EXPECT_TRUE(removed);
  }
  // Of an item of two numbers, both, as one.
  static std::int64_t number_of(Value item) {
    if (item.is_int()) return item.as_int();
    const auto& pair = *static_cast<Tuple*>(item.object());
    return pair[0].as_int() * 1'000 + pair[1].as_int();
  }
  static Numbers all(DictIterator& iterator) {
    Numbers found;
    for (;;) {
      Ref<> item;
      EXPECT_EQ(iterator.next(item), Status::kDone);
      if (!item) return found;
      found.push_back(number_of(item.value()));
    }
  }
  static std::string text_of_failure(DictIterator& iterator) {
    Ref<> item;
    EXPECT_EQ(iterator.next(item), Status::kFailed);
    const Error error = Error::take();
    EXPECT_EQ(error.kind(), ErrorKind::kRuntime);
    return std::string(error.text());
  }
};
using DictIteratorConcurrency = DictIteratorTest;

TEST_F(DictIteratorTest, GivesEachPartInBothDirections) {
  const Ref<Dict> dict = of({1, 2, 3});
  remove(*dict, 2);
  EXPECT_EQ(all(*DictIterator::make(*dict, DictPart::kKeys)), (Numbers{1, 3}));
  EXPECT_EQ(all(*DictIterator::make(*dict, DictPart::kValues)), (Numbers{10, 30}));
  EXPECT_EQ(all(*DictIterator::make(*dict, DictPart::kItems)), (Numbers{1'010, 3'030}));
  EXPECT_EQ(all(*DictIterator::make(*dict, DictPart::kKeys, Direction::kBackward)),
            (Numbers{3, 1}));
  EXPECT_EQ(all(*DictIterator::make(*dict, DictPart::kItems, Direction::kBackward)),
            (Numbers{3'030, 1'010}));
  EXPECT_EQ(all(*DictIterator::make(*Dict::make(), DictPart::kKeys)), Numbers{});
}

TEST_F(DictIteratorTest, IsWhatTheLanguageIterates) {
  const Ref<Dict> dict = of({7});
  const Ref<> iterator = iterate(dict.value());
  EXPECT_EQ(type_of(iterator.value()).name(), "dict_keyiterator");
  EXPECT_EQ(iterate(iterator.value()).value(), iterator.value());
  Ref<> item;
  EXPECT_EQ(next(iterator.value(), item), Status::kDone);
  EXPECT_EQ(item.value(), key_of(7));
}

TEST_F(DictIteratorTest, SaysForGoodThatTheSizeHasChanged) {
  const Ref<Dict> dict = of({1, 2, 3});
  const Ref<DictIterator> iterator = DictIterator::make(*dict, DictPart::kKeys);
  set(*dict, 4);
  EXPECT_EQ(text_of_failure(*iterator), "dictionary changed size during iteration");
  remove(*dict, 4);
  EXPECT_EQ(text_of_failure(*iterator), "dictionary changed size during iteration");
  EXPECT_EQ(iterator->remaining(), 0U);
}

TEST_F(DictIteratorTest, SaysThatKeysHaveChangedWhenThereAreTooMany) {
  const Ref<Dict> dict = of({1});
  const Ref<DictIterator> iterator = DictIterator::make(*dict, DictPart::kKeys);
  Ref<> item;
  EXPECT_EQ(iterator->next(item), Status::kDone);
  remove(*dict, 1);
  set(*dict, 2);
  EXPECT_EQ(text_of_failure(*iterator), "dictionary keys changed during iteration");
  EXPECT_EQ(all(*iterator), Numbers{}) << "and that was its end";
}

TEST_F(DictIteratorTest, ValuesMayChange) {
  const Ref<Dict> dict = of({1, 2});
  const Ref<DictIterator> iterator = DictIterator::make(*dict, DictPart::kValues);
  ASSERT_EQ(dict->set(key_of(2), number(5)), Status::kDone);
  EXPECT_EQ(iterator->remaining(), 2U);
  EXPECT_EQ(all(*iterator), (Numbers{10, 5}));
}

TEST_F(DictIteratorTest, AtItsEndItStaysThereAndKeepsItsDict) {
  const Ref<Dict> dict = of({1});
  const Ref<DictIterator> iterator = DictIterator::make(*dict, DictPart::kKeys);
  EXPECT_EQ(all(*iterator), (Numbers{1}));
  set(*dict, 2);
  EXPECT_EQ(all(*iterator), Numbers{});
  EXPECT_EQ(dict->count().total_stopped(), 2);
}

TEST_F(DictIteratorTest, WithoutMemoryThereIsNoPair) {
  const Ref<Dict> dict = of({1, 2});
  const Ref<DictIterator> iterator = DictIterator::make(*dict, DictPart::kItems);
  {
    const auto fault = fault::Injection::from(0);
    Ref<> item;
    EXPECT_EQ(iterator->next(item), Status::kFailed);
    EXPECT_FALSE(DictIterator::make(*dict, DictPart::kItems));
  }
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_EQ(all(*iterator), (Numbers{2'020}));
}

// Each item is given to one of them (C14).
TEST_F(DictIteratorConcurrency, ThreadsShareAnIterator) {
  constexpr int kItems = kThreadSanitizer ? 2'000 : 20'000;
  const Ref<Dict> dict = Dict::make();
  for (int i = 0; i < kItems; ++i) set(*dict, i);
  const Ref<DictIterator> iterator = DictIterator::make(*dict, DictPart::kKeys);
  SysAtomic<std::int64_t> sum{0};
  SysAtomic<int> items{0};
  const auto work = [&] {
    for (;;) {
      Ref<> item;
      EXPECT_EQ(iterator->next(item), Status::kDone);
      if (!item) return;
      sum.fetch_add(item.value().as_int(), kRelaxed);
      items.fetch_add(1, kRelaxed);
      safepoint();
    }
  };
  std::thread other = attached([&](Thread&) { work(); });
  work();
  join_detached(other);
  EXPECT_EQ(items.load(kRelaxed), kItems);
  EXPECT_EQ(sum.load(kRelaxed), std::int64_t{kItems} * (kItems - 1) / 2);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
