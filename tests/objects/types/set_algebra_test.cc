#include "objects/types/set_algebra.h"

#include <random>
#include <string_view>
#include <thread>

#include "memory/fault.h"
#include "objects/collector/inspection.h"
#include "objects/model/operations.h"
#include "objects/types/dict.h"
#include "objects/types/dict_view.h"
#include "runtime/safepoint.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/sets.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

constexpr const char* kNames[] = {"|", "&", "-", "^"};
constexpr BinaryOp kOperators[] = {BinaryOp::kOr, BinaryOp::kAnd, BinaryOp::kSubtract,
                                   BinaryOp::kXor};
using Make = Ref<Set> (*)(Set&, Value) noexcept;
using Change = Status (*)(Set&, Value) noexcept;
constexpr Make kMakers[] = {union_of, intersection, difference, symmetric_difference};
constexpr Change kChanges[] = {update, intersection_update, difference_update,
                               symmetric_difference_update};
constexpr std::string_view kComparisons[] = {"<", "<=", "==", "!=", ">", ">="};

class SetAlgebraTest : public SetsTest {
 protected:
  // Iterable, and no set.
  static Ref<> iterable_of(const Numbers& numbers) {
    const Ref<Dict> dict = Dict::make();
    for (std::size_t i = 0; i < numbers.size(); ++i)
      EXPECT_EQ(dict->set(key_of(static_cast<std::int64_t>(i)), number(numbers[i])), Status::kDone);
    return DictView::make(*dict, DictPart::kValues);
  }
  static Ref<> iterable_of(Ref<> item) {
    const Ref<Dict> dict = Dict::make();
    EXPECT_EQ(dict->set(key_of(0), std::move(item)), Status::kDone);
    return DictView::make(*dict, DictPart::kValues);
  }
  static bool is(Truth truth) {
    EXPECT_NE(truth, Truth::kFailed);
    return truth == Truth::kTrue;
  }
  static const char* python_bool(Truth truth) { return is(truth) ? "True" : "False"; }
};
using SetAlgebraConcurrency = SetAlgebraTest;

// --- Beside CPython. ---

class Comparison {
 public:
  explicit Comparison(std::mt19937& random)
      : one_(random_set(random)), other_(random_set(random)) {}

  void of_operators(PythonOracle& python) {
    for (std::size_t i = 0; i < std::size(kOperators); ++i) {
      const Ref<> result = binary(kOperators[i], one_.value(), other_.value());
      expect(python, kNames[i], testing::python(result.as<Set>()));
      const Ref<Set> changed = one_->copy(set_type());
      EXPECT_EQ(kChanges[i](*changed, other_.value()), Status::kDone);
      expect(python, kNames[i], testing::python(changed));
    }
  }
  void of_comparisons(PythonOracle& python) {
    for (std::size_t i = 0; i < std::size(kComparisons); ++i) {
      const Truth truth = compare_truth(static_cast<CompareOp>(i), one_.value(), other_.value());
      EXPECT_NE(truth, Truth::kFailed);
      expect(python, kComparisons[i], truth == Truth::kTrue ? "True" : "False");
    }
    std::ostringstream line;
    line << testing::python(one_) << ".isdisjoint(" << testing::python(other_)
         << ") == " << (is_disjoint(*one_, other_.value()) == Truth::kTrue ? "True" : "False");
    python.expect(line.str());
  }

 private:
  static Ref<Set> random_set(std::mt19937& random) {
    Numbers keys(random() % 12);
    for (std::int64_t& key : keys) key = static_cast<std::int64_t>(random() % 8);
    return set_of(keys, random() % 2 == 0 ? set_type() : frozenset_type());
  }
  void expect(PythonOracle& python, std::string_view op, std::string_view result) const {
    std::ostringstream line;
    line << '(' << testing::python(one_) << ' ' << op << ' ' << testing::python(other_)
         << ") == " << result;
    python.expect(line.str());
  }

  const Ref<Set> one_;
  const Ref<Set> other_;
};

TEST_F(SetAlgebraTest, AgreesWithPython) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  std::mt19937 random(3);
  for (int i = 0; i < 300; ++i) {
    Comparison comparison(random);
    comparison.of_operators(python);
    comparison.of_comparisons(python);
  }
  EXPECT_EQ(python.finish(), 0);
}

// --- Kinds and operands. ---

TEST_F(SetAlgebraTest, ANewSetHasTheKindOfTheFirst) {
  for (const Make make : kMakers) {
    EXPECT_EQ(type_of(make(*frozenset_of({1}), set_of({2}).value()).value()).name(), "frozenset");
    EXPECT_EQ(type_of(make(*set_of({1}), frozenset_of({2}).value()).value()).name(), "set");
  }
}

