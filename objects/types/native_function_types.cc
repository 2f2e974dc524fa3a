// The types of native functions, methods and attributes: how they are called, bound and shown.
#include "objects/model/new_object.h"
#include "objects/types/descriptor.h"
#include "objects/types/digits.h"
#include "objects/types/native_function.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_native_function_types, before anything is defined.
constinit Type* g_builtin_function = nullptr;
constinit Type* g_method_descriptor = nullptr;
constinit Type* g_class_method_descriptor = nullptr;
constinit Type* g_attribute_descriptor = nullptr;

template <class T>
[[nodiscard]] const T& as(Value self) noexcept {
  return static_cast<const T&>(*self.object());
}

[[nodiscard]] std::string_view name_of(const NativeDefinition& definition) noexcept {
  return definition.signature->name_text();
}

// "descriptor 'append' for 'list' objects doesn't apply to a 'int' object"
Raised raise_does_not_apply(std::string_view name, const Type& owner, Value to) noexcept {
  return raise(ErrorKind::kType,
               {"descriptor '", name, "' for '", owner.name(), "' objects doesn't apply to a '",
                type_of(to).name(), "' object"});
}

// --- builtin_function_or_method. ---

// What it is bound to: an object, or for static methods and constructors the type that has it.
[[nodiscard]] Value holder_of(const BuiltinFunction& function) noexcept {
  if (!function.self().is_empty()) return function.self();
  Type* const owner = function.definition().owner;
  return owner == nullptr ? Value() : Value(owner);
}

// A constructor gets the class among its arguments: it is no method.
Ref<> builtin_call(Value self, const Arguments& arguments) noexcept {
  const auto& function = as<BuiltinFunction>(self);
  const NativeDefinition& definition = function.definition();
  if (function.self().is_empty() && definition.signature->receivers() != 0)
    return call_constructor(definition, arguments);
  // Counted: threads may share the function, and what is called asks whether it is alone.
  const Ref<> receiver = Ref<>::of(function.self());
  return call_native(definition, receiver.value(), arguments);
}

Ref<> builtin_repr(Value self) noexcept {
  const auto& function = as<BuiltinFunction>(self);
  const std::string_view name = name_of(function.definition());
  const Value holder = holder_of(function);
  if (holder.is_empty()) return str_of({"<built-in function ", name, ">"});
  const void* const place = holder.is_object() ? holder.object() : nullptr;
  return str_of({"<built-in method ", name, " of ", type_of(holder).name(), " object at ",
                 Address(place).text(), ">"});
}

// Two bound to the same object are equal: the object's own equality is not asked.
Ref<> builtin_compare(CompareOp op, Value self, Value other) noexcept {
  const bool asks_equality = op == CompareOp::kEqual || op == CompareOp::kNotEqual;
  if (!asks_equality || !other.is_object() || &type_of(other) != g_builtin_function)
    return Special::kNotImplemented;
  const auto& a = as<BuiltinFunction>(self);
  const auto& b = as<BuiltinFunction>(other);
  const bool equal = &a.definition() == &b.definition() && a.self() == b.self();
  return Value::of_bool(equal == (op == CompareOp::kEqual)).as_special();
}

Status builtin_hash(Value self, std::int64_t& hash) noexcept {
  const auto& function = as<BuiltinFunction>(self);
  const auto definition = reinterpret_cast<std::uintptr_t>(&function.definition()) >> 4;
  hash = static_cast<std::int64_t>(definition ^ function.self().word() >> 4);
  return Status::kDone;
}

// --- method_descriptor. ---

Ref<> method_call(Value self, const Arguments& arguments) noexcept {
  return call_native_unbound(as<MethodDescriptor>(self).definition(), arguments);
}

Ref<> method_get(Value self, Value instance, Value) noexcept {
  if (instance.is_empty()) return Ref<>::of(self);
  const NativeDefinition& definition = as<MethodDescriptor>(self).definition();
  if (!type_of(instance).is_subtype_of(*definition.owner))
    return raise_does_not_apply(name_of(definition), *definition.owner, instance);
  return BuiltinFunction::make(definition, Ref<>::of(instance));
}

// classmethod_descriptors too.
Ref<> method_repr(Value self) noexcept {
  const NativeDefinition& definition = as<MethodDescriptor>(self).definition();
  return str_of(
      {"<method '", name_of(definition), "' of '", definition.owner->name(), "' objects>"});
}

// --- classmethod_descriptor. ---

