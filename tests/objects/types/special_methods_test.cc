#include "objects/types/special_methods.h"

#include <string>

#include "objects/types/exception_raise.h"
#include "objects/types/format.h"
#include "objects/types/list.h"
#include "objects/types/set.h"
#include "objects/types/slot_wrapper.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class SpecialMethodsTest : public ObjectsTest {
 protected:
  // A class whose one method returns what the body says.
  static Ref<> with(std::string_view method, ProgramFunction::Body body) {
    return new_of(a_class("C", {}, std::move(Body().method(method, body))));
  }
};

Ref<> the_number(std::span<const Value> arguments) {
  return an_int(static_cast<std::int64_t>(10 + arguments.size()));
}
Ref<> not_implemented(std::span<const Value>) { return Special::kNotImplemented; }

// --- From native slots to attributes. ---

TEST_F(SpecialMethodsTest, NativeSlotsAreAttributes) {
  const Ref<> add = get(Value(&int_type()), "__add__");
  EXPECT_EQ(text_of(repr(add.value())), "<slot wrapper '__add__' of 'int' objects>");
  EXPECT_EQ(text_of(call_with(add.value(), {Value::of_int(1), Value::of_int(2)})), "3");
  const Ref<> bound = get(Value::of_int(5), "__add__");
  EXPECT_EQ(text_of(call_with(bound.value(), {Value::of_int(2)})), "7");
  EXPECT_EQ(text_of(call_with(get(a_str("abc"), "__len__").value())), "3");
  EXPECT_EQ(call_with(get(Value::of_int(1), "__lt__").value(), {Value::of_int(2)}).value(),
            Value::kTrue);
  EXPECT_TRUE(get(Value(&dict_type()), "__hash__").value().is_none());
}

TEST_F(SpecialMethodsTest, TheirCallsAreChecked) {
  const Ref<> add = get(Value(&int_type()), "__add__");
  const auto refused = [&](std::vector<Value> values) {
    EXPECT_FALSE(call_with(add.value(), std::move(values)));
    return pending_text();
  };
  EXPECT_EQ(refused({}), "descriptor '__add__' of 'int' object needs an argument");
  EXPECT_EQ(refused({Value::of_int(1)}), "expected 1 argument, got 0");
  EXPECT_EQ(refused({Value::kNone, Value::of_int(1)}),
            "descriptor '__add__' requires a 'int' object but received a 'NoneType'");
}

TEST_F(SpecialMethodsTest, SlotsThatComeFromAttributesAreThoseThatMadeThem) {
  Type::for_each([](Type& type) {
    if (type.is_class()) return true;
    const TypeBlock& block = type.block();
    for (const SpecialMethod& method : kSpecialMethods) {
      const TypeEntry* const entry = block.find(*intern(method.name));
      const SlotWrapper* const wrapper = entry == nullptr ? nullptr : as_slot_wrapper(entry->value);
      if (wrapper == nullptr || method.form == SlotForm::kGetAttribute) continue;
      EXPECT_EQ(slot_at(block.protocols(), method.slot), wrapper->function())
          << type.name() << ' ' << method.name;
    }
    return true;
  });
}

// --- From attributes to slots. ---

