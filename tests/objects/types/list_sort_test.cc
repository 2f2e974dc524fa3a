#include <algorithm>
#include <functional>
#include <random>

#include "memory/fault.h"
#include "objects/types/int_arithmetic.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/lists.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// What a test does when an item's key is asked for.
struct KeyFunction : Object {
  explicit KeyFunction(ShapeIndex shape) noexcept : Object(shape) {}
  static inline std::function<Ref<>(Value)> body;

  static Ref<> make(std::function<Ref<>(Value)> what) {
    static Type* const type = [] {
      Protocols slots;
      slots.call = [](Value, const Arguments& arguments) noexcept {
        EXPECT_EQ(arguments.positional, 1U);
        return body(arguments.values[0]);
      };
      Type* const ancestors[] = {&object_type()};
      return Type::make({.name = "key function",
                         .layout = &layout_of<KeyFunction>,
                         .ancestors = ancestors,
                         .protocols = slots});
    }();
    body = std::move(what);
    return new_object<KeyFunction>(*type);
  }
};

class ListSortTest : public SequencesTest {
 protected:
  static Status sort(const Ref<List>& list, Value key = Value::kNone,
                     List::Order order = List::Order::kRising) {
    return list->sort(key, order);
  }
  static Ref<> floating(double value) { return make_float(value); }
};

