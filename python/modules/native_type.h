// python/modules/native_type.h: types of native modules.
//
//     g_count = add_native_type(module, {.name = "itertools.count", .layout = &layout_of<Count>,
//                                        .slots = iterator_slots<Count>(), .statics = kCountNew});
//     if (g_count == nullptr) return kRaised;
//
// A type lives as long as the process, so it is made once, by NativeModule::complete.
//
// Attached threads. Tests: tests/python/modules/itertools_test.cc
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "objects/model/error.h"
#include "objects/model/protocols.h"
#include "objects/model/type.h"
#include "objects/types/generic_alias.h"
#include "objects/types/native_function.h"
#include "objects/types/tuple.h"
#include "python/modules/native_module.h"

namespace orochi::inline OROCHI_DESIGN {

struct NativeTypeSpec {
  std::string_view name;  // with that of its module before it
  const Layout* layout = nullptr;
  Protocols slots{};
  std::span<const NativeSpec> statics{};  // __new__ among them
  std::span<const NativeSpec> methods{};
  std::span<const NativeSpec> class_methods{};
  std::span<const AttributeSpec> attributes{};
  std::string_view doc{};
  Type* base = nullptr;  // null: object
  bool is_weakly_referable = false;
  bool has_dict = false;
  bool is_final = false;
};

// Null: it raised.
[[nodiscard]] Type* make_native_type(const NativeTypeSpec& spec) noexcept;
// And adds it to the module. Null: it raised.
[[nodiscard]] Type* add_native_type(Module& module, const NativeTypeSpec& spec) noexcept;

// For types that are written with arguments: deque[int].
inline constexpr NativeSpec kClassGetItem{"__class_getitem__(cls, item, /)", class_with_arguments,
                                          "See PEP 585"};

// For functions behind __new__, which get the class as their first argument.
[[nodiscard]] inline Type& wanted_type(const Value* arguments) noexcept {
  return static_cast<Type&>(*arguments[0].object());
}
// Requires: the value is a T.
template <class T>
[[nodiscard]] T& object_of(Value value) noexcept {
  return static_cast<T&>(*value.object());
}
[[nodiscard]] inline Ref<> ref_of(Value value) noexcept { return Ref<>::of(value); }
// What a program is given for a value that may be empty.
[[nodiscard]] inline Ref<> or_none(Ref<> value) noexcept {
  return value ? std::move(value) : Ref<>(Special::kNone);
}
[[nodiscard]] inline Ref<> truth_value(bool truth) noexcept {
  return Value::of_bool(truth).as_special();
}
// Of values that are all there. Empty: one is not, as it raised.
template <class... Items>
[[nodiscard]] Ref<Tuple> whole_tuple(Items&&... items) noexcept {
  std::array<Ref<>, sizeof...(Items)> all{Ref<>(std::forward<Items>(items))...};
  for (const Ref<>& item : all)
    if (!item) return kRaised;
  return Tuple::make(all);
}
// The setter of attributes that cannot be written and say so in a member's words.
inline Status refuse_write(Value, Ref<>) noexcept {
  return raise(ErrorKind::kAttribute, {"readonly attribute"});
}
// None and what was not given are nothing.
[[nodiscard]] inline Ref<> unless_none(Value value) noexcept {
  return value.is_empty() || value.is_none() ? Ref<>() : Ref<>::of(value);
}

}  // namespace orochi::inline OROCHI_DESIGN
