// python/modules/collections/parts.h: what _collections is made of, by the files that have it.
//
// Each is called once, when the module is made. Tests: tests/python/modules/collections_test.cc
#pragma once

#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN::collections {

[[nodiscard]] Status add_default_dict(Module& module) noexcept;
[[nodiscard]] Status add_tuple_getter(Module& module) noexcept;
Ref<> count_elements(const Value* arguments) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::collections
