// objects/types/object_type.h: what every value can do: the type `object`.
//
// Attached threads. Tests: tests/objects/types/class_test.cc
#pragma once

#include "objects/model/protocols.h"
#include "objects/model/type.h"
#include "objects/types/dict.h"

namespace orochi::inline OROCHI_DESIGN {

// Once, after start_special_methods.
[[nodiscard]] Status make_object_methods() noexcept;

// "<module.Name object at 0x...>"
[[nodiscard]] Ref<> plain_repr(Value self) noexcept;

// The attribute __dict__ of instances, for a class that brings it.
[[nodiscard]] Ref<> make_dict_attribute(Type& owner) noexcept;

// callee(**keywords); null: without arguments.
[[nodiscard]] Ref<> call_with_dict(Value callee, Dict* keywords) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
