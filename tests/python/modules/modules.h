// tests/python/modules/modules.h: calling the functions of native modules from tests.
#pragma once

#include <string>
#include <vector>

#include "objects/types/list.h"
#include "objects/types/tuple.h"
#include "python/modules/loaded_modules.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN::testing {

class ModulesTest : public ObjectsTest {
 protected:
  void SetUp() override {
    ObjectsTest::SetUp();
    ASSERT_EQ(start_modules(), Status::kDone) << pending_text();
  }
};

// module.function(values...)
[[nodiscard]] inline Ref<> call_in(std::string_view module, std::string_view function,
                                   std::vector<Value> values = {}) {
  Ref<> found;
  EXPECT_EQ(loaded_modules().find(Value(name(module).get()), found), Status::kDone);
  EXPECT_TRUE(found) << module << " is not loaded";
  const Ref<> callee = get(found, function);
  return callee ? call_with(callee.value(), std::move(values)) : Ref<>();
}
[[nodiscard]] inline Ref<> builtin(std::string_view function, std::vector<Value> values = {}) {
  return call_in("builtins", function, std::move(values));
}

[[nodiscard]] inline std::string repr_text(const Ref<>& value) {
  return value ? text_of(repr(value.value())) : text_of(Ref<>());
}

template <class... Items>
[[nodiscard]] Ref<> a_list(Items... items) {
  return List::of(an_int(items)...);
}

}  // namespace orochi::inline OROCHI_DESIGN::testing