[[nodiscard]] Status check_class(const NativeDefinition& definition, Value value) noexcept {
  const Type& owner = *definition.owner;
  const Type* const type = as_type(value);
  if (type == nullptr)
    return raise(ErrorKind::kType,
                 {"descriptor '", name_of(definition), "' for type '", owner.name(),
                  "' needs a type, not a '", type_of(value).name(), "' as arg 2"});
  if (!type->is_subtype_of(owner))
    return raise(ErrorKind::kType,
                 {"descriptor '", name_of(definition), "' requires a subtype of '", owner.name(),
                  "' but received '", type->name(), "'"});
  return Status::kDone;
}

Ref<> class_method_get(Value self, Value instance, Value owner) noexcept {
  const NativeDefinition& definition = as<MethodDescriptor>(self).definition();
  const Value type = owner.is_empty() ? Value(&type_of(instance)) : owner;
  if (failed(check_class(definition, type))) return kRaised;
  return BuiltinFunction::make(definition, Ref<>::of(type));
}

Ref<> class_method_call(Value self, const Arguments& arguments) noexcept {
  const NativeDefinition& definition = as<MethodDescriptor>(self).definition();
  if (arguments.positional == 0)
    return raise(ErrorKind::kType, {"descriptor '", name_of(definition), "' of '",
                                    definition.owner->name(), "' object needs an argument"});
  const Value type = arguments.values[0];
  if (failed(check_class(definition, type))) return kRaised;
  return call_native(definition, type,
                     {arguments.values + 1, arguments.positional - 1, arguments.keywords});
}

// --- getset_descriptor. ---

[[nodiscard]] Status check_instance(const AttributeDescriptor& attribute, Value instance) noexcept {
  if (type_of(instance).is_subtype_of(attribute.owner())) return Status::kDone;
  return raise_does_not_apply(attribute.name().ascii(), attribute.owner(), instance);
}

Raised raise_access(const AttributeDescriptor& attribute, std::string_view what) noexcept {
  return raise(ErrorKind::kAttribute, {"attribute '", attribute.name().ascii(), "' of '",
                                       attribute.owner().name(), "' objects is not ", what});
}

Ref<> attribute_get(Value self, Value instance, Value) noexcept {
  if (instance.is_empty()) return Ref<>::of(self);
  const auto& attribute = as<AttributeDescriptor>(self);
  if (failed(check_instance(attribute, instance))) return kRaised;
  if (attribute.getter() == nullptr) return raise_access(attribute, "readable");
  return attribute.getter()(instance);
}

Status attribute_set(Value self, Value instance, Ref<> value) noexcept {
  const auto& attribute = as<AttributeDescriptor>(self);
  if (failed(check_instance(attribute, instance))) return kRaised;
  if (attribute.setter() == nullptr) return raise_access(attribute, "writable");
  return attribute.setter()(instance, std::move(value));
}

Ref<> attribute_repr(Value self) noexcept {
  const auto& attribute = as<AttributeDescriptor>(self);
  return str_of(
      {"<attribute '", attribute.name().ascii(), "' of '", attribute.owner().name(), "' objects>"});
}

// --- What they say about themselves. ---

[[nodiscard]] Ref<> text_or_none(std::string_view text) noexcept {
  return text.empty() ? Ref<>(Special::kNone) : Ref<>(Str::of_utf8(text));
}

[[nodiscard]] Ref<> qualified_name(const NativeDefinition& definition) noexcept {
  if (definition.owner == nullptr) return Str::of_ascii(name_of(definition));
  return str_of({definition.owner->name(), ".", name_of(definition)});
}

// "($self, index=-1, /)": `$` marks what callers do not write.
[[nodiscard]] Ref<> text_signature(const NativeDefinition& definition) noexcept {
  const std::string_view parameters = definition.signature->parameters_text();
  if (definition.signature->receivers() == 0) return Str::of_ascii(parameters);
  return str_of({"($", parameters.substr(1)});
}

template <class T>
constexpr AttributeSpec kDefinitionAttributes[] = {
    {"__name__",
     [](Value self) noexcept -> Ref<> {
       return Ref<>::of(Value(&as<T>(self).definition().signature->name()));
     }},
    {"__qualname__",
     [](Value self) noexcept -> Ref<> { return qualified_name(as<T>(self).definition()); }},
    {"__doc__",
     [](Value self) noexcept -> Ref<> { return text_or_none(as<T>(self).definition().doc); }},
    {"__text_signature__",
     [](Value self) noexcept -> Ref<> { return text_signature(as<T>(self).definition()); }},
};