TEST_F(SetAlgebraTest, OperatorsWantSetsOnBothSides) {
  for (const BinaryOp op : kOperators) {
    EXPECT_FALSE(binary(op, set_of({1}).value(), iterable_of({1}).value()));
    EXPECT_EQ(taken(), ErrorKind::kType);
  }
  EXPECT_FALSE(compare(CompareOp::kLess, set_of({1}).value(), key_of(1)));
  EXPECT_EQ(Error::take().text(), "'<' not supported between instances of 'set' and 'int'");
  EXPECT_FALSE(is(compare_truth(CompareOp::kEqual, set_of({1}).value(), key_of(1))));
}

TEST_F(SetAlgebraTest, MethodsTakeWhatIsIterable) {
  const Numbers expected[] = {{1, 2, 3, 4}, {2, 3}, {1}, {1, 4}};
  const Ref<> other = iterable_of({3, 4, 2, 3});
  for (std::size_t i = 0; i < std::size(kMakers); ++i) {
    const Ref<Set> set = set_of({1, 2, 3});
    EXPECT_EQ(sorted(keys_of(kMakers[i](*set, other.value()))), expected[i]) << kNames[i];
    EXPECT_EQ(kChanges[i](*set, other.value()), Status::kDone);
    EXPECT_EQ(sorted(keys_of(set)), expected[i]) << kNames[i];
  }
  const Ref<Set> set = set_of({1, 2});
  EXPECT_TRUE(is(is_disjoint(*set, iterable_of({3, 4}).value())));
  EXPECT_FALSE(is(is_disjoint(*set, iterable_of({3, 1}).value())));
  EXPECT_TRUE(is(is_subset(*set, iterable_of({2, 2, 1, 7}).value())));
  EXPECT_FALSE(is(is_subset(*set, iterable_of({2, 3}).value())));
  EXPECT_TRUE(is(is_superset(*set, iterable_of({2, 2}).value())));
  EXPECT_FALSE(is(is_superset(*set, iterable_of({2, 3}).value())));
}

TEST_F(SetAlgebraTest, WhatIsNotIterableOrNotHashableIsAnError) {
  const Ref<Set> set = set_of({1});
  const Ref<> unhashable = iterable_of(Ref<>(set_of({})));
  for (std::size_t i = 0; i < std::size(kMakers); ++i) {
    EXPECT_FALSE(kMakers[i](*set, key_of(1)));
    EXPECT_EQ(Error::take().text(), "'int' object is not iterable");
    EXPECT_EQ(kChanges[i](*set, unhashable.value()), Status::kFailed) << kNames[i];
    EXPECT_EQ(Error::take().text(), "unhashable type: 'set'");
    EXPECT_EQ(keys_of(set), Numbers{1});
  }
  EXPECT_EQ(is_disjoint(*set, unhashable.value()), Truth::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kType);
  EXPECT_EQ(is_superset(*set, unhashable.value()), Truth::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kType);
}

TEST_F(SetAlgebraTest, ASetAndItself) {
  const Ref<Set> set = set_of({1, 2, 3});
  const Value self = set.value();
  EXPECT_EQ(keys_of(union_of(*set, self)), (Numbers{1, 2, 3}));
  EXPECT_EQ(keys_of(intersection(*set, self)), (Numbers{1, 2, 3}));
  EXPECT_EQ(keys_of(difference(*set, self)), Numbers{});
  EXPECT_EQ(keys_of(symmetric_difference(*set, self)), Numbers{});
  EXPECT_TRUE(is(is_subset(*set, self)));
  EXPECT_FALSE(is(is_disjoint(*set, self)));
  EXPECT_EQ(update(*set, self), Status::kDone);
  EXPECT_EQ(intersection_update(*set, self), Status::kDone);
  EXPECT_EQ(keys_of(set), (Numbers{1, 2, 3}));
  EXPECT_EQ(symmetric_difference_update(*set, self), Status::kDone);
  EXPECT_EQ(keys_of(set), Numbers{});
  const Ref<Set> more = set_of({1, 2});
  EXPECT_EQ(difference_update(*more, more.value()), Status::kDone);
  EXPECT_EQ(keys_of(more), Numbers{});
}

// Of equal keys, CPython keeps the smaller set's.
TEST_F(SetAlgebraTest, AnIntersectionKeepsTheKeysOfTheSmaller) {
  const Ref<Set> of_floats = Set::make(set_type());
  ASSERT_EQ(of_floats->add(Value::of_float(1.0)), Status::kDone);
  const auto first_key = [](const Ref<Set>& set) {
    std::size_t place = 0;
    return set->next(place);
  };
  EXPECT_TRUE(first_key(intersection(*set_of({1, 2}), of_floats.value())).value().is_float());
  EXPECT_TRUE(first_key(intersection(*of_floats, set_of({1, 2}).value())).value().is_float());
  EXPECT_TRUE(first_key(intersection(*of_floats, set_of({1}).value())).value().is_int());
}

