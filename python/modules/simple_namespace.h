// python/modules/simple_namespace.h: types.SimpleNamespace: an object that has the attributes that
// it is given. It has no module of its own: `types` takes it from sys.implementation.
//
// Attached threads; attributes as those of any instance (objects/types/instance_attributes.h).
// Tests: tests/python/modules/simple_namespace_test.cc
#pragma once

#include "objects/model/type.h"
#include "objects/types/dict.h"

namespace orochi::inline OROCHI_DESIGN {

// Once, by the module `sys`.
[[nodiscard]] Status make_simple_namespace_type() noexcept;
[[nodiscard]] Type& simple_namespace_type() noexcept;
// With the items of a dict as attributes.
[[nodiscard]] Ref<> make_simple_namespace(Dict& attributes) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
