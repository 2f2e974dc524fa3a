#include "objects/types/wrapped_function.h"

#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/bound_method.h"
#include "objects/types/digits.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/object_type.h"
#include "objects/types/str_builder.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_wrapped_function_types.
constinit Type* g_static_method = nullptr;
constinit Type* g_class_method = nullptr;

// Nothing: it was never initialised, and a RuntimeError is pending.
[[nodiscard]] Ref<> function_of(Value self) noexcept {
  Ref<> function = static_cast<WrappedFunction&>(*self.object()).function();
  if (!function)
    return raise(ErrorKind::kRuntime, {"uninitialized ", type_of(self).name(), " object"});
  return function;
}

Ref<> static_method_get(Value self, Value, Value) noexcept { return function_of(self); }

Ref<> static_method_call(Value self, const Arguments& arguments) noexcept {
  const Ref<> function = function_of(self);
  return function ? call(function.value(), arguments) : Ref<>();
}

// What the function is as an attribute of the class, or else bound to that.
Ref<> class_method_get(Value self, Value instance, Value owner) noexcept {
  Ref<> function = function_of(self);
  if (!function) return kRaised;
  const Value type = owner.is_empty() ? Value(&type_of(instance)) : owner;
  const DescriptorGet get = type_of(function.value()).block().protocols().descriptor_get;
  if (get != nullptr) return get(function.value(), type, type);
  return BoundMethod::make(std::move(function), Ref<>::of(type));
}

// <staticmethod(<function f at 0x...>)>
Ref<> wrapped_repr(Value self) noexcept {
  const Ref<> function = function_of(self);
  StrBuilder out;
  out.add("<");
  out.add(type_of(self).is_subtype_of(*g_static_method) ? "staticmethod(" : "classmethod(");
  if (!function || failed(out.add_repr(function.value()))) return kRaised;
  out.add(")>");
  return out.finish();
}

// --- What a program sees. ---

Ref<> wrapped_new(const Value* arguments) noexcept {
  return WrappedFunction::make(static_cast<Type&>(*arguments[0].object()), Ref<>());
}

// What a function says of itself its wrapper says too.
[[nodiscard]] Status copy_attributes(Value function, Value wrapper) noexcept {
  Str* const all[] = {names().module, names().name, names().qualified_name, names().doc,
                      names().annotations};
  for (Str* const name : all) {
    Ref<> value;
    if (failed(find_attribute(function, *name, value))) return kRaised;
    if (value && failed(set_attribute(wrapper, *name, std::move(value)))) return kRaised;
  }
  return Status::kDone;
}

Ref<> wrapped_init(const Value* arguments) noexcept {
  if (!arguments[2].is_empty())
    return raise(ErrorKind::kType, {type_of(arguments[0]).name(), "() takes no keyword arguments"});
  const auto& given = static_cast<const Tuple&>(*arguments[1].object());
  if (given.size() != 1)
    return raise(ErrorKind::kType, {type_of(arguments[0]).name(), " expected 1 argument, got ",
                                    Digits(given.size()).text()});
  static_cast<WrappedFunction&>(*arguments[0].object()).set_function(given.load(0));
  return none_or_raised(copy_attributes(given[0], arguments[0]));
}

// What the function says, or nothing is abstract.
Ref<> is_abstract(Value self) noexcept {
  const Ref<> function = function_of(self);
  Ref<> mark;
  if (!function || failed(find_attribute(function.value(), *names().is_abstract_method, mark)))
    return kRaised;
  const Truth answer = mark ? truth(mark.value()) : Truth::kFalse;
  if (failed(answer)) return kRaised;
  return answer == Truth::kTrue ? Special::kTrue : Special::kFalse;
}

constexpr NativeSpec kNew[] = {{"__new__(cls, /, *args, **kwargs)", wrapped_new}};
constexpr NativeSpec kMethods[] = {{"__init__(self, /, *args, **kwargs)", wrapped_init}};
constexpr AttributeSpec kAttributes[] = {
    {"__func__", function_of},
    {"__wrapped__", function_of},
    {"__isabstractmethod__", is_abstract},
};

[[nodiscard]] Status define(Type& type) noexcept {
  if (failed(define_static_methods(type, kNew)) || failed(define_methods(type, kMethods)) ||
      failed(define_attributes(type, kAttributes)))
    return kRaised;
  const Ref<> dict = make_dict_attribute(type);
  return dict ? type.set(*names().dict, dict.share()) : Status{kRaised};
}

[[nodiscard]] Type* make_type(std::string_view name, const Protocols& slots) noexcept {
  Type* const ancestors[] = {&object_type()};
  return Type::make({.name = name,
                     .layout = &layout_of<WrappedFunction>,
                     .ancestors = ancestors,
                     .protocols = slots,
                     .parts = {.is_open = true}});
}

}  // namespace

Type& static_method_type() noexcept { return *g_static_method; }
Type& class_method_type() noexcept { return *g_class_method; }

Ref<WrappedFunction> WrappedFunction::make(Type& kind, Ref<> function) noexcept {
  return new_object<WrappedFunction>(kind, std::move(function));
}

Status define_wrapped_function_methods() noexcept {
  return failed(define(*g_static_method)) ? Status::kFailed : define(*g_class_method);
}

Status make_wrapped_function_types() noexcept {
  Protocols of_static;
  of_static.descriptor_get = static_method_get;
  of_static.call = static_method_call;
  of_static.repr = wrapped_repr;
  g_static_method = make_type("staticmethod", of_static);
  if (g_static_method == nullptr) return kRaised;
  Protocols of_class;
  of_class.descriptor_get = class_method_get;
  of_class.repr = wrapped_repr;
  g_class_method = make_type("classmethod", of_class);
  return g_class_method == nullptr ? Status{kRaised} : Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