TEST_F(SpecialMethodsTest, MethodsOfAClassFillItsSlots) {
  EXPECT_EQ(text_of(binary(BinaryOp::kAdd, with("__add__", the_number).value(), Value::of_int(1))),
            "12");
  EXPECT_EQ(text_of(binary(BinaryOp::kAdd, Value::of_int(1), with("__radd__", the_number).value())),
            "12");
  EXPECT_EQ(text_of(in_place(BinaryOp::kAdd, with("__iadd__", the_number).value(), Value::kNone)),
            "12");
  EXPECT_EQ(text_of(unary(UnaryOp::kNegative, with("__neg__", the_number).value())), "11");
  EXPECT_EQ(text_of(call_with(with("__call__", the_number).value(), {Value::kNone})), "12");
  EXPECT_EQ(text_of(get_item(with("__getitem__", the_number).value(), Value::kNone)), "12");
  std::size_t size = 0;
  EXPECT_EQ(length(with("__len__", the_number).value(), size), Status::kDone);
  EXPECT_EQ(size, 11U);
  std::int64_t hashed = 0;
  EXPECT_EQ(hash(with("__hash__", the_number).value(), hashed), Status::kDone);
  EXPECT_EQ(hashed, 11);
  EXPECT_EQ(truth(with("__bool__", [](auto) -> Ref<> { return Special::kFalse; }).value()),
            Truth::kFalse);
  EXPECT_EQ(text_of(repr(with("__repr__", [](auto) { return a_str("me"); }).value())), "me");
  EXPECT_EQ(text_of(format(
                with("__format__", [](auto arguments) { return Ref<>::of(arguments[1]); }).value(),
                a_str("spec").as<Str>())),
            "spec");
  EXPECT_EQ(text_of(str(with("__repr__", [](auto) { return a_str("me"); }).value())), "me");
}

TEST_F(SpecialMethodsTest, WhatTheyReturnIsChecked) {
  EXPECT_FALSE(repr(with("__repr__", the_number).value()));
  EXPECT_EQ(pending_text(), "__repr__ returned non-string (type int)");
  EXPECT_EQ(truth(with("__bool__", the_number).value()), Truth::kFailed);
  EXPECT_EQ(pending_text(), "__bool__ should return bool, returned int");
  std::int64_t hashed = 0;
  EXPECT_EQ(hash(with("__hash__", [](auto) { return a_str("x"); }).value(), hashed),
            Status::kFailed);
  EXPECT_EQ(pending_text(), "__hash__ method should return an integer");
  EXPECT_FALSE(call_with(get(Value::of_int(1), "__format__").value(), {Value::of_int(2)}));
  EXPECT_EQ(pending_text(), "__format__() argument must be str, not int");
  std::size_t size = 0;
  EXPECT_EQ(length(with("__len__", [](auto) { return an_int(-1); }).value(), size),
            Status::kFailed);
  EXPECT_EQ(pending_text(), "__len__() should return >= 0");
}

TEST_F(SpecialMethodsTest, NotImplementedAsksTheOther) {
  const Ref<> left = with("__add__", not_implemented);
  const Ref<> right = with("__radd__", the_number);
  EXPECT_EQ(text_of(binary(BinaryOp::kAdd, left.value(), right.value())), "12");
  EXPECT_FALSE(binary(BinaryOp::kAdd, left.value(), Value::of_int(1)));
  EXPECT_EQ(pending_text(), "unsupported operand type(s) for +: 'C' and 'int'");
}

TEST_F(SpecialMethodsTest, ASubclassGoesFirstIfItHasItsOwn) {
  const auto says_a = [](auto) { return a_str("A"); };
  const auto says_b = [](auto) { return a_str("B"); };
  Type& a =
      a_class("A", {}, std::move(Body().method("__add__", says_a).method("__radd__", says_b)));
  Type& same = a_class("B", {&a});
  Type& own =
      a_class("C", {&a}, std::move(Body().method("__radd__", [](auto) { return a_str("C"); })));
  const Ref<> object = new_of(a);
  EXPECT_EQ(text_of(binary(BinaryOp::kAdd, object.value(), new_of(same).value())), "A");
  EXPECT_EQ(text_of(binary(BinaryOp::kAdd, object.value(), new_of(own).value())), "C");
}

TEST_F(SpecialMethodsTest, EqualityWithoutAHashMakesUnhashable) {
  const Ref<> object = with("__eq__", [](auto) -> Ref<> { return Special::kTrue; });
  EXPECT_EQ(compare_truth(CompareOp::kEqual, object.value(), Value::of_int(3)), Truth::kTrue);
  EXPECT_EQ(compare_truth(CompareOp::kNotEqual, object.value(), Value::of_int(3)), Truth::kFalse);
  std::int64_t hashed = 0;
  EXPECT_EQ(hash(object.value(), hashed), Status::kFailed);
  EXPECT_EQ(pending_text(), "unhashable type: 'C'");
}

