#include "objects/types/dict.h"

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "memory/epoch.h"
#include "memory/fault.h"
#include "objects/model/operations.h"
#include "objects/types/dict_view.h"
#include "runtime/safepoint.h"
#include "tests/objects/types/keys.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class DictTest : public ObjectsTest {
 protected:
  DictTest() {
    Key::at_compare = nullptr;
    Key::comparisons.store(0, kRelaxed);
  }

  // Of the integers, each with ten times itself.
  static Ref<Dict> of(std::initializer_list<int> keys) {
    Ref<Dict> dict = Dict::make();
    for (const int key : keys) EXPECT_EQ(dict->set(key_of(key), number(10 * key)), Status::kDone);
    return dict;
  }
  static std::optional<std::int64_t> get(Dict& dict, Value key) {
    Ref<> value;
    EXPECT_EQ(dict.find(key, value), Status::kDone);
    if (!value) return std::nullopt;
    return value.value().as_int();
  }
  static std::optional<std::int64_t> get(Dict& dict, std::int64_t key) {
    return get(dict, key_of(key));
  }
  static bool remove(Dict& dict, Value key) {
    Ref<> value;
    EXPECT_EQ(dict.remove(key, value), Status::kDone);
    return static_cast<bool>(value);
  }
  static std::vector<std::int64_t> keys(Dict& dict) {
    std::vector<std::int64_t> all;
    std::size_t place = 0;
    for (; const DictItem item = dict.next(place); ++place)
      all.push_back(item.key.value().as_int());
    return all;
  }
  // Something iterable that gives these.
  template <std::size_t kItems>
  static Ref<> several(Ref<> (&&items)[kItems]) {
    const Ref<Dict> dict = Dict::make();
    for (std::size_t i = 0; i < kItems; ++i)
      EXPECT_EQ(dict->set(key_of(static_cast<std::int64_t>(i)), std::move(items[i])),
                Status::kDone);
    return DictView::make(*dict, DictPart::kValues);
  }
  using Numbers = std::vector<std::int64_t>;
};
using DictConcurrency = DictTest;

// --- One item. ---

TEST_F(DictTest, IsEmptyAtFirst) {
  const Ref<Dict> dict = Dict::make();
  EXPECT_EQ(dict->size(), 0U);
  EXPECT_EQ(get(*dict, 1), std::nullopt);
  EXPECT_FALSE(remove(*dict, key_of(1)));
  EXPECT_FALSE(dict->pop_last());
  EXPECT_EQ(type_of(dict.value()).name(), "dict");
}

