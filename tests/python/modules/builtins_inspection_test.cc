#include "tests/python/modules/modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using BuiltinsInspectionTest = ModulesTest;

TEST_F(BuiltinsInspectionTest, Attributes) {
  const Ref<> object = new_of(a_class("A", {}));
  const Ref<> x = a_str("x");
  EXPECT_TRUE(builtin("setattr", {object.value(), x.value(), Value::of_int(3)}));
  EXPECT_EQ(text_of(builtin("getattr", {object.value(), x.value()})), "3");
  EXPECT_EQ(repr_text(builtin("hasattr", {object.value(), x.value()})), "True");
  EXPECT_TRUE(builtin("delattr", {object.value(), x.value()}));
  EXPECT_EQ(repr_text(builtin("hasattr", {object.value(), x.value()})), "False");
  EXPECT_EQ(text_of(builtin("getattr", {object.value(), x.value(), Value::of_int(4)})), "4");
  EXPECT_EQ(text_of(builtin("getattr", {object.value(), Value::of_int(2)})),
            "raised attribute name must be string, not 'int'");
}

TEST_F(BuiltinsInspectionTest, DirIsSorted) {
  Type& type = a_class("A", {}, std::move(Body().method("__dir__", [](auto) -> Ref<> {
                         return List::of(a_str("b"), a_str("a"));
                       })));
  EXPECT_EQ(repr_text(builtin("dir", {new_of(type).value()})), "['a', 'b']");
}

TEST_F(BuiltinsInspectionTest, VarsIsTheDict) {
  const Ref<> object = new_of(a_class("A", {}));
  ASSERT_EQ(set(object, "x", an_int(1)), Status::kDone);
  EXPECT_EQ(repr_text(builtin("vars", {object.value()})), "{'x': 1}");
  EXPECT_EQ(text_of(builtin("vars", {Value::of_int(1)})),
            "raised vars() argument must have __dict__ attribute");
}

TEST_F(BuiltinsInspectionTest, WhatAValueIs) {
  const Value number = Value::of_int(1);
  EXPECT_EQ(repr_text(builtin("callable", {Value(&object_type())})), "True");
  EXPECT_EQ(repr_text(builtin("callable", {number})), "False");
  EXPECT_EQ(repr_text(builtin("isinstance", {number, Value(&object_type())})), "True");
  EXPECT_EQ(repr_text(builtin("hash", {number})), "1");
  EXPECT_EQ(repr_text(builtin("len", {a_list(1, 2).value()})), "2");
  EXPECT_EQ(text_of(builtin("len", {number})), "raised object of type 'int' has no len()");
}

TEST_F(BuiltinsInspectionTest, NoTwoObjectsHaveTheSameId) {
  const Ref<> one = a_list();
  const Ref<> other = a_list();
  EXPECT_EQ(builtin("id", {one.value()}).value(), builtin("id", {one.value()}).value());
  EXPECT_NE(builtin("id", {one.value()}).value(), builtin("id", {other.value()}).value());
  EXPECT_NE(builtin("id", {Value::of_int(1)}).value(), builtin("id", {Value::of_int(2)}).value());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
