// The methods of sets, called as programs call them.
#include <sstream>

#include "objects/model/operations.h"
#include "objects/types/intern.h"
#include "objects/types/set_algebra.h"
#include "objects/types/tuple.h"
#include "tests/objects/types/sets.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class SetMethodsTest : public SetsTest {
 protected:
  static Ref<> call(const Ref<Set>& set, std::string_view name,
                    std::initializer_list<Value> arguments = {}) {
    const Ref<> method = type_of(set.value()).find(*intern(name));
    EXPECT_TRUE(method) << name;
    std::vector<Value> values{set.value()};
    values.insert(values.end(), arguments);
    return orochi::call(method.value(), {values.data(), values.size(), nullptr});
  }
  // type(*arguments)
  static Ref<> make(Type& type, std::initializer_list<Value> arguments) {
    return orochi::call(Value(&type), {std::data(arguments), arguments.size(), nullptr});
  }
  static Numbers keys(const Ref<>& result) {
    EXPECT_TRUE(result);
    return sorted(keys_of(result.as<Set>()));
  }
  static std::string text_of_failure(const Ref<>& result) {
    EXPECT_FALSE(result);
    return std::string(Error::take().text());
  }
};

TEST_F(SetMethodsTest, OfOneKey) {
  const Ref<Set> set = set_of({1, 2});
  EXPECT_TRUE(call(set, "add", {key_of(3)}).value().is_none());
  EXPECT_TRUE(call(set, "discard", {key_of(9)}).value().is_none());
  EXPECT_TRUE(call(set, "remove", {key_of(1)}).value().is_none());
  EXPECT_EQ(sorted(keys_of(set)), (Numbers{2, 3}));
  EXPECT_FALSE(call(set, "remove", {key_of(1)}));
  const Error error = Error::take();
  EXPECT_EQ(error.kind(), ErrorKind::kKey);
  EXPECT_EQ(error.value(), key_of(1));
  EXPECT_TRUE(call(set, "pop").value().is_int());
  EXPECT_TRUE(call(set, "clear").value().is_none());
  EXPECT_EQ(text_of_failure(call(set, "pop")), "pop from an empty set");
}

// The error carries the set that was asked for, not the frozenset that was looked up.
TEST_F(SetMethodsTest, RemoveNamesTheSetThatIsMissing) {
  const Ref<Set> key = set_of({5});
  EXPECT_FALSE(call(set_of({1}), "remove", {key.value()}));
  EXPECT_EQ(Error::take().value(), key.value());
}

TEST_F(SetMethodsTest, OfAnyNumberOfOthers) {
  const Ref<Set> set = set_of({1, 2, 3});
  const Ref<Set> two = set_of({2, 3, 4});
  const Ref<Set> three = frozenset_of({3, 5});
  const std::initializer_list<Value> both = {two.value(), three.value()};
  EXPECT_EQ(keys(call(set, "union", both)), (Numbers{1, 2, 3, 4, 5}));
  EXPECT_EQ(keys(call(set, "intersection", both)), (Numbers{3}));
  EXPECT_EQ(keys(call(set, "difference", both)), (Numbers{1}));
  for (const std::string_view name : {"union", "intersection", "difference"})
    EXPECT_EQ(keys(call(set, name)), (Numbers{1, 2, 3})) << name;
  EXPECT_TRUE(call(set, "intersection_update", both).value().is_none());
  EXPECT_EQ(keys_of(set), Numbers{3});
  EXPECT_TRUE(call(set, "update", both).value().is_none());
  EXPECT_TRUE(call(set, "difference_update", {three.value()}).value().is_none());
  EXPECT_EQ(sorted(keys_of(set)), (Numbers{2, 4}));
  EXPECT_TRUE(call(set, "symmetric_difference_update", {two.value()}).value().is_none());
  EXPECT_EQ(keys_of(set), Numbers{3});
  EXPECT_EQ(keys(call(set, "symmetric_difference", {three.value()})), Numbers{5});
}

TEST_F(SetMethodsTest, AFailedIntersectionLeavesTheSetAsItWas) {
  const Ref<Set> set = set_of({1, 2});
  const Ref<Set> other = set_of({1});
  EXPECT_EQ(text_of_failure(call(set, "intersection_update", {other.value(), key_of(1)})),
            "'int' object is not iterable");
  EXPECT_EQ(keys_of(set), (Numbers{1, 2}));
}

TEST_F(SetMethodsTest, AnIntersectionWithNothingChangesNothing) {
  const Ref<Set> set = set_of({1, 2, 3});
  EXPECT_EQ(set->discard(key_of(1)), Truth::kTrue);
  EXPECT_TRUE(call(set, "intersection_update").value().is_none());
  std::size_t place = 0;
  EXPECT_EQ(set->next(place).value(), key_of(2));
  EXPECT_EQ(place, 1U) << "its keys are where they were";
}

TEST_F(SetMethodsTest, Questions) {
  const Ref<Set> set = set_of({1, 2});
  EXPECT_EQ(call(set, "issubset", {set_of({1, 2, 3}).value()}).value(), Value::kTrue);
  EXPECT_EQ(call(set, "issuperset", {set_of({1, 3}).value()}).value(), Value::kFalse);
  EXPECT_EQ(call(set, "isdisjoint", {set_of({3}).value()}).value(), Value::kTrue);
}

