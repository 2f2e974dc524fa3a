#include "python/modules/loaded_modules.h"

#include "tests/python/modules/modules.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using LoadedModulesTest = ModulesTest;

TEST_F(LoadedModulesTest, BeginWithTheTwoThatComeBeforeAllOthers) {
  Ref<> found;
  ASSERT_EQ(loaded_modules().find(Value(name("sys").get()), found), Status::kDone);
  EXPECT_EQ(found.value(), Value(&sys_module()));
  EXPECT_EQ(text_of(get(Value(&python_builtins()), "__name__")), "builtins");
}

TEST_F(LoadedModulesTest, ANativeOneIsMadeOnce) {
  const NativeModule& errno_module = *find_native_module("errno");
  const Ref<> first = load_native(errno_module);
  Ref<> gone;
  ASSERT_EQ(loaded_modules().remove(Value(name("errno").get()), gone), Status::kDone);
  EXPECT_EQ(gone.value(), first.value());
  EXPECT_EQ(Ref<>(load_native(errno_module)).value(), first.value());
}

TEST_F(LoadedModulesTest, StartingAgainChangesNothing) {
  Module* const before = &sys_module();
  EXPECT_EQ(start_modules(), Status::kDone);
  EXPECT_EQ(&sys_module(), before);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