TEST_F(ListSortTest, SortsIntsBothWays) {
  std::minstd_rand random(3);
  for (const int size : {0, 1, 2, 3, 50, 1'000}) {
    Numbers expected;
    for (int i = 0; i < size; ++i) expected.push_back(static_cast<std::int64_t>(random() % 500));
    const Ref<List> list = ints(expected);
    EXPECT_EQ(sort(list), Status::kDone);
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(numbers(list), expected);
    EXPECT_EQ(sort(list, Value::kNone, List::Order::kFalling), Status::kDone);
    std::reverse(expected.begin(), expected.end());
    EXPECT_EQ(numbers(list), expected);
  }
}

TEST_F(ListSortTest, SortsKindsOfItemsAsPythonDoes) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  const Ref<> big = int_power(key_of(10), key_of(30));
  const auto compare = [&](const Ref<List>& list) {
    std::ostringstream line;
    line << "sorted(" << shown(list.value()) << ") == ";
    EXPECT_EQ(sort(list), Status::kDone);
    line << shown(list.value());
    python.expect(line.str());
  };
  compare(List::of(big.share(), number(5), int_negative(big.value()), number(-1), big.share()));
  compare(List::of(floating(2.5), floating(-1e300), floating(0.25), floating(1e300)));
  compare(List::of(floating(2.5), number(2), Ref<>(Special::kTrue), big.share(), number(-7)));
  compare(List::of(Str::of_ascii("b"), Str::of_ascii(""), Str::of_ascii("ab"), Str::of_ascii("a")));
  compare(List::of(ints({2, 1}), ints({1}), ints({1, 5}), ints({})));
  compare(List::of(Tuple::of(number(2)), Tuple::of(number(1), number(9)), Tuple::of(number(1))));
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(ListSortTest, WhatHasNoOrderIsATypeErrorAndNothingIsLost) {
  const Ref<List> list = List::of(number(2), Str::of_ascii("a"), number(1));
  EXPECT_EQ(sort(list), Status::kFailed);
  EXPECT_EQ(raised(), "TypeError: '<' not supported between instances of 'str' and 'int'");
  EXPECT_EQ(list->size(), 3U);
  std::size_t there = 0;
  EXPECT_EQ(list->count_equal(key_of(2), there), Status::kDone);
  EXPECT_EQ(there, 1U);
}

TEST_F(ListSortTest, ByKeysAndStably) {
  const Ref<List> list = ints({31, 12, 22, 11, 32, 21});
  const Ref<> last_digit = KeyFunction::make([](Value n) { return number(n.as_int() % 10); });
  EXPECT_EQ(sort(list, last_digit.value()), Status::kDone);
  EXPECT_EQ(numbers(list), (Numbers{31, 11, 21, 12, 22, 32}));
  EXPECT_EQ(sort(list, last_digit.value(), List::Order::kFalling), Status::kDone);
  EXPECT_EQ(numbers(list), (Numbers{12, 22, 32, 31, 11, 21}));
}

TEST_F(ListSortTest, KeysEnd) {
  const Ref<List> list = witnesses(10);
  int made = 0;
  const Ref<> key = KeyFunction::make([&](Value) -> Ref<> {
    ++made;
    return Tuple::of(Witness::value(), Ref<>(Special::kNone));
  });
  EXPECT_EQ(sort(list, key.value()), Status::kFailed);
  EXPECT_EQ(raised(), "TypeError: '<' not supported between instances of 'witness' and 'witness'");
  EXPECT_EQ(made, 10);
  EXPECT_EQ(ends(), 10);
  EXPECT_EQ(list->size(), 10U);
}

TEST_F(ListSortTest, AKeyThatRaisesEndsIt) {
  const Ref<List> list = counted(5);
  const Ref<> key = KeyFunction::make([](Value n) -> Ref<> {
    if (n.as_int() == 3) return raise(ErrorKind::kValue, {"three"});
    return number(-n.as_int());
  });
  EXPECT_EQ(sort(list, key.value()), Status::kFailed);
  EXPECT_EQ(raised(), "ValueError: three");
  EXPECT_EQ(numbers(list), (Numbers{0, 1, 2, 3, 4}));
}

TEST_F(ListSortTest, TheListIsEmptyMeanwhile) {
  const Ref<List> list = counted(5);
  const Ref<> key = KeyFunction::make([&](Value n) {
    EXPECT_EQ(list->size(), 0U);
    EXPECT_FALSE(list->pop());
    EXPECT_EQ(taken(), ErrorKind::kIndex);
    return number(-n.as_int());
  });
  EXPECT_EQ(sort(list, key.value()), Status::kDone);
  EXPECT_EQ(numbers(list), (Numbers{4, 3, 2, 1, 0}));
}

// Each way to change it is noticed, and undone.
TEST_F(ListSortTest, AKeyThatChangesTheListIsNoticed) {
  using Change = void (*)(List&);
  const Change changes[] = {
      [](List& list) { EXPECT_EQ(list.append(Witness::value()), Status::kDone); },
      [](List& list) { EXPECT_EQ(list.insert(0, Witness::value()), Status::kDone); },
      [](List& list) {
        EXPECT_EQ(list.append(Witness::value()), Status::kDone);
        EXPECT_TRUE(list.pop());
      },
      [](List& list) {
        EXPECT_EQ(list.append(Witness::value()), Status::kDone);
        list.clear();
      },
  };
  for (const Change change : changes) {
    Witness::ends.store(0, kRelaxed);
    const Ref<List> list = ints({3, 1, 2});
    const Ref<> key = KeyFunction::make([&](Value n) {
      if (n.as_int() == 1) change(*list);
      return Ref<>::of(n);
    });
    EXPECT_EQ(sort(list, key.value()), Status::kFailed);
    EXPECT_EQ(raised(), "ValueError: list modified during sort");
    EXPECT_EQ(numbers(list), (Numbers{1, 2, 3}));
    EXPECT_EQ(ends(), 1);
  }
}

TEST_F(ListSortTest, AComparisonMaySortTheList) {
  const Ref<List> list = List::make();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(list->append(Key::make(i, i)), Status::kDone);
  Key::at_compare = [&] {
    EXPECT_EQ(list->size(), 0U);
    EXPECT_EQ(sort(list), Status::kDone) << "there is nothing in it, so this changes nothing";
    return true;
  };
  EXPECT_EQ(sort(list), Status::kDone);
  EXPECT_GT(Key::compared(), 0);
  EXPECT_EQ(list->size(), 10U);
}

TEST_F(ListSortTest, WithoutMemoryItStaysAsItIs) {
  for (std::uint64_t n = 0;; ++n) {
    const Ref<List> list = List::of(number(2), Tuple::of(), number(1));
    const Ref<List> quick = ints({3, 1, 2});
    auto fault = fault::Injection::nth(n);
    if (failed(sort(quick))) {
      EXPECT_EQ(taken(), ErrorKind::kMemory);
      EXPECT_EQ(numbers(quick), (Numbers{3, 1, 2}));
    } else {
      EXPECT_EQ(numbers(quick), (Numbers{1, 2, 3}));
    }
    EXPECT_EQ(sort(list), Status::kFailed);
    clear_error();
    EXPECT_EQ(list->size(), 3U);
    if (fault.allocations() <= n) break;
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