TEST_F(SetAlgebraTest, FrozensetsWithKnownHashesThatDifferAreNotCompared) {
  const Ref<Set> one = asked_set_of({1})->copy(frozenset_type());
  const Ref<Set> other = asked_set_of({1})->copy(frozenset_type());
  EXPECT_TRUE(is(compare_truth(CompareOp::kEqual, one.value(), other.value())));
  EXPECT_EQ(Key::compared(), 1);
  static_cast<void>(one->hash());
  const Ref<Set> third = frozenset_of({1});
  static_cast<void>(third->hash());
  EXPECT_FALSE(is(compare_truth(CompareOp::kEqual, one.value(), third.value())));
  EXPECT_EQ(Key::compared(), 1);
}

// --- Keys that run code. ---

TEST_F(SetAlgebraTest, KeysThatMustBeAskedAre) {
  const Numbers expected[] = {{1, 2, 3, 4}, {2, 3}, {1}, {1, 4}};
  for (std::size_t i = 0; i < std::size(kMakers); ++i) {
    const Ref<Set> set = asked_set_of({1, 2, 3});
    const Ref<Set> other = asked_set_of({3, 4, 2});
    EXPECT_EQ(sorted(keys_of(kMakers[i](*set, other.value()))), expected[i]) << kNames[i];
    EXPECT_EQ(kChanges[i](*set, other.value()), Status::kDone);
    EXPECT_EQ(sorted(keys_of(set)), expected[i]) << kNames[i];
    EXPECT_EQ(other->size(), 3U);
  }
  EXPECT_TRUE(is(is_subset(*asked_set_of({1, 2}), asked_set_of({2, 1, 3}).value())));
  EXPECT_FALSE(is(is_subset(*asked_set_of({1, 4}), asked_set_of({2, 1, 3}).value())));
  EXPECT_TRUE(is(is_disjoint(*asked_set_of({1}), asked_set_of({2, 3}).value())));
}

TEST_F(SetAlgebraTest, AnEqualityThatRaisesEndsIt) {
  const Ref<Set> set = asked_set_of({1, 2, 3});
  const Ref<Set> other = asked_set_of({3, 4});
  Key::at_compare = [] {
    raise(ErrorKind::kValue, {"no"});
    return false;
  };
  for (std::size_t i = 0; i < std::size(kMakers); ++i) {
    EXPECT_FALSE(kMakers[i](*set, other.value()));
    EXPECT_EQ(taken(), ErrorKind::kValue);
    EXPECT_EQ(kChanges[i](*set, other.value()), Status::kFailed);
    EXPECT_EQ(taken(), ErrorKind::kValue);
  }
  EXPECT_EQ(is_subset(*set, other.value()), Truth::kFalse) << "it is larger";
  EXPECT_EQ(is_superset(*set, other.value()), Truth::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kValue);
  EXPECT_EQ(keys_of(set), (Numbers{1, 2, 3}));
}

// Whatever an __eq__ does to both sets, the result has each key once.
TEST_F(SetAlgebraTest, AnEqualityMayChangeBothSets) {
  for (std::size_t i = 0; i < std::size(kMakers); ++i) {
    const Ref<Set> set = asked_set_of({1, 2, 3, 4});
    const Ref<Set> other = asked_set_of({3, 4, 5, 6});
    std::mt19937 random(9);
    Key::at_compare = [&] {
      const auto once = std::exchange(Key::at_compare, nullptr);
      for (const Ref<Set>& changing : {set.share(), other.share()}) {
        const Ref<> key = Key::make(static_cast<int>(random() % 8), 7);
        static_cast<void>(changing->discard(key.value()));
        EXPECT_EQ(changing->add(Key::make(static_cast<int>(random() % 8), 7).value()),
                  Status::kDone);
      }
      if (Key::compared() < 200) Key::at_compare = once;
      return true;
    };
    const Ref<Set> made = kMakers[i](*set, other.value());
    Key::at_compare = nullptr;
    ASSERT_TRUE(made);
    const Numbers keys = sorted(keys_of(made));
    EXPECT_EQ(std::ranges::adjacent_find(keys), keys.end()) << kNames[i] << " has a key twice";
    Key::comparisons.store(0, kRelaxed);
  }
}