TEST_F(SetMethodsTest, AFrozensetIsItsOwnCopyAndDoesNotChange) {
  const Ref<Set> frozen = frozenset_of({1});
  EXPECT_EQ(call(frozen, "copy").value(), frozen.value());
  const Ref<Set> set = set_of({1});
  EXPECT_NE(call(set, "copy").value(), set.value());
  for (const std::string_view name : {"add", "pop", "update", "clear"})
    EXPECT_FALSE(frozenset_type().find(*intern(name))) << name;
}

TEST_F(SetMethodsTest, AreMadeByTheirTypes) {
  const Ref<Set> source = set_of({1, 2});
  EXPECT_EQ(keys(make(set_type(), {})), Numbers{});
  EXPECT_EQ(keys(make(set_type(), {source.value()})), (Numbers{1, 2}));
  const Ref<> frozen = make(frozenset_type(), {source.value()});
  EXPECT_EQ(keys(frozen), (Numbers{1, 2}));
  EXPECT_EQ(make(frozenset_type(), {frozen.value()}).value(), frozen.value());
  EXPECT_EQ(text_of_failure(make(set_type(), {key_of(1)})), "'int' object is not iterable");
  EXPECT_EQ(text_of_failure(make(set_type(), {source.value(), source.value()})),
            "set expected at most 1 argument, got 2");
  EXPECT_EQ(text_of_failure(make(frozenset_type(), {source.value(), source.value()})),
            "frozenset expected at most 1 argument, got 2");
}

// __init__ again: the set begins anew.
TEST_F(SetMethodsTest, AreInitialisedAnew) {
  const Ref<Set> set = set_of({1, 2});
  EXPECT_TRUE(call(set, "__init__", {frozenset_of({3}).value()}).value().is_none());
  EXPECT_EQ(keys_of(set), Numbers{3});
}

TEST_F(SetMethodsTest, ChangeInPlace) {
  const Ref<Set> set = set_of({1, 2});
  const Ref<Set> other = frozenset_of({2, 3});
  const std::pair<BinaryOp, Numbers> steps[] = {{BinaryOp::kOr, {1, 2, 3}},
                                                {BinaryOp::kAnd, {2, 3}},
                                                {BinaryOp::kXor, {}},
                                                {BinaryOp::kOr, {2, 3}},
                                                {BinaryOp::kSubtract, {}}};
  for (const auto& [op, expected] : steps) {
    const Ref<> result = in_place(op, set.value(), other.value());
    EXPECT_EQ(result.value(), set.value());
    EXPECT_EQ(sorted(keys_of(set)), expected);
  }
  // A frozenset makes another one.
  const Ref<> made = in_place(BinaryOp::kOr, other.value(), set.value());
  EXPECT_NE(made.value(), other.value());
  EXPECT_EQ(text_of_failure(in_place(BinaryOp::kOr, set.value(), key_of(1))),
            "unsupported operand type(s) for |=: 'set' and 'int'");
}

TEST_F(SetMethodsTest, AreShownAsInPython) {
  const auto shown = [](const Ref<Set>& set) {
    const Ref<> text = repr(set.value());
    return std::string(text.as<Str>().ascii());
  };
  EXPECT_EQ(shown(set_of({})), "set()");
  EXPECT_EQ(shown(set_of({1, 2})), "{1, 2}");
  EXPECT_EQ(shown(frozenset_of({})), "frozenset()");
  EXPECT_EQ(shown(frozenset_of({1})), "frozenset({1})");
  const Ref<Set> nested = set_of({});
  ASSERT_EQ(nested->add(frozenset_of({3}).value()), Status::kDone);
  EXPECT_EQ(shown(nested), "{frozenset({3})}");
}

// A list in a set's key may lead back to the set.
TEST_F(SetMethodsTest, ShowsASetInItselfAsDots) {
  const Ref<Set> set = set_of({});
  static const Set* shown = nullptr;
  shown = set.get();
  static Type* const type = [] {
    Protocols slots;
    slots.hash = [](Value, std::int64_t& hash) noexcept {
      hash = 1;
      return Status::kDone;
    };
    slots.compare = [](CompareOp, Value, Value) noexcept {
      return Ref<>(Special::kNotImplemented);
    };
    slots.repr = [](Value) noexcept { return repr(Value(const_cast<Set*>(shown))); };
    Type* const ancestors[] = {&object_type()};
    return Type::make({.name = "back",
                       .layout = &layout_of<Witness>,
                       .ancestors = ancestors,
                       .protocols = slots});
  }();
  ASSERT_EQ(set->add(Ref<>(new_object<Witness>(*type)).value()), Status::kDone);
  const Ref<> text = repr(set.value());
  EXPECT_EQ(text.as<Str>().ascii(), "{set(...)}");
  set->clear();
}

TEST_F(SetMethodsTest, SayHowManyArgumentsTheyTake) {
  EXPECT_EQ(text_of_failure(call(set_of({}), "add")),
            "set.add() takes exactly one argument (0 given)");
  EXPECT_EQ(text_of_failure(call(set_of({}), "pop", {key_of(1)})),
            "set.pop() takes no arguments (1 given)");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