TEST_F(SpecialMethodsTest, NoneSwitchesOff) {
  Type& type = a_class(
      "E", {&dict_type()},
      std::move(Body().set("__iter__", Special::kNone).set("__contains__", Special::kNone)));
  const Ref<> object = new_object<Dict>(type);
  EXPECT_FALSE(iterate(object.value()));
  EXPECT_EQ(pending_text(), "'E' object is not iterable");
  EXPECT_EQ(contains(object.value(), Value::of_int(1)), Truth::kFailed);
  EXPECT_EQ(pending_text(), "'E' object is not a container");
}

TEST_F(SpecialMethodsTest, AChangeOfTheClassChangesItsSlots) {
  Type& base = a_class("A", {});
  Type& below = a_class("B", {&base});
  const Ref<> object = new_of(below);
  const Ref<> type = Ref<>::of(Value(&base));
  EXPECT_FALSE(call_with(object.value()));
  EXPECT_EQ(pending_text(), "'B' object is not callable");
  EXPECT_EQ(set(type, "__call__", ProgramFunction::make(the_number)), Status::kDone);
  EXPECT_EQ(text_of(call_with(object.value())), "11");
  EXPECT_EQ(set(type, "__call__", {}), Status::kDone);
  EXPECT_FALSE(call_with(object.value()));
  clear_error();
}

TEST_F(SpecialMethodsTest, AWrapperOfAnotherTypeDoesNotGiveItsSlot) {
  Type& type =
      a_class("C", {}, std::move(Body().set("__len__", get(Value(&str_type()), "__len__"))));
  std::size_t size = 0;
  EXPECT_EQ(length(new_of(type).value(), size), Status::kFailed);
  EXPECT_EQ(pending_text(), "descriptor '__len__' requires a 'str' object but received a 'C'");
}

TEST_F(SpecialMethodsTest, SubclassesOfNativeTypesKeepNativeSlots) {
  Type& type = a_class("MyDict", {&dict_type()});
  EXPECT_EQ(type.block().protocols().get_item, dict_type().block().protocols().get_item);
  EXPECT_EQ(type.block().protocols().compare, dict_type().block().protocols().compare);
  EXPECT_EQ(type.block().protocols().hash, nullptr);
}

// --- Attributes. ---

TEST_F(SpecialMethodsTest, WhatIsNotThereIsAskedOfGetattr) {
  const Ref<> object = with("__getattr__", [](auto arguments) { return Ref<>::of(arguments[1]); });
  EXPECT_EQ(text_of(get(object, "missing")), "missing");
  EXPECT_EQ(set(object, "x", an_int(1)), Status::kDone);
  EXPECT_EQ(text_of(get(object, "x")), "1");
}

TEST_F(SpecialMethodsTest, DescriptorsOfAProgramAreAsked) {
  Type& descriptor = a_class("D", {},
                             std::move(Body()
                                           .method("__get__", [](auto) { return a_str("got"); })
                                           .method("__set__", [](auto arguments) -> Ref<> {
                                             EXPECT_EQ(arguments.size(), 3U);
                                             return Special::kNone;
                                           })));
  Type& type = a_class("C", {}, std::move(Body().set("x", new_of(descriptor))));
  const Ref<> object = new_of(type);
  EXPECT_EQ(set(object, "x", an_int(1)), Status::kDone);
  EXPECT_EQ(text_of(get(object, "x")), "got");
  EXPECT_EQ(text_of(get(Value(&type), "x")), "got");
}

