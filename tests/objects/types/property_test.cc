#include "objects/types/property.h"

#include "objects/types/wrapped_function.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using PropertyTest = ObjectsTest;

Ref<> read(std::span<const Value> arguments) { return get(arguments[0], "kept"); }
Ref<> write(std::span<const Value> arguments) {
  return set(Ref<>::of(arguments[0]), "kept", Ref<>::of(arguments[1])) == Status::kDone
             ? Ref<>(Special::kNone)
             : Ref<>();
}

TEST_F(PropertyTest, FunctionsReadAndWrite) {
  const Ref<> getter = ProgramFunction::make(read);
  const Ref<> setter = ProgramFunction::make(write);
  Type& type = a_class(
      "C", {},
      std::move(Body().set("x", new_of(property_type(), {getter.value(), setter.value()}))));
  const Ref<> object = new_of(type);
  EXPECT_EQ(set(object, "x", an_int(4)), Status::kDone);
  EXPECT_EQ(text_of(get(object, "x")), "4");
  EXPECT_EQ(text_of(get(object, "kept")), "4");
  EXPECT_EQ(set(object, "x", {}), Status::kFailed);
  EXPECT_EQ(pending_text(), "property 'x' of 'C' object has no deleter");
  EXPECT_EQ(get(get(Value(&type), "x"), "fget").value(), getter.value());
}

TEST_F(PropertyTest, WhatItHasNotIsSaid) {
  Type& type = a_class("C", {}, std::move(Body().set("x", new_of(property_type()))));
  const Ref<> object = new_of(type);
  EXPECT_FALSE(get(object, "x"));
  EXPECT_EQ(pending_text(), "property 'x' of 'C' object has no getter");
  EXPECT_EQ(set(object, "x", an_int(1)), Status::kFailed);
  EXPECT_EQ(pending_text(), "property 'x' of 'C' object has no setter");
}

// For whoever asks whether there is an attribute (hasattr, getattr with a default).
TEST_F(PropertyTest, OneThatRaisesAttributeErrorIsNotThere) {
  const Ref<> getter = ProgramFunction::make(
      [](auto) -> Ref<> { return raise(ErrorKind::kAttribute, {"not now"}); });
  Type& type =
      a_class("C", {}, std::move(Body().set("x", new_of(property_type(), {getter.value()}))));
  const Ref<> object = new_of(type);
  Ref<> found;
  EXPECT_EQ(find_attribute(object.value(), *name("x"), found), Status::kDone);
  EXPECT_FALSE(found);
  EXPECT_EQ(pending_kind(), ErrorKind::kNone);
  EXPECT_FALSE(get(object, "x"));
  EXPECT_EQ(pending_text(), "not now");
}

TEST_F(PropertyTest, ACopyHasAnotherFunction) {
  const Ref<> getter = ProgramFunction::make(read);
  const Ref<> setter = ProgramFunction::make(write);
  const Ref<> first = new_of(property_type(), {getter.value()});
  const Ref<> second = call_with(get(first, "setter").value(), {setter.value()});
  EXPECT_EQ(get(second, "fget").value(), getter.value());
  EXPECT_EQ(get(second, "fset").value(), setter.value());
  EXPECT_TRUE(get(first, "fset").value().is_none());
}

TEST_F(PropertyTest, StaticAndClassMethodsAreNotBoundToInstances) {
  const Ref<> function = ProgramFunction::make(
      [](auto arguments) -> Ref<> { return an_int(static_cast<std::int64_t>(arguments.size())); });
  const Ref<> of_class =
      ProgramFunction::make([](auto arguments) -> Ref<> { return Ref<>::of(arguments[0]); });
  Type& type = a_class("C", {},
                       std::move(Body()
                                     .set("s", new_of(static_method_type(), {function.value()}))
                                     .set("c", new_of(class_method_type(), {of_class.value()}))));
  const Ref<> object = new_of(type);
  EXPECT_EQ(text_of(call_with(get(object, "s").value())), "0");
  EXPECT_EQ(call_with(get(object, "c").value()).value(), Value(&type));
  EXPECT_EQ(call_with(get(Value(&type), "c").value()).value(), Value(&type));
  EXPECT_FALSE(new_of(static_method_type()));
  EXPECT_EQ(pending_text(), "staticmethod expected 1 argument, got 0");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
