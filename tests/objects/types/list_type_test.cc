#include "objects/types/int_arithmetic.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/lists.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ListTypeTest : public SequencesTest {
 protected:
  static Truth ask(CompareOp op, const Numbers& a, const Numbers& b) {
    return compare_truth(op, ints(a).value(), ints(b).value());
  }
  static Ref<> nested(int depth) {
    Ref<> inner = number(1);
    for (int i = 0; i < depth; ++i) inner = List::of(std::move(inner));
    return inner;
  }
};

TEST_F(ListTypeTest, OperatorsOfTheLanguage) {
  const Ref<List> list = ints({1, 2, 3});
  EXPECT_EQ(get_item(list.value(), key_of(-1)).value(), key_of(3));
  EXPECT_EQ(get_item(list.value(), Value::kTrue).value(), key_of(2));
  EXPECT_EQ(set_item(list.value(), key_of(0), number(9)), Status::kDone);
  EXPECT_EQ(set_item(list.value(), key_of(-2), {}), Status::kDone);
  EXPECT_EQ(numbers(list), (Numbers{9, 3}));
  std::size_t size = 0;
  EXPECT_EQ(length(list.value(), size), Status::kDone);
  EXPECT_EQ(size, 2U);
  EXPECT_EQ(truth(list.value()), Truth::kTrue);
  EXPECT_EQ(truth(List::make().value()), Truth::kFalse);
  EXPECT_EQ(shown(binary(BinaryOp::kAdd, list.value(), list.value()).value()), "[9, 3, 9, 3]");
  EXPECT_EQ(shown(binary(BinaryOp::kMultiply, list.value(), key_of(2)).value()), "[9, 3, 9, 3]");
  EXPECT_EQ(shown(binary(BinaryOp::kMultiply, key_of(2), list.value()).value()), "[9, 3, 9, 3]");
}

TEST_F(ListTypeTest, ChangesInPlace) {
  const Ref<List> list = ints({1, 2});
  EXPECT_EQ(in_place(BinaryOp::kAdd, list.value(), Tuple::of(number(3)).value()).value(),
            list.value());
  EXPECT_EQ(in_place(BinaryOp::kMultiply, list.value(), key_of(2)).value(), list.value());
  EXPECT_EQ(numbers(list), (Numbers{1, 2, 3, 1, 2, 3}));
  EXPECT_FALSE(in_place(BinaryOp::kAdd, list.value(), key_of(1)));
  EXPECT_EQ(raised(), "TypeError: 'int' object is not iterable");
  EXPECT_FALSE(in_place(BinaryOp::kMultiply, list.value(), Value::of_float(2.0)));
  EXPECT_EQ(raised(), "TypeError: can't multiply sequence by non-int of type 'float'");
}

