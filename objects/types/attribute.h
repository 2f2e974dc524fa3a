// objects/types/attribute.h: reading and writing attributes, as `object` and `type` do it.
//
// Of an instance, what is found first:
//
//     1  an attribute of its type that has __get__ and __set__: it says
//     2  the instance's own attribute          (objects/types/instance_attributes.h)
//     3  another attribute of its type: as a method, or as it is (objects/types/descriptor.h)
//
// Of a class, the same with the class and its ancestors in place of the instance, and what is found
// there is asked what it is to a class.
//
// `call_method` finds a method and calls it without making the bound method in between, wherever
// the attribute's type says that this is the same (Protocols::takes_self).
//
// A name is an interned str. Attached threads; all may run any code. Values are borrowed.
// Tests: tests/objects/types/special_methods_test.cc, tests/objects/types/class_test.cc
#pragma once

#include <span>
#include <string_view>

#include "objects/model/protocols.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// For the slots of types whose values have attributes in the ordinary way.
[[nodiscard]] Ref<> generic_get_attribute(Value self, Object& name) noexcept;
[[nodiscard]] Status generic_set_attribute(Value self, Object& name, Ref<> value) noexcept;
// For those of `type` and its subtypes.
[[nodiscard]] Ref<> type_get_attribute(Value self, Object& name) noexcept;
[[nodiscard]] Status type_set_attribute(Value self, Object& name, Ref<> value) noexcept;

// value.name(...), where `arguments` begin behind the receiver.
[[nodiscard]] Ref<> call_method(Value value, Str& name, const Arguments& arguments) noexcept;
[[nodiscard]] inline Ref<> call_method(Value value, Str& name) noexcept {
  return call_method(value, name, Arguments());
}

// For whoever calls value.name with the value as first argument: what to call. Done and nothing in
// `method`: read the attribute and call that, without the value.
[[nodiscard]] Status find_method(Value value, Str& name, Ref<>& method) noexcept;

// As operations.h does, but an attribute that is not there is no failure: done, and nothing in
// `result`.
[[nodiscard]] Status find_attribute(Value value, Object& name, Ref<>& result) noexcept;

// What a type has of the name, bound to `self`, past what the instance has itself: as the language
// finds special methods. Done and nothing in `result`: it has none.
[[nodiscard]] Status find_special(Value self, const Str& name, Ref<>& result) noexcept;
// The same, called with `values`, of which the first is the receiver. False in `found`: there is
// none, and nothing was called.
[[nodiscard]] Ref<> call_special(std::span<const Value> values, const Str& name,
                                 bool& found) noexcept;

// The interned str of a name; a value that is no str is a TypeError.
[[nodiscard]] Ref<Str> attribute_name(Value value) noexcept;
// 'int' object has no attribute 'x'
Raised raise_no_attribute(Value value, const Object& name) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