constexpr AttributeSpec kBuiltinAttributes[] = {
    {"__self__",
     [](Value self) noexcept -> Ref<> {
       const auto& function = as<BuiltinFunction>(self);
       const bool is_static = function.definition().signature->receivers() == 0;
       const Value holder = is_static ? Value() : holder_of(function);
       return holder.is_empty() ? Ref<>(Special::kNone) : Ref<>::of(holder);
     }},
    {"__module__",
     [](Value self) noexcept -> Ref<> {
       const Value module = as<BuiltinFunction>(self).module();
       return module.is_empty() ? Ref<>(Special::kNone) : Ref<>::of(module);
     }},
};

constexpr AttributeSpec kMethodAttributes[] = {
    {"__objclass__", [](Value self) noexcept -> Ref<> {
       return Ref<>::of(Value(as<MethodDescriptor>(self).definition().owner));
     }}};

constexpr AttributeSpec kAttributeAttributes[] = {
    {"__name__",
     [](Value self) noexcept -> Ref<> {
       return Ref<>::of(Value(&as<AttributeDescriptor>(self).name()));
     }},
    {"__qualname__",
     [](Value self) noexcept -> Ref<> {
       const auto& attribute = as<AttributeDescriptor>(self);
       return str_of({attribute.owner().name(), ".", attribute.name().ascii()});
     }},
    {"__doc__",
     [](Value self) noexcept -> Ref<> {
       return text_or_none(as<AttributeDescriptor>(self).doc());
     }},
    {"__objclass__", [](Value self) noexcept -> Ref<> {
       return Ref<>::of(Value(&as<AttributeDescriptor>(self).owner()));
     }}};

// --- Making them. ---

[[nodiscard]] Protocols builtin_protocols() noexcept {
  Protocols slots;
  slots.call = builtin_call;
  slots.repr = builtin_repr;
  slots.compare = builtin_compare;
  slots.hash = builtin_hash;
  return slots;
}

[[nodiscard]] Protocols method_protocols() noexcept {
  Protocols slots;
  slots.call = method_call;
  slots.repr = method_repr;
  slots.descriptor_get = method_get;
  slots.takes_self = true;
  return slots;
}

[[nodiscard]] Protocols class_method_protocols() noexcept {
  Protocols slots;
  slots.call = class_method_call;
  slots.repr = method_repr;
  slots.descriptor_get = class_method_get;
  return slots;
}

[[nodiscard]] Protocols attribute_protocols() noexcept {
  Protocols slots;
  slots.repr = attribute_repr;
  slots.descriptor_get = attribute_get;
  slots.descriptor_set = attribute_set;
  return slots;
}

[[nodiscard]] Status make_type(Type*& type, std::string_view name, const Layout& layout,
                               const Protocols& slots, bool is_weakly_referable = false) noexcept {
  Type* const ancestors[] = {&object_type()};
  type = Type::make({.name = name,
                     .layout = &layout,
                     .ancestors = ancestors,
                     .protocols = slots,
                     .is_weakly_referable = is_weakly_referable});
  return type == nullptr ? Status::kFailed : Status::kDone;
}

[[nodiscard]] Status make_types() noexcept {
  if (failed(make_type(g_builtin_function, "builtin_function_or_method", layout_of<BuiltinFunction>,
                       builtin_protocols(), true)) ||
      failed(make_type(g_method_descriptor, "method_descriptor", layout_of<MethodDescriptor>,
                       method_protocols())) ||
      failed(make_type(g_class_method_descriptor, "classmethod_descriptor",
                       layout_of<MethodDescriptor>, class_method_protocols())))
    return kRaised;
  return make_type(g_attribute_descriptor, "getset_descriptor", layout_of<AttributeDescriptor>,
                   attribute_protocols());
}

[[nodiscard]] Status describe_methods(Type& type) noexcept {
  if (failed(define_attributes(type, kDefinitionAttributes<MethodDescriptor>))) return kRaised;
  return define_attributes(type, kMethodAttributes);
}

}  // namespace

Type& builtin_function_type() noexcept { return *g_builtin_function; }
Type& method_descriptor_type() noexcept { return *g_method_descriptor; }
Type& class_method_descriptor_type() noexcept { return *g_class_method_descriptor; }
Type& attribute_descriptor_type() noexcept { return *g_attribute_descriptor; }

Status make_native_function_types() noexcept {
  if (failed(make_types())) return kRaised;
  if (failed(describe_methods(*g_method_descriptor)) ||
      failed(describe_methods(*g_class_method_descriptor)))
    return kRaised;
  if (failed(define_attributes(*g_builtin_function, kDefinitionAttributes<BuiltinFunction>)) ||
      failed(define_attributes(*g_builtin_function, kBuiltinAttributes)))
    return kRaised;
  return define_attributes(*g_attribute_descriptor, kAttributeAttributes);
}

}  // namespace orochi::inline OROCHI_DESIGN