TEST_F(ListTypeTest, RaisesAsPythonDoes) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  const Ref<List> list = ints({1, 2, 3});
  const Ref<> huge = int_power(key_of(2), key_of(63));
  const Ref<> text = Str::of_ascii("x");
  const auto expect = [&](const char* kind, const std::string& call) {
    std::ostringstream line;
    line << "raises(" << kind << ", " << call << ") == \"\"\"" << Error::take().text() << "\"\"\"";
    python.expect(line.str());
  };
  const Value self = list.value();
  const auto get = [&](Value key) { EXPECT_FALSE(get_item(self, key)); };
  const auto set = [&](Value key, Ref<> value) {
    EXPECT_EQ(set_item(self, key, std::move(value)), Status::kFailed);
  };
  python.execute("x = [1, 2, 3]");
  get(key_of(3)), expect("IndexError", "x.__getitem__, 3");
  get(key_of(-4)), expect("IndexError", "x.__getitem__, -4");
  get(huge.value()), expect("IndexError", "x.__getitem__, 2**63");
  get(int_negative(huge.value()).value()), expect("IndexError", "x.__getitem__, -2**63");
  get(text.value()), expect("TypeError", "x.__getitem__, 'x'");
  get(Value::of_float(1.0)), expect("TypeError", "x.__getitem__, 1.0");
  set(key_of(3), number(1)), expect("IndexError", "x.__setitem__, 3, 1");
  set(key_of(3), {}), expect("IndexError", "x.__delitem__, 3");
  set(Value::kNone, {}), expect("TypeError", "x.__delitem__, None");
  EXPECT_FALSE(binary(BinaryOp::kAdd, self, key_of(1)));
  expect("TypeError", "lambda: x + 1");
  EXPECT_FALSE(binary(BinaryOp::kAdd, self, Tuple::of().value()));
  expect("TypeError", "lambda: x + ()");
  EXPECT_FALSE(binary(BinaryOp::kMultiply, self, Value::of_float(1.5)));
  expect("TypeError", "lambda: x * 1.5");
  EXPECT_FALSE(binary(BinaryOp::kMultiply, self, huge.value()));
  expect("OverflowError", "lambda: x * 2**63");
  std::int64_t result = 0;
  EXPECT_EQ(hash(self, result), Status::kFailed);
  expect("TypeError", "hash, x");
  EXPECT_FALSE(compare(CompareOp::kLess, self, Tuple::of().value()));
  expect("TypeError", "lambda: x < ()");
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(ListTypeTest, ComparesByTheFirstDifferenceAndThenByLength) {
  using enum CompareOp;
  EXPECT_EQ(ask(kEqual, {1, 2}, {1, 2}), Truth::kTrue);
  EXPECT_EQ(ask(kNotEqual, {1, 2}, {1, 2}), Truth::kFalse);
  EXPECT_EQ(ask(kEqual, {1, 2}, {1, 3}), Truth::kFalse);
  EXPECT_EQ(ask(kEqual, {1, 2}, {1}), Truth::kFalse);
  EXPECT_EQ(ask(kNotEqual, {1}, {2}), Truth::kTrue);
  EXPECT_EQ(ask(kLess, {1, 9}, {2, 0}), Truth::kTrue);
  EXPECT_EQ(ask(kLess, {1}, {1, 0}), Truth::kTrue);
  EXPECT_EQ(ask(kGreaterEqual, {1, 0}, {1}), Truth::kTrue);
  EXPECT_EQ(ask(kLessEqual, {}, {}), Truth::kTrue);
  EXPECT_EQ(ask(kGreater, {}, {}), Truth::kFalse);
  EXPECT_EQ(compare_truth(kEqual, ints({1}).value(), Tuple::of(number(1)).value()), Truth::kFalse);
}

TEST_F(ListTypeTest, ShowsItsItems) {
  EXPECT_EQ(shown(List::make().value()), "[]");
  EXPECT_EQ(shown(ints({1}).value()), "[1]");
  EXPECT_EQ(shown(List::of(ints({1, 2}), Str::of_ascii("a"), Ref<>(Special::kNone)).value()),
            "[[1, 2], 'a', None]");
}

TEST_F(ListTypeTest, ShowsThatItContainsItself) {
  const Ref<List> list = ints({1});
  ASSERT_EQ(list->append(list.share()), Status::kDone);
  ASSERT_EQ(list->append(List::of(list.share())), Status::kDone);
  EXPECT_EQ(shown(list.value()), "[1, [...], [[...]]]");
  EXPECT_EQ(shown(list.value()), "[1, [...], [[...]]]") << "and again";
  list->clear();
}

TEST_F(ListTypeTest, TooDeepIsARecursionError) {
  const Ref<> a = nested(5'000);
  const Ref<> b = nested(5'000);
  EXPECT_EQ(compare_truth(CompareOp::kEqual, a.value(), b.value()), Truth::kFailed);
  EXPECT_EQ(raised(), "RecursionError: maximum recursion depth exceeded in comparison");
  EXPECT_EQ(compare_truth(CompareOp::kLess, a.value(), b.value()), Truth::kFailed);
  EXPECT_EQ(raised(), "RecursionError: maximum recursion depth exceeded in comparison");
  EXPECT_FALSE(repr(a.value()));
  EXPECT_EQ(raised(),
            "RecursionError: maximum recursion depth exceeded while getting the repr of "
            "an object");
  EXPECT_EQ(shown(nested(100).value()).size(), 201U);
}

// A repr that shortens the list.
TEST_F(ListTypeTest, ItMayChangeWhileItIsShown) {
  static List* shrinking = nullptr;
  Protocols slots;
  slots.repr = [](Value) noexcept -> Ref<> {
    shrinking->clear();
    return Str::of_ascii("gone");
  };
  Type* const ancestors[] = {&object_type()};
  Type* const type = Type::make({.name = "shrinking",
                                 .layout = &layout_of<Object>,
                                 .ancestors = ancestors,
                                 .protocols = slots});
  const Ref<List> list = List::of(Ref<>(new_object<Object>(*type)), number(1), number(2));
  shrinking = list.get();
  EXPECT_EQ(shown(list.value()), "[gone]");
  EXPECT_EQ(list->size(), 0U);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
