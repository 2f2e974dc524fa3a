// objects/types/type_object.h: types as objects: what a program can ask and tell a class.
//
// Attached threads. Tests: tests/objects/types/class_test.cc
#pragma once

#include <string_view>

#include "objects/model/type.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// Of a native type, whose name may begin with that of its module and a dot, what is behind that.
[[nodiscard]] std::string_view plain_name(const Type& type) noexcept;
// "module.Outer.Name"; of builtins without the module.
[[nodiscard]] Ref<Str> full_name(Type& type) noexcept;

// What the type itself has of a name; empty: nothing, and nothing is raised.
[[nodiscard]] Ref<> find_own_of_type(const Type& type, const Object& name) noexcept;

// isinstance(value, kind), issubclass(type, kind): by __instancecheck__ and __subclasscheck__.
[[nodiscard]] Truth is_instance(Value value, Value kind) noexcept;
[[nodiscard]] Truth is_subclass(Value type, Value kind) noexcept;

// What object.__new__ says of a class with abstract methods.
Raised raise_abstract(const Type& type) noexcept;

// Once, after make_object_methods; the second is part of the first.
[[nodiscard]] Status make_type_methods() noexcept;
[[nodiscard]] Status define_type_listings() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
