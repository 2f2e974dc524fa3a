#include "objects/types/dict_methods.h"

#include "memory/fault.h"
#include "objects/types/dict_view.h"
#include "objects/types/list.h"
#include "objects/types/set.h"
#include "tests/objects/types/method_calls.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class DictMethodsTest : public ObjectsTest {
 protected:
  static Ref<Dict> sample() {
    const Ref<Dict> dict = Dict::make();
    EXPECT_EQ(dict->set(str_of("a").value(), make_int(std::int64_t{1})), Status::kDone);
    EXPECT_EQ(dict->set(Value::of_int(2), str_of("\u6F22'")), Status::kDone);
    EXPECT_EQ(dict->set(Value::kNone, Tuple::of(Ref<>(Special::kTrue))), Status::kDone);
    return dict.share();
  }
  static std::string shown(Value value) {
    const Ref<> text = repr(value);
    return text ? std::string(text.as<Str>().ascii()) : "raised";
  }
};

TEST_F(DictMethodsTest, AreAsPythons) {
  OROCHI_NEED_PYTHON();
  MethodCalls calls;
  const Ref<Str> a = str_of("a");
  const Ref<Str> z = str_of("z");
  const Ref<List> unhashable = List::of(Ref<>(Special::kNone));
  for (const Value key : {a.value(), z.value(), Value::of_int(2), unhashable.value()}) {
    for (const char* const name : {"get", "pop", "setdefault"}) {
      calls.expect(sample().value(), name, {key});
      calls.expect(sample().value(), name, {key, Value::of_int(7)});
    }
  }
  for (const char* const name : {"popitem", "clear", "copy", "keys", "values", "items", "update"}) {
    calls.expect(sample().value(), name);
    calls.expect(Dict::make().value(), name);
  }
  const Ref<Tuple> pair = Tuple::of(str_of("n"), make_int(std::int64_t{1}));
  const Ref<List> pairs = List::of(pair.share());
  const Ref<List> wrong = List::of(Tuple::of(str_of("n")));
  const Ref<Dict> same = sample();
  for (const Value other : {same.value(), pairs.value(), wrong.value(), Value::of_int(1)})
    calls.expect(sample().value(), "update", {other});
  calls.expect(sample().value(), "get");
  calls.expect(sample().value(), "popitem", {Value::kNone});
  EXPECT_TRUE(calls.finish());
}

TEST_F(DictMethodsTest, KeywordsAreSetLast) {
  const Ref<Dict> dict = Dict::make();
  const Ref<Dict> named = Dict::make();
  ASSERT_EQ(named->set(str_of("a").value(), make_int(std::int64_t{9})), Status::kDone);
  const Ref<Dict> other = Dict::make();
  ASSERT_EQ(other->set(str_of("a").value(), make_int(std::int64_t{5})), Status::kDone);
  ASSERT_EQ(update_dict(*dict, other.value(), named.value()), Status::kDone);
  EXPECT_EQ(shown(dict.value()), "{'a': 9}");
}

TEST_F(DictMethodsTest, IsUpdatedInPlace) {
  const Ref<Dict> dict = Dict::make();
  const Ref<List> pairs = List::of(Tuple::of(str_of("k"), make_int(std::int64_t{1})));
  EXPECT_EQ(in_place(BinaryOp::kOr, dict.value(), pairs.value()).value(), dict.value());
  EXPECT_EQ(shown(dict.value()), "{'k': 1}");
  EXPECT_FALSE(binary(BinaryOp::kOr, dict.value(), pairs.value()));
  EXPECT_EQ(taken(), ErrorKind::kType) << "two dicts make a third, nothing else does";
  EXPECT_FALSE(in_place(BinaryOp::kOr, dict.value(), Value::of_int(1)));
  EXPECT_EQ(taken(), ErrorKind::kType);
}

