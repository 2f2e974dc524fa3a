// objects/types/simple_namespace.h: types.SimpleNamespace: an object that is its attributes, and is
// shown, made and compared by them.
//
// Its attributes are those of an instance (objects/types/instance_attributes.h), where threads may
// meet. Attached threads; may run any code.
// Tests: tests/objects/types/simple_namespace_test.cc
#pragma once

#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/dict.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& simple_namespace_type() noexcept;
// Once, after make_native_function_types.
[[nodiscard]] Status make_simple_namespace_type() noexcept;

class SimpleNamespace : public Object {
 public:
  explicit SimpleNamespace(ShapeIndex shape) noexcept : Object(shape) {}
  // With the attributes that the dict, whose keys are strs, has.
  [[nodiscard]] static Ref<SimpleNamespace> make(Dict& attributes) noexcept;
};

}  // namespace orochi::inline OROCHI_DESIGN
