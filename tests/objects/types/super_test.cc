#include "objects/types/super.h"

#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class SuperTest : public ObjectsTest {
 protected:
  static Ref<> above(Type& start, const Ref<>& self) {
    return new_of(super_type(), {Value(&start), self.value()});
  }
  static Type& speaker(const char* class_name, const std::vector<Type*>& bases,
                       ProgramFunction::Body body) {
    return a_class(class_name, bases, std::move(Body().method("say", body)));
  }

  Type& a_ = speaker("A", {}, [](auto) { return a_str("A"); });
  Type& b_ = speaker("B", {&a_}, [](auto) { return a_str("B"); });
  Type& c_ = speaker("C", {&a_}, [](auto) { return a_str("C"); });
  Type& d_ = speaker("D", {&b_, &c_}, [](auto) { return a_str("D"); });
};

TEST_F(SuperTest, FollowsTheOrderOfTheInstance) {
  const Ref<> object = new_of(d_);
  EXPECT_EQ(text_of(call_with(get(above(d_, object), "say").value())), "B");
  EXPECT_EQ(text_of(call_with(get(above(b_, object), "say").value())), "C");
  EXPECT_EQ(text_of(call_with(get(above(c_, object), "say").value())), "A");
  EXPECT_FALSE(get(above(a_, object), "say"));
  EXPECT_EQ(pending_text(), "'super' object has no attribute 'say'");
}

TEST_F(SuperTest, OfAClassItBindsToTheClass) {
  const Ref<> function = get(above(d_, Ref<>::of(Value(&d_))), "say");
  EXPECT_EQ(&type_of(function.value()), &ProgramFunction::type()) << "a function of a class is one";
}

TEST_F(SuperTest, WhatIsNoInstanceIsRefused) {
  EXPECT_FALSE(above(a_, an_int(1)));
  EXPECT_EQ(pending_text(), "super(type, obj): obj must be an instance or subtype of type");
  EXPECT_FALSE(new_of(super_type(), {Value::of_int(1)}));
  EXPECT_EQ(pending_text(), "super() argument 1 must be a type, not int");
  EXPECT_FALSE(new_of(super_type()));
  EXPECT_EQ(pending_text(), "super(): no arguments");
}

TEST_F(SuperTest, IsShown) {
  const Ref<> object = new_of(d_);
  EXPECT_EQ(text_of(repr(above(b_, object).value())), "<super: <class 'B'>, <D object>>");
  EXPECT_EQ(text_of(repr(new_of(super_type(), {Value(&b_)}).value())),
            "<super: <class 'B'>, NULL>");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