TEST_F(DictMethodsTest, ADictInItselfIsShownOnce) {
  const Ref<Dict> dict = Dict::make();
  ASSERT_EQ(dict->set(Value::of_int(1), dict.share()), Status::kDone);
  ASSERT_EQ(dict->set(Value::of_int(2), DictView::make(*dict, DictPart::kValues)), Status::kDone);
  EXPECT_EQ(shown(dict.value()), "{1: {...}, 2: dict_values([{...}, ...])}");
  dict->clear();
  EXPECT_EQ(shown(dict.value()), "{}");
}

TEST_F(DictMethodsTest, NestedTooDeepIsARecursionError) {
  Ref<Dict> deep = Dict::make();
  for (int i = 0; i < 2'000; ++i) {
    Ref<Dict> outer = Dict::make();
    ASSERT_EQ(outer->set(Value::of_int(1), std::move(deep)), Status::kDone);
    deep = std::move(outer);
  }
  EXPECT_FALSE(repr(deep.value()));
  EXPECT_EQ(taken(), ErrorKind::kRecursion);
}

TEST_F(DictMethodsTest, FromkeysIsOfTheClass) {
  const Ref<Str> name = str_of("fromkeys");
  const Ref<Tuple> keys = Tuple::of(make_int(std::int64_t{1}), make_int(std::int64_t{2}));
  const Ref<Dict> made = Dict::from_keys(keys.value(), Value::kNone);
  EXPECT_EQ(shown(made.value()), "{1: None, 2: None}");
}

TEST_F(DictMethodsTest, ViewsAreSets) {
  const Ref<Dict> dict = Dict::make();
  for (const int key : {1, 2, 3})
    ASSERT_EQ(dict->set(Value::of_int(key), Ref<>(Special::kNone)), Status::kDone);
  const Ref<DictView> keys = DictView::make(*dict, DictPart::kKeys);
  const Ref<Tuple> other = Tuple::of(make_int(std::int64_t{2}), make_int(std::int64_t{4}));
  const Value view = keys.value();
  const auto numbers_of = [&](BinaryOp op, Value left, Value right) {
    const Ref<> made = binary(op, left, right);
    Set* const set = made ? as_any_set(made.value()) : nullptr;
    std::vector<std::int64_t> numbers;
    for (std::int64_t n = 0; set != nullptr && n < 6; ++n) {
      if (set->contains(Value::of_int(n)) == Truth::kTrue) numbers.push_back(n);
    }
    return numbers;
  };
  using Numbers = std::vector<std::int64_t>;
  EXPECT_EQ(numbers_of(BinaryOp::kAnd, view, other.value()), (Numbers{2}));
  EXPECT_EQ(numbers_of(BinaryOp::kSubtract, view, other.value()), (Numbers{1, 3}));
  EXPECT_EQ(numbers_of(BinaryOp::kSubtract, other.value(), view), (Numbers{4}));
  EXPECT_EQ(numbers_of(BinaryOp::kOr, view, other.value()), (Numbers{1, 2, 3, 4}));
  EXPECT_EQ(numbers_of(BinaryOp::kXor, view, other.value()), (Numbers{1, 3, 4}));
  EXPECT_FALSE(binary(BinaryOp::kAnd, view, Value::of_int(1)));
  EXPECT_EQ(Error::take().text(), "unsupported operand type(s) for &: 'dict_keys' and 'int'");
  EXPECT_EQ(call_method(view, "isdisjoint", {other.value()}).value(), Value::kFalse);
}

TEST_F(DictMethodsTest, WithoutMemoryNothingIsShown) {
  const Ref<Dict> dict = sample();
  for (std::uint64_t n = 0;; ++n) {
    Ref<> made;
    std::uint64_t allocations = 0;
    {
      const auto fault = fault::Injection::nth(n);
      made = repr(dict.value());
      allocations = fault.allocations();
    }
    if (allocations <= n) break;
    EXPECT_FALSE(made);
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
