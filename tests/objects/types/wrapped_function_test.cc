#include "objects/types/wrapped_function.h"

#include "tests/objects/types/lists.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class WrappedFunctionTest : public SequencesTest {
 protected:
  // Something with the attributes of functions.
  static Ref<> function() {
    static Type& type =
        a_class("function_like", {},
                std::move(Body().method("__repr__", [](auto) { return a_str("<f>"); })));
    Ref<> made = new_of(type);
    EXPECT_EQ(set(made, "__name__", a_str("f")), Status::kDone);
    EXPECT_EQ(set(made, "__qualname__", a_str("C.f")), Status::kDone);
    EXPECT_EQ(set(made, "__doc__", a_str("what f does")), Status::kDone);
    return made;
  }
};

TEST_F(WrappedFunctionTest, SaysOfItselfWhatTheFunctionSays) {
  for (Type* const kind : {&static_method_type(), &class_method_type()}) {
    const Ref<> inner = function();
    const Ref<> wrapper = new_of(*kind, {inner.value()});
    ASSERT_TRUE(wrapper) << pending_text();
    EXPECT_EQ(text_of(get(wrapper, "__name__")), "f");
    EXPECT_EQ(text_of(get(wrapper, "__qualname__")), "C.f");
    EXPECT_EQ(text_of(get(wrapper, "__doc__")), "what f does");
    EXPECT_EQ(get(wrapper, "__wrapped__").value(), inner.value());
    EXPECT_EQ(get(wrapper, "__func__").value(), inner.value());
    EXPECT_EQ(shown(wrapper.value()), "<" + std::string(kind->name()) + "(<f>)>");
    EXPECT_EQ(set(wrapper, "mine", an_int(1)), Status::kDone);
    EXPECT_EQ(text_of(get(wrapper, "mine")), "1");
  }
}

TEST_F(WrappedFunctionTest, IsAbstractIfTheFunctionIs) {
  const Ref<> inner = function();
  const Ref<> wrapper = new_of(static_method_type(), {inner.value()});
  EXPECT_EQ(get(wrapper, "__isabstractmethod__").value(), Value::kFalse);
  ASSERT_EQ(set(inner, "__isabstractmethod__", Special::kTrue), Status::kDone);
  EXPECT_EQ(get(wrapper, "__isabstractmethod__").value(), Value::kTrue);
}

TEST_F(WrappedFunctionTest, AnyValueCanBeWrapped) {
  const Ref<> wrapper = new_of(static_method_type(), {key_of(5)});
  EXPECT_EQ(shown(wrapper.value()), "<staticmethod(5)>");
  Type& sub = a_class("Sub", {&static_method_type()});
  EXPECT_EQ(shown(new_of(sub, {key_of(5)}).value()), "<staticmethod(5)>");
}

TEST_F(WrappedFunctionTest, WrongCallsAreWordedAsPythonWordsThem) {
  EXPECT_FALSE(new_of(class_method_type(), {key_of(1), key_of(2)}));
  EXPECT_EQ(raised(), "TypeError: classmethod expected 1 argument, got 2");
  const Ref<Tuple> names = Tuple::of(name("x"));
  const Value values[] = {key_of(1)};
  EXPECT_FALSE(call(Value(&static_method_type()), {values, 0, names.get()}));
  EXPECT_EQ(raised(), "TypeError: staticmethod() takes no keyword arguments");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