// Whoever looks at all objects finds a set that is being made, once a key is asked.
TEST_F(SetAlgebraTest, AnEqualityMayChangeTheSetThatIsMade) {
  const Ref<Set> set = asked_set_of({1, 2});
  const Ref<Set> other = asked_set_of({2, 3});
  std::size_t place = 1;
  const Ref<> key = set->next(place);
  int found_sets = 0;
  Key::at_compare = [&] {
    const auto once = std::exchange(Key::at_compare, nullptr);
    FoundObjects found;
    EXPECT_EQ(find_objects(found), Status::kDone);
    while (!found.is_empty()) {
      const Ref<Object> object = found.take();
      Set* const made = as_any_set(object.value());
      if (made == nullptr || made == set.get() || made == other.get()) continue;
      found_sets += 1;
      EXPECT_EQ(made->add(key.value()), Status::kDone);
    }
    Key::at_compare = once;
    return true;
  };
  const Ref<Set> made = intersection(*set, other.value());
  Key::at_compare = nullptr;
  EXPECT_GT(found_sets, 0);
  EXPECT_EQ(keys_of(made), Numbers{2}) << "once";
}

TEST_F(SetAlgebraTest, ASetIsAsSharedAsWhatItBecomes) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "nothing is shared under a GIL";
  const Ref<Set> set = set_of({1});
  Ref<Set> fresh = set_of({2, 3});
  const Ref<Set> found = fresh.share();
  elsewhere([&] { EXPECT_EQ(found->contains(key_of(2)), Truth::kTrue); });
  ASSERT_TRUE(found->is_shared());
  EXPECT_EQ(become(*set, std::move(fresh)), Status::kDone);
  EXPECT_TRUE(set->is_shared()) << "readers may be in its table";
  EXPECT_EQ(keys_of(set), (Numbers{2, 3}));
  EXPECT_EQ(found->size(), 0U);
}

// --- Without memory. ---

TEST_F(SetAlgebraTest, WithoutMemoryASetIsChangedWhollyOrNotAtAll) {
  for (std::size_t i = 0; i < std::size(kChanges); ++i) {
    for (std::uint64_t n = 0;; ++n) {
      const Ref<Set> set = set_of({1, 2, 3, 4});
      const Ref<Set> other = set_of({4, 5, 6, 7, 8, 9});
      const Ref<Set> whole = kMakers[i](*set, other.value());
      auto fault = fault::Injection::nth(n);
      if (failed(kChanges[i](*set, other.value()))) {
        EXPECT_EQ(taken(), ErrorKind::kMemory);
        EXPECT_EQ(keys_of(set), (Numbers{1, 2, 3, 4})) << kNames[i];
      } else {
        EXPECT_EQ(sorted(keys_of(set)), sorted(keys_of(whole))) << kNames[i];
      }
      if (!kMakers[i](*set, other.value())) {
        EXPECT_EQ(taken(), ErrorKind::kMemory);
      }
      if (fault.allocations() <= n) break;
    }
  }
}

// --- Threads. ---

// Two sets updated from each other, from two threads, are not a deadlock.
TEST_F(SetAlgebraConcurrency, UpdatesInBothDirections) {
  constexpr int kRounds = kThreadSanitizer ? 200 : 2'000;
  const Ref<Set> one = set_of({1, 2, 3});
  const Ref<Set> other = set_of({4, 5, 6});
  const auto work = [](Set& to, Set& from) {
    for (int i = 0; i < kRounds; ++i) {
      EXPECT_EQ(update(to, Value(&from)), Status::kDone);
      EXPECT_TRUE(union_of(to, Value(&from)));
      safepoint();
    }
  };
  std::thread thread = attached([&](Thread&) { work(*one, *other); });
  work(*other, *one);
  join_detached(thread);
  EXPECT_EQ(sorted(keys_of(one)), (Numbers{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(sorted(keys_of(other)), (Numbers{1, 2, 3, 4, 5, 6}));
}

// One thread moves all keys of a set to a copy of them and back, in single steps: who compares sees
// all of them or none.
TEST_F(SetAlgebraConcurrency, AnOperationIsOneStep) {
  constexpr int kRounds = kThreadSanitizer ? 300 : 3'000;
  const Ref<Set> all = frozenset_of({1, 2, 3, 4, 5, 6, 7, 8});
  const Ref<Set> set = all->copy(set_type());
  std::thread thread = attached([&](Thread&) {
    for (int i = 0; i < kRounds; ++i) {
      EXPECT_EQ(symmetric_difference_update(*set, all.value()), Status::kDone);
      safepoint();
    }
  });
  for (int i = 0; i < kRounds; ++i) {
    const Ref<Set> seen = intersection(*all, set.value());
    EXPECT_TRUE(seen->size() == 0 || seen->size() == 8) << seen->size();
    EXPECT_EQ(union_of(*set, all.value())->size(), 8U);
    safepoint();
  }
  join_detached(thread);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