TEST_F(DictTest, FindsWhatWasSet) {
  const Ref<Dict> dict = Dict::make();
  for (int i = 0; i < 5'000; ++i) ASSERT_EQ(dict->set(key_of(i * 64), number(i)), Status::kDone);
  EXPECT_EQ(dict->size(), 5'000U);
  for (int i = 0; i < 5'000; ++i) ASSERT_EQ(get(*dict, i * 64), i);
  for (int i = 0; i < 5'000; ++i) ASSERT_EQ(get(*dict, i * 64 + 1), std::nullopt);
}

TEST_F(DictTest, SettingAgainReplacesTheValueAndKeepsKeyAndPlace) {
  const Ref<Dict> dict = of({1, 2});
  ASSERT_EQ(dict->set(Value::kTrue, number(5)), Status::kDone);
  EXPECT_EQ(get(*dict, 1), 5);
  EXPECT_EQ(keys(*dict), (Numbers{1, 2})) << "1 and True are equal, and 1 was first";
}

TEST_F(DictTest, EqualNumbersAreOneKey) {
  const Ref<Dict> dict = of({1, 0, -1});
  EXPECT_EQ(get(*dict, Value::of_float(1.0)), 10);
  EXPECT_EQ(get(*dict, Value::of_float(-0.0)), 0);
  EXPECT_EQ(get(*dict, Value::kFalse), 0);
  EXPECT_EQ(get(*dict, Value::of_float(-1.0)), -10);
  EXPECT_EQ(get(*dict, Value::of_float(1.5)), std::nullopt);
}

TEST_F(DictTest, RemovesAndFindsTheOthers) {
  const Ref<Dict> dict = of({1, 2, 3, 4, 5});
  EXPECT_TRUE(remove(*dict, key_of(2)));
  EXPECT_FALSE(remove(*dict, key_of(2)));
  EXPECT_EQ(dict->size(), 4U);
  EXPECT_EQ(get(*dict, 2), std::nullopt);
  EXPECT_EQ(keys(*dict), (Numbers{1, 3, 4, 5}));
  ASSERT_EQ(dict->set(key_of(2), number(7)), Status::kDone);
  EXPECT_EQ(keys(*dict), (Numbers{1, 3, 4, 5, 2}));
}

TEST_F(DictTest, PopsTheLast) {
  const Ref<Dict> dict = of({1, 2, 3});
  EXPECT_TRUE(remove(*dict, key_of(2)));
  DictItem item = dict->pop_last();
  EXPECT_EQ(item.key.value(), key_of(3));
  EXPECT_EQ(item.value.value(), key_of(30));
  EXPECT_EQ(dict->pop_last().key.value(), key_of(1));
  EXPECT_FALSE(dict->pop_last());
  EXPECT_EQ(dict->size(), 0U);
  ASSERT_EQ(dict->set(key_of(3), number(1)), Status::kDone);
  EXPECT_EQ(get(*dict, 3), 1);
}

TEST_F(DictTest, SetDefaultSetsWhatIsMissing) {
  const Ref<Dict> dict = of({1});
  EXPECT_EQ(dict->set_default(key_of(1), number(7)).value(), key_of(10));
  EXPECT_EQ(dict->set_default(key_of(2), number(7)).value(), key_of(7));
  EXPECT_EQ(get(*dict, 2), 7);
}

TEST_F(DictTest, DropsWhatItReplacesAndRemoves) {
  const Ref<Dict> dict = Dict::make();
  const Ref<> key = Key::make(1, 1);
  ASSERT_EQ(dict->set(key.value(), Witness::value()), Status::kDone);
  ASSERT_EQ(dict->set(key.value(), Witness::value()), Status::kDone);
  EXPECT_EQ(ends(), 1);
  EXPECT_TRUE(remove(*dict, key.value()));
  EXPECT_EQ(ends(), 2);
  EXPECT_EQ(key.as<Key>().count().total_stopped(), 1);
}

TEST_F(DictTest, EndsWithAllThatIsInIt) {
  static_cast<void>(Key::type());
  const std::size_t before = bytes_in_buffers();
  {
    const Ref<Dict> dict = Dict::make();
    for (int i = 0; i < 100; ++i)
      ASSERT_EQ(dict->set(Key::make(i, i).value(), Witness::value()), Status::kDone);
    for (int i = 0; i < 100; i += 2) EXPECT_TRUE(remove(*dict, Key::make(i, i).value()));
    EXPECT_EQ(ends(), 50 * 3);
  }
  EXPECT_EQ(ends(), 250);
  EXPECT_EQ(bytes_in_buffers(), before);
}

// --- Operators. ---

TEST_F(DictTest, OperatorsOfTheLanguage) {
  const Ref<Dict> dict = of({1, 2});
  EXPECT_EQ(get_item(dict.value(), key_of(2)).value(), key_of(20));
  EXPECT_EQ(contains(dict.value(), key_of(3)), Truth::kFalse);
  EXPECT_EQ(set_item(dict.value(), key_of(3), number(0)), Status::kDone);
  EXPECT_EQ(contains(dict.value(), key_of(3)), Truth::kTrue);
  EXPECT_EQ(set_item(dict.value(), key_of(1), {}), Status::kDone);
  EXPECT_EQ(keys(*dict), (Numbers{2, 3}));
  std::size_t size = 0;
  EXPECT_EQ(length(dict.value(), size), Status::kDone);
  EXPECT_EQ(size, 2U);
  EXPECT_EQ(truth(dict.value()), Truth::kTrue);
  EXPECT_EQ(truth(Dict::make().value()), Truth::kFalse);
}

TEST_F(DictTest, AMissingKeyIsAnErrorThatCarriesIt) {
  const Ref<Dict> dict = of({1});
  EXPECT_FALSE(get_item(dict.value(), key_of(2)));
  const Error error = Error::take();
  EXPECT_EQ(error.kind(), ErrorKind::kKey);
  EXPECT_EQ(error.value(), key_of(2));
  EXPECT_EQ(set_item(dict.value(), key_of(3), {}), Status::kFailed);
  EXPECT_EQ(Error::take().value(), key_of(3));
}

TEST_F(DictTest, KeysAreHashable) {
  const Ref<Dict> dict = Dict::make();
  EXPECT_EQ(dict->set(dict.value(), number(1)), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "unhashable type: 'dict'");
  EXPECT_EQ(dict->contains(dict.value()), Truth::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kType);
}

TEST_F(DictTest, EqualityIsOfItemsInAnyOrder) {
  EXPECT_EQ(of({1, 2})->equals(*of({2, 1})), Truth::kTrue);
  EXPECT_EQ(of({1, 2})->equals(*of({1, 3})), Truth::kFalse);
  EXPECT_EQ(of({1, 2})->equals(*of({1})), Truth::kFalse);
  const Ref<Dict> other = of({1});
  ASSERT_EQ(other->set(key_of(1), number(11)), Status::kDone);
  EXPECT_EQ(of({1})->equals(*other), Truth::kFalse);
  EXPECT_EQ(compare_truth(CompareOp::kNotEqual, of({1}).value(), other.value()), Truth::kTrue);
  EXPECT_FALSE(compare(CompareOp::kLess, of({1}).value(), other.value()));
  EXPECT_EQ(taken(), ErrorKind::kType);
}

// --- All items. ---

TEST_F(DictTest, CopiesAndUnites) {
  const Ref<Dict> dict = of({1, 2, 3});
  EXPECT_TRUE(remove(*dict, key_of(1)));
  const Ref<Dict> twin = dict->copy();
  EXPECT_EQ(twin->equals(*dict), Truth::kTrue);
  ASSERT_EQ(twin->set(key_of(2), number(0)), Status::kDone);
  EXPECT_EQ(get(*dict, 2), 20);
  Ref<> both = binary(BinaryOp::kOr, of({4}).value(), twin.value());
  EXPECT_EQ(keys(both.as<Dict>()), (Numbers{4, 2, 3}));
  EXPECT_FALSE(binary(BinaryOp::kOr, twin.value(), Value(Tuple::of().get())));
  EXPECT_EQ(taken(), ErrorKind::kType);
  EXPECT_EQ(Dict::make()->copy()->size(), 0U);
}

TEST_F(DictTest, UpdateReplacesAndAdds) {
  const Ref<Dict> dict = Dict::make();
  for (int i = 0; i < 10; ++i) ASSERT_EQ(dict->set(key_of(i), Witness::value()), Status::kDone);
  const Ref<Dict> more = Dict::make();
  for (int i = 5; i < 40; ++i) ASSERT_EQ(more->set(key_of(i), number(i)), Status::kDone);
  ASSERT_EQ(dict->update(*more), Status::kDone);
  EXPECT_EQ(dict->size(), 40U);
  EXPECT_EQ(ends(), 5);
  EXPECT_EQ(get(*dict, 39), 39);
  ASSERT_EQ(dict->update(*dict), Status::kDone);
  ASSERT_EQ(dict->update(*Dict::make()), Status::kDone);
  EXPECT_EQ(dict->size(), 40U);
}

TEST_F(DictTest, UpdateAsksKeysThatMustBeAsked) {
  const Ref<Dict> dict = Dict::make();
  const Ref<Dict> more = Dict::make();
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(dict->set(Key::make(i, 7).value(), number(i)), Status::kDone);
    ASSERT_EQ(more->set(Key::make(i + 10, 7).value(), number(-i)), Status::kDone);
  }
  ASSERT_EQ(dict->update(*more), Status::kDone);
  EXPECT_EQ(dict->size(), 30U);
  EXPECT_EQ(get(*dict, Key::make(15, 7).value()), -5);
  Key::at_compare = [&] {
    more->clear();
    return true;
  };
  EXPECT_EQ(dict->update(*more), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "dict mutated during update");
}

// --- From other things. ---

TEST_F(DictTest, FromKeysAndFromPairs) {
  const Ref<Dict> keys = of({3, 1, 2});
  const Ref<Dict> dict = Dict::from_keys(keys.value(), key_of(5));
  ASSERT_TRUE(dict);
  EXPECT_EQ(DictTest::keys(*dict), (Numbers{3, 1, 2}));
  EXPECT_EQ(get(*dict, 1), 5);
  ASSERT_EQ(dict->update_from_pairs(several({of({1, 7}), of({9, 8})}).value()), Status::kDone);
  EXPECT_EQ(get(*dict, 1), 7);
  EXPECT_EQ(get(*dict, 9), 8);
  EXPECT_FALSE(Dict::from_keys(key_of(1), key_of(1)));
  EXPECT_EQ(taken(), ErrorKind::kType);
}

TEST_F(DictTest, WhatIsNoPairSaysWhereItIs) {
  const Ref<Dict> dict = Dict::make();
  EXPECT_EQ(dict->update_from_pairs(several({of({1, 7}), of({1, 2, 3})}).value()), Status::kFailed);
  EXPECT_EQ(Error::take().text(),
            "dictionary update sequence element #1 has length 3; 2 is required");
  EXPECT_EQ(get(*dict, 1), 7);
  EXPECT_EQ(dict->update_from_pairs(several({number(0)}).value()), Status::kFailed);
  EXPECT_EQ(Error::take().text(),
            "cannot convert dictionary update sequence element #0 to a sequence");
}

TEST_F(DictTest, ClearsAndGoesOn) {
  const Ref<Dict> dict = Dict::make();
  for (int i = 0; i < 100; ++i) ASSERT_EQ(dict->set(key_of(i), Witness::value()), Status::kDone);
  dict->clear();
  EXPECT_EQ(ends(), 100);
  EXPECT_EQ(dict->size(), 0U);
  EXPECT_EQ(get(*dict, 3), std::nullopt);
  ASSERT_EQ(dict->set(key_of(3), number(1)), Status::kDone);
  EXPECT_EQ(keys(*dict), (Numbers{3}));
}

TEST_F(DictTest, IsReadFromBothEnds) {
  const Ref<Dict> dict = of({1, 2, 3});
  EXPECT_TRUE(remove(*dict, key_of(2)));
  Numbers seen;
  for (std::size_t end = SIZE_MAX;;) {
    const DictItem item = dict->previous(end);
    if (!item) break;
    seen.push_back(item.value.value().as_int());
    --end;
  }
  EXPECT_EQ(seen, (Numbers{30, 10}));
}

TEST_F(DictTest, ATableHasRoomForDaysOfInsertingAndRemoving) {
  const Ref<Dict> dict = of({0});
  const std::size_t before = bytes_in_buffers();
  for (int i = 1; i < 10'000; ++i) {
    ASSERT_EQ(dict->set(key_of(i), number(i)), Status::kDone);
    ASSERT_TRUE(remove(*dict, key_of(i - 1)));
  }
  EXPECT_LT(bytes_in_buffers(), before + 1'000);
  EXPECT_EQ(keys(*dict), (Numbers{9'999}));
}

// A destructor sees the dict as it is after the operation (rule 17).
TEST_F(DictTest, DestructorsRunAfterTheOperation) {
  static Dict* watched = nullptr;
  static std::vector<std::size_t> sizes;
  sizes.clear();
  const Ref<Dict> dict = Dict::make();
  watched = dict.get();
  const auto look = []() noexcept {
    sizes.push_back(watched->size());
    EXPECT_EQ(watched->set(Value::of_int(99), Ref<>(Special::kNone)), Status::kDone);
  };
  ASSERT_EQ(dict->set(key_of(1), Witness::make(look)), Status::kDone);
  EXPECT_TRUE(remove(*dict, key_of(1)));
  ASSERT_EQ(dict->set(key_of(2), Witness::make(look)), Status::kDone);
  ASSERT_EQ(dict->set(key_of(2), number(0)), Status::kDone);
  ASSERT_EQ(dict->set(key_of(2), Witness::make(look)), Status::kDone);
  dict->clear();
  EXPECT_EQ(sizes, (std::vector<std::size_t>{0, 2, 0}));
  EXPECT_EQ(keys(*dict), (Numbers{99}));
}

// --- Against a model. ---

// A key of the same number as an integer and as an object: two keys of one hash.
Ref<> random_key(int n) { return n % 3 == 0 ? Ref<>(Key::make(n, n / 8)) : number(n); }

class Model {
 public:
  struct Item {
    int key;
    std::int64_t value;
  };
  Item* find(int key) {
    const auto found = std::find_if(all.begin(), all.end(), [&](auto& i) { return i.key == key; });
    return found == all.end() ? nullptr : &*found;
  }
  void set(int key, std::int64_t value) {
    if (Item* const item = find(key)) {
      item->value = value;
    } else {
      all.push_back({key, value});
    }
  }
  bool remove(int key) {
    return std::erase_if(all, [&](auto& item) { return item.key == key; }) != 0;
  }
  std::vector<Item> all;
};

TEST_F(DictTest, DoesWhatAListOfItemsDoes) {
  std::minstd_rand random(5);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const Ref<Dict> dict = Dict::make();
  Model model;
  for (int step = 0; step < 20'000; ++step) {
    const int key = below(1 + step % 300);
    const Ref<> object = random_key(key);
    switch (below(8)) {
      default:
        ASSERT_EQ(dict->set(object.value(), number(step)), Status::kDone);
        model.set(key, step);
        break;
      case 0:
      case 1:
        ASSERT_EQ(remove(*dict, object.value()), model.remove(key));
        break;
      case 2:
      case 3: {
        const auto* const item = model.find(key);
        ASSERT_EQ(get(*dict, object.value()), item ? std::optional(item->value) : std::nullopt);
        break;
      }
      case 4:
        ASSERT_EQ(static_cast<bool>(dict->pop_last()), !model.all.empty());
        if (!model.all.empty()) model.all.pop_back();
        break;
      case 5:
        if (below(500) == 0) {
          dict->clear();
          model.all.clear();
        }
    }
    ASSERT_EQ(dict->size(), model.all.size());
    if (step % 500 != 0) continue;
    std::size_t place = 0;
    for (const auto& item : model.all) {
      const DictItem found = dict->next(place);
      ASSERT_TRUE(found);
      ++place;
      ASSERT_EQ(found.value.value().as_int(), item.value);
    }
    ASSERT_FALSE(dict->next(place));
  }
}

// --- Keys that run code. ---

TEST_F(DictTest, EqualityIsAskedOnlyOfKeysWithThatHash) {
  const Ref<Dict> dict = Dict::make();
  for (int i = 0; i < 200; ++i)
    ASSERT_EQ(dict->set(Key::make(i, i).value(), number(i)), Status::kDone);
  EXPECT_EQ(Key::compared(), 0);
  EXPECT_EQ(get(*dict, Key::make(150, 150).value()), 150);
  EXPECT_EQ(Key::compared(), 1);
  EXPECT_EQ(get(*dict, Key::make(1'000, 150).value()), std::nullopt);
  EXPECT_EQ(Key::compared(), 2);
}

TEST_F(DictTest, IdentityGoesBeforeEquality) {
  const Ref<Dict> dict = Dict::make();
  const Ref<> key = Key::make(1, 1);
  ASSERT_EQ(dict->set(key.value(), number(3)), Status::kDone);
  Key::at_compare = [] { return false; };
  EXPECT_EQ(get(*dict, key.value()), 3);
  EXPECT_EQ(Key::compared(), 0);
}

TEST_F(DictTest, AnEqualityThatRaisesIsPassedOn) {
  const Ref<Dict> dict = Dict::make();
  ASSERT_EQ(dict->set(Key::make(1, 1).value(), number(3)), Status::kDone);
  Key::at_compare = [] {
    raise(ErrorKind::kValue, {"no"});
    return false;
  };
  const Ref<> key = Key::make(1, 1);
  Ref<> value;
  EXPECT_EQ(dict->find(key.value(), value), Status::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kValue);
  EXPECT_EQ(dict->set(key.value(), Witness::value()), Status::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kValue);
  EXPECT_EQ(ends(), 1);
  EXPECT_EQ(dict->remove(key.value(), value), Status::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kValue);
  EXPECT_EQ(dict->size(), 1U);
}

// Each change that an __eq__ could make while a search is at its key.
TEST_F(DictTest, AnEqualityMayChangeTheDict) {
  using Change = void (*)(Dict&);
  const Change changes[] = {
      [](Dict& dict) { dict.clear(); },
      [](Dict& dict) { EXPECT_TRUE(dict.pop_last()); },
      [](Dict& dict) {
        for (int i = 0; i < 1'000; ++i)
          EXPECT_EQ(dict.set(key_of(i + 100), number(1)), Status::kDone);
      },
      [](Dict& dict) {
        dict.clear();
        const Ref<> other = Key::make(2, 1);
        Key::at_compare = nullptr;
        EXPECT_EQ(dict.set(other.value(), number(9)), Status::kDone);
      },
  };
  const std::optional<std::int64_t> expected[] = {std::nullopt, std::nullopt, 3, 9};
  for (int i = 0; i < 4; ++i) {
    const Ref<Dict> dict = Dict::make();
    ASSERT_EQ(dict->set(Key::make(1, 1).value(), number(1)), Status::kDone);
    ASSERT_EQ(dict->set(Key::make(2, 1).value(), number(3)), Status::kDone);
    Key::comparisons.store(0, kRelaxed);
    Key::at_compare = [&] {
      // Once: at the first question.
      const auto once = std::exchange(Key::at_compare, nullptr);
      changes[i](*dict);
      return true;
    };
    EXPECT_EQ(get(*dict, Key::make(2, 1).value()), expected[i]) << i;
  }
}

TEST_F(DictTest, AnEqualityMaySetTheKeyThatIsBeingSet) {
  const Ref<Dict> dict = Dict::make();
  ASSERT_EQ(dict->set(Key::make(1, 1).value(), number(1)), Status::kDone);
  const Ref<> key = Key::make(2, 1);
  Key::at_compare = [&] {
    const auto once = std::exchange(Key::at_compare, nullptr);
    EXPECT_EQ(dict->set(key.value(), number(5)), Status::kDone);
    return true;
  };
  ASSERT_EQ(dict->set(key.value(), number(6)), Status::kDone);
  EXPECT_EQ(dict->size(), 2U);
  EXPECT_EQ(get(*dict, key.value()), 6);
}

// --- Without memory. ---

TEST_F(DictTest, WithoutMemoryNothingHasChanged) {
  for (std::uint64_t n = 0;; ++n) {
    const Ref<Dict> dict = of({1, 2, 3, 4});
    const Ref<Dict> more = of({4, 5, 6, 7, 8, 9});
    auto fault = fault::Injection::nth(n);
    const auto expect = [](Status status) {
      if (failed(status)) {
        EXPECT_EQ(taken(), ErrorKind::kMemory);
      }
      return !failed(status);
    };
    const bool was_set = expect(dict->set(key_of(5), number(0)));
    EXPECT_EQ(dict->size(), was_set ? 5U : 4U);
    const bool was_updated = expect(dict->update(*more));
    EXPECT_EQ(dict->size(), was_updated ? 9U : was_set ? 5U : 4U);
    const Ref<Dict> twin = dict->copy();
    expect(twin ? Status::kDone : Status::kFailed);
    const Ref<> result = dict->set_default(key_of(77), Witness::value());
    expect(result ? Status::kDone : Status::kFailed);
    EXPECT_EQ(get(*dict, 4), 40);
    if (fault.allocations() <= n) {
      EXPECT_GE(n, 4U) << "a table, two for the update, a copy and its table";
      break;
    }
  }
}

TEST_F(DictTest, MoreThanAnybodyHasRoomForIsNoMemory) {
  HashedEntries<DictEntry> entries;
  const Ref<Dict> holder = Dict::make();
  const Held held = Held::unreachable(*holder);
  for (const std::size_t most :
       {SIZE_MAX, SIZE_MAX / 2, std::size_t{1} << 62, HashTableShape::kMostEntries + 1})
    EXPECT_FALSE(entries.make_room(held, most)) << most;
  EXPECT_EQ(entries.table(held), nullptr);
}

// --- Threads. ---

TEST_F(DictConcurrency, AStrangerOpensADictAndReadsItWithoutTheLock) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "nobody is a stranger";
  const Ref<Dict> dict = Dict::make();
  const Ref<Witness> value = Witness::make();
  ASSERT_EQ(dict->set(key_of(1), value.share()), Status::kDone);
  elsewhere([&] {
    Ref<> found;
    EXPECT_EQ(dict->try_find({key_of(1), 1}, found), Search::kUnknown);
    EXPECT_EQ(dict->find(key_of(1), found), Status::kDone);
    EXPECT_EQ(found.value(), value.value());
    EXPECT_TRUE(dict->is_shared());
    Ref<> again;
    EXPECT_EQ(dict->try_find({key_of(1), 1}, again), Search::kFound);
    EXPECT_EQ(dict->try_find({key_of(2), 2}, again), Search::kMissing);
  });
}

// Rules 2 and 3.
TEST_F(DictConcurrency, WhatIsUnlinkedFromASharedDictIsMarkedAndTablesAreRetired) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "nobody can be reading";
  const Slot& slot = Thread::current()->slot();
  const Ref<Dict> dict = Dict::make();
  dict->mark_shared();
  const Ref<Witness> values[] = {Witness::make(), Witness::make(), Witness::make()};
  for (int i = 0; i < 3; ++i) ASSERT_EQ(dict->set(key_of(i), values[i].share()), Status::kDone);
  ASSERT_EQ(dict->set(key_of(0), number(0)), Status::kDone);
  EXPECT_TRUE(values[0]->is_retire_late());
  EXPECT_FALSE(values[1]->is_retire_late());
  EXPECT_TRUE(remove(*dict, key_of(1)));
  EXPECT_TRUE(values[1]->is_retire_late());
  const std::size_t before = Epoch::pending_bytes(slot);
  for (int i = 3; i < 30; ++i) ASSERT_EQ(dict->set(key_of(i), number(i)), Status::kDone);
  EXPECT_GT(Epoch::pending_bytes(slot), before);
  EXPECT_FALSE(values[2]->is_retire_late()) << "growing unlinks nothing";
  dict->clear();
  EXPECT_TRUE(values[2]->is_retire_late());
}

// Two dicts updated from each other, from two threads, are not a deadlock.
TEST_F(DictConcurrency, UpdatesInBothDirections) {
  constexpr int kRounds = kThreadSanitizer ? 300 : 3'000;
  const Ref<Dict> one = of({1, 2, 3});
  const Ref<Dict> other = of({4, 5, 6});
  std::thread thread = attached([&](Thread&) {
    for (int i = 0; i < kRounds; ++i) {
      EXPECT_EQ(one->update(*other), Status::kDone);
      safepoint();
    }
  });
  for (int i = 0; i < kRounds; ++i) {
    EXPECT_EQ(other->update(*one), Status::kDone);
    safepoint();
  }
  join_detached(thread);
  EXPECT_EQ(one->size(), 6U);
  EXPECT_EQ(other->size(), 6U);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
