#include "objects/types/module.h"

#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using ModuleTest = ObjectsTest;

TEST_F(ModuleTest, ItsAttributesAreTheItemsOfItsDict) {
  const Ref<> module = Module::make(name("m"));
  EXPECT_EQ(text_of(get(module, "__name__")), "m");
  EXPECT_TRUE(get(module, "__doc__").value().is_none());
  EXPECT_EQ(set(module, "x", an_int(1)), Status::kDone);
  EXPECT_EQ(text_of(get(module, "x")), "1");
  EXPECT_EQ(get(module, "__dict__").value(), Value(&module.as<Module>().dict()));
  Ref<> found;
  EXPECT_EQ(module.as<Module>().find(*name("x"), found), Status::kDone);
  EXPECT_EQ(text_of(found), "1");
  EXPECT_EQ(set(module, "x", {}), Status::kDone);
  EXPECT_FALSE(get(module, "x"));
  EXPECT_EQ(pending_text(), "module 'm' has no attribute 'x'");
  EXPECT_EQ(set(module, "x", {}), Status::kFailed);
  EXPECT_EQ(pending_text(), "module 'm' has no attribute 'x'");
}

TEST_F(ModuleTest, WhatIsNotThereIsAskedOfItsGetattr) {
  const Ref<> module = Module::make(name("m"));
  EXPECT_EQ(set(module, "__getattr__",
                ProgramFunction::make([](auto arguments) { return Ref<>::of(arguments[0]); })),
            Status::kDone);
  EXPECT_EQ(text_of(get(module, "lazy")), "lazy");
}

TEST_F(ModuleTest, IsMadeByAProgramToo) {
  const Ref<> own = a_str("m");
  const Ref<> module = new_of(module_type(), {own.value()});
  EXPECT_EQ(text_of(repr(module.value())), "<module 'm'>");
  EXPECT_EQ(set(module, "__file__", a_str("m.py")), Status::kDone);
  EXPECT_EQ(text_of(repr(module.value())), "<module 'm' from 'm.py'>");
  EXPECT_FALSE(new_of(module_type(), {Value::of_int(1)}));
  EXPECT_EQ(pending_text(), "module() argument 'name' must be str, not int");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
