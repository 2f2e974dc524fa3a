#include "python/modules/native_module.h"

#include <algorithm>

#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using NativeModuleTest = ObjectsTest;

TEST_F(NativeModuleTest, RowsAreSortedAndEachNameIsThereOnce) {
  const auto all = native_modules();
  const auto is_before = [](const auto* a, const auto* b) { return a->name < b->name; };
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), is_before));
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end(),
                               [&](const auto* a, const auto* b) { return !is_before(a, b); }),
            all.end());
}

TEST_F(NativeModuleTest, HasItsNamesAndNoOther) {
  const NativeModule* const native = find_native_module("errno");
  ASSERT_NE(native, nullptr);
  EXPECT_EQ(find_native_module("errn"), nullptr);
  const Ref<> module = make_native_module(*native);
  EXPECT_EQ(text_of(get(module, "__name__")), "errno");
  EXPECT_EQ(text_of(get(module, "ENOENT")), "2");
  EXPECT_FALSE(get(module, "ENOSUCH"));
  EXPECT_EQ(pending_text(), "module 'errno' has no attribute 'ENOSUCH'");
}

TEST_F(NativeModuleTest, NumbersWithTwoNamesAreListedByThoseOfTheTable) {
  const Ref<> module = make_native_module(*find_native_module("errno"));
  const Ref<> codes = get(module, "errorcode");
  const auto named = [&](const char* name) {
    return text_of(get_item(codes.value(), get(module, name).value()));
  };
  EXPECT_EQ(named("EWOULDBLOCK"), "EAGAIN");
  EXPECT_EQ(named("EOPNOTSUPP"), "ENOTSUP");
  EXPECT_EQ(named("EDEADLK"), "EDEADLOCK");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
