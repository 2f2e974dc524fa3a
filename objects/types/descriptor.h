// objects/types/descriptor.h: what an attribute of a type is as an attribute of an instance.
//
// An attribute whose type has `descriptor_get` says itself; others are what they are. One whose
// type has `descriptor_set` goes before what the instance has itself.
//
// May run any code. Values are borrowed: the caller counts them for the length of the call.
// Attached threads. Tests: tests/objects/types/native_function_test.cc
#pragma once

#include "objects/model/protocols.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

// As an attribute of `instance`, through its type.
[[nodiscard]] inline Ref<> bind(Value attribute, Value instance) noexcept {
  const DescriptorGet get = type_of(attribute).block().protocols().descriptor_get;
  return get == nullptr ? Ref<>::of(attribute)
                        : get(attribute, instance, Value(&type_of(instance)));
}

// As an attribute of the type `owner` itself.
[[nodiscard]] inline Ref<> bind_to_type(Value attribute, Value owner) noexcept {
  const DescriptorGet get = type_of(attribute).block().protocols().descriptor_get;
  return get == nullptr ? Ref<>::of(attribute) : get(attribute, Value(), owner);
}

// The type that a value is; null: it is none.
[[nodiscard]] inline Type* as_type(Value value) noexcept {
  if (!value.is_object()) return nullptr;
  const Type& meta = type_of(*value.object());
  const bool is_type = &meta == &type_type() || meta.is_subtype_of(type_type());
  return is_type ? static_cast<Type*>(value.object()) : nullptr;
}

}  // namespace orochi::inline OROCHI_DESIGN