TEST_F(SpecialMethodsTest, MethodsAreBoundAndCalled) {
  Type& type = a_class("C", {}, std::move(Body().method("f", the_number)));
  const Ref<> object = new_of(type);
  const Ref<> bound = get(object, "f");
  EXPECT_EQ(&type_of(bound.value()), &bound_method_type());
  EXPECT_EQ(text_of(call_with(bound.value(), {Value::kNone})), "12");
  EXPECT_EQ(text_of(call_method(object.value(), *name("f"))), "11");
  EXPECT_EQ(set(object, "f", get(a_str("x"), "__len__")), Status::kDone);
  EXPECT_EQ(text_of(call_method(object.value(), *name("f"))), "1") << "its own goes first";
}

// --- Receivers. ---

// Another thread may have the same method-wrapper.
TEST_F(SpecialMethodsTest, WhatAMethodWrapperHoldsIsCountedForTheCall) {
  static bool was_unique = true;
  Protocols slots;
  slots.length = [](Value self, std::size_t& length) noexcept {
    was_unique = self.object()->is_unique();
    length = 1;
    return Status::kDone;
  };
  Type* const ancestors[] = {&object_type()};
  Type* const type = Type::make(
      {.name = "asked", .layout = &layout_of<Witness>, .ancestors = ancestors, .protocols = slots});
  ASSERT_EQ(define_slots(*type, slots), Status::kDone);
  const Ref<> bound = get(Ref<>(new_object<Witness>(*type)), "__len__");
  EXPECT_EQ(text_of(call_with(bound.value())), "1");
  EXPECT_FALSE(was_unique);
}

// --- Exceptions that are objects, as programs raise them. ---

Ref<> raise_as_object(ErrorKind kind) {
  raise(kind, {"by a program"});
  return raise_exception(take_exception());
}
Ref<> raise_stop(std::span<const Value>) { return raise_as_object(ErrorKind::kStopIteration); }
Ref<> raise_missing(std::span<const Value>) { return raise_as_object(ErrorKind::kAttribute); }
Ref<> raise_type_error(std::span<const Value>) { return raise_as_object(ErrorKind::kType); }

TEST_F(SpecialMethodsTest, AStopIterationThatIsAnObjectIsTheEnd) {
  const Ref<> iterator = with("__next__", raise_stop);
  Ref<> item;
  EXPECT_EQ(next(iterator.value(), item), Status::kDone);
  EXPECT_FALSE(item);
}

TEST_F(SpecialMethodsTest, AnAttributeErrorThatIsAnObjectSaysThatThereIsNone) {
  const Ref<> value = with("__getattribute__", raise_missing);
  Ref<> found;
  EXPECT_EQ(find_attribute(value.value(), *name("x"), found), Status::kDone);
  EXPECT_FALSE(found);
  const Ref<> asked = new_of(a_class(
      "C", {},
      std::move(
          Body().method("__getattribute__", raise_missing).method("__getattr__", the_number))));
  EXPECT_EQ(text_of(get(asked, "x")), "12");
}

TEST_F(SpecialMethodsTest, ATypeErrorThatIsAnObjectIsSeenByContainers) {
  const Ref<> mute = with("__iter__", raise_type_error);
  const Ref<List> list = List::make();
  EXPECT_EQ(list->replace_part(SliceBounds(), mute.value()), Status::kFailed);
  EXPECT_EQ(pending_text(), "can only assign an iterable");
  const Ref<Dict> dict = Dict::make();
  EXPECT_EQ(dict->update_from_pairs(List::of(mute.share()).value()), Status::kFailed);
  EXPECT_EQ(pending_text(), "cannot convert dictionary update sequence element #0 to a sequence");
  // A key that is a set is looked up as a frozenset.
  Type& unhashable =
      a_class("S", {&set_type()}, std::move(Body().method("__hash__", raise_type_error)));
  const Ref<Set> key = Set::make(unhashable);
  EXPECT_EQ(Set::make(set_type())->contains(key.value()), Truth::kFalse);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
