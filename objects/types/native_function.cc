#include "objects/types/native_function.h"

#include <algorithm>
#include <array>

#include "memory/buffer.h"
#include "objects/model/kept.h"
#include "objects/model/new_object.h"
#include "objects/types/binding.h"
#include "objects/types/descriptor.h"
#include "objects/types/intern.h"
#include "objects/types/type_object.h"
#include "objects/types/utf8_text.h"
#include "objects/types/wrapped_function.h"

namespace orochi::inline OROCHI_DESIGN {

// --- Defining. ---

namespace {

// They live for ever, those of functions that are gone too.
constinit KeptList<NativeDefinition> g_definitions;

}  // namespace

namespace {

// `owner_name`: the type's or the module's, for messages.
[[nodiscard]] const NativeDefinition* define(const NativeSpec& spec, Type* owner,
                                             std::string_view owner_name,
                                             Receiver receiver) noexcept {
  const Signature* const signature = Signature::parse(spec.signature, owner_name, receiver);
  if (signature == nullptr) return nullptr;
  const NativeDefinition* const made =
      g_definitions.make({signature, spec.function, owner, spec.doc});
  if (made == nullptr) static_cast<void>(raise_memory_error());
  return made;
}

}  // namespace

const NativeDefinition* NativeDefinition::make(const NativeSpec& spec, Type* owner,
                                               Receiver receiver) noexcept {
  return define(spec, owner, owner == nullptr ? std::string_view() : plain_name(*owner), receiver);
}

namespace {

// Gives the type what `make(spec, name)` makes of each, all in one change.
template <class Spec, class Make>
[[nodiscard]] Status define_all(Type& type, std::span<const Spec> specs, Make make) noexcept {
  auto* const attributes =
      static_cast<TypeAttribute*>(allocate_buffer(specs.size() * sizeof(TypeAttribute)));
  if (attributes == nullptr) return raise_memory_error();
  std::size_t made = 0;
  for (const Spec& spec : specs) {
    Str* name = nullptr;
    Ref<> value = make(spec, name);
    if (!value) break;
    value.value().object()->count().immortalise();
    attributes[made++] = {.name = name, .value = value.release()};
  }
  const Status done = made == specs.size() ? type.set_all({attributes, made}) : Status{kRaised};
  free_buffer(attributes);
  return done;
}

[[nodiscard]] Status define_descriptors(Type& type, std::span<const NativeSpec> specs,
                                        Type& kind) noexcept {
  return define_all(type, specs, [&](const NativeSpec& spec, Str*& name) noexcept -> Ref<> {
    const auto* const definition = NativeDefinition::make(spec, &type, Receiver::kFirst);
    if (definition == nullptr) return kRaised;
    name = &definition->signature->name();
    return new_object<MethodDescriptor>(kind, *definition);
  });
}

// A constructor gets the class, whatever it is, as its first argument, and reports as one that does
// not count it.
[[nodiscard]] Receiver receiver_of(const NativeSpec& spec) noexcept {
  return spec.signature.starts_with("__new__(") ? Receiver::kFirst : Receiver::kNone;
}

}  // namespace

Status define_methods(Type& type, std::span<const NativeSpec> methods) noexcept {
  return define_descriptors(type, methods, method_descriptor_type());
}

Status define_class_methods(Type& type, std::span<const NativeSpec> methods) noexcept {
  return define_descriptors(type, methods, class_method_descriptor_type());
}

Status define_static_methods(Type& type, std::span<const NativeSpec> functions) noexcept {
  return define_all(type, functions, [&](const NativeSpec& spec, Str*& name) noexcept -> Ref<> {
    const Receiver receiver = receiver_of(spec);
    const auto* const definition = NativeDefinition::make(spec, &type, receiver);
    if (definition == nullptr) return kRaised;
    name = &definition->signature->name();
    Ref<> function = BuiltinFunction::make(*definition, Ref<>());
    if (!function || receiver == Receiver::kFirst) return function;
    function.value().object()->count().immortalise();
    return WrappedFunction::make(static_method_type(), std::move(function));
  });
}

Status define_attributes(Type& type, std::span<const AttributeSpec> attributes) noexcept {
  return define_all(type, attributes, [&](const AttributeSpec& spec, Str*& name) noexcept -> Ref<> {
    name = intern_for_ever(spec.name);
    if (name == nullptr) return kRaised;
    return new_object<AttributeDescriptor>(attribute_descriptor_type(), type, *name, spec);
  });
}

Ref<> make_native_function(const NativeSpec& spec, std::string_view module) noexcept {
  const std::string_view shown = module == "builtins" ? std::string_view() : module;
  const auto* const definition = define(spec, nullptr, shown, Receiver::kNone);
  if (definition == nullptr) return kRaised;
  Str* const module_name = intern_for_ever(module);
  if (module_name == nullptr) return kRaised;
  return new_object<BuiltinFunction>(builtin_function_type(), *definition, Ref<>(),
                                     Ref<>::of(Value(module_name)));
}

Ref<BuiltinFunction> BuiltinFunction::make(const NativeDefinition& definition,
                                           Ref<> self) noexcept {
  return new_object<BuiltinFunction>(builtin_function_type(), definition, std::move(self), Ref<>());
}

// --- Calling. ---

namespace {

[[gnu::noinline]] Ref<> call_bound(const NativeDefinition& definition, Value receiver,
                                   const Arguments& arguments) noexcept {
  Binding binding(*definition.signature);
  if (failed(binding.bind(receiver, arguments))) return kRaised;
  return definition.function(binding.values());
}

Raised raise_needs_receiver(const NativeDefinition& definition) noexcept {
  return raise(ErrorKind::kType, {"unbound method ", definition.owner->name(), ".",
                                  definition.signature->name_text(), "() needs an argument"});
}

// "descriptor 'append' for 'list' objects doesn't apply to a 'int' object"
Raised raise_wrong_receiver(std::string_view name, const Type& owner, Value receiver) noexcept {
  return raise(ErrorKind::kType,
               {"descriptor '", name, "' for '", owner.name(), "' objects doesn't apply to a '",
                type_of(receiver).name(), "' object"});
}

// The class that a constructor is to make an instance of; null: it raised.
[[nodiscard]] const Type* wanted_class(const NativeDefinition& definition,
                                       const Arguments& arguments) noexcept {
  const std::string_view owner = definition.owner->name();
  if (arguments.positional == 0) {
    raise(ErrorKind::kType, {owner, ".__new__(): not enough arguments"});
    return nullptr;
  }
  const Value wanted = arguments.values[0];
  const Type* const type = as_type(wanted);
  if (type == nullptr) {
    raise(ErrorKind::kType,
          {owner, ".__new__(X): X is not a type object (", type_of(wanted).name(), ")"});
    return nullptr;
  }
  if (type->is_subtype_of(*definition.owner)) return type;
  raise(ErrorKind::kType,
        {owner, ".__new__(", type->name(), "): ", type->name(), " is not a subtype of ", owner});
  return nullptr;
}

}  // namespace

Ref<> call_native(const NativeDefinition& definition, Value receiver,
                  const Arguments& arguments) noexcept {
  const std::size_t receivers = receiver.is_empty() ? 0 : 1;
  const bool fits = arguments.keywords == nullptr &&
                    definition.signature->is_exactly(arguments.positional + receivers);
  if (!fits) [[unlikely]]
    return call_bound(definition, receiver, arguments);
  if (receivers == 0) return definition.function(arguments.values);
  std::array<Value, Signature::kMostParameters> values;
  values[0] = receiver;
  std::copy_n(arguments.values, arguments.positional, values.begin() + 1);
  return definition.function(values.data());
}

Ref<> call_native_unbound(const NativeDefinition& definition, const Arguments& arguments) noexcept {
  if (arguments.positional == 0) return raise_needs_receiver(definition);
  const Value receiver = arguments.values[0];
  if (!type_of(receiver).is_subtype_of(*definition.owner))
    return raise_wrong_receiver(definition.signature->name_text(), *definition.owner, receiver);
  if (arguments.keywords == nullptr && definition.signature->is_exactly(arguments.positional))
    return definition.function(arguments.values);
  return call_bound(definition, receiver,
                    {arguments.values + 1, arguments.positional - 1, arguments.keywords});
}

Ref<> call_constructor(const NativeDefinition& definition, const Arguments& arguments) noexcept {
  const Type* const type = wanted_class(definition, arguments);
  if (type == nullptr) return kRaised;
  if (arguments.keywords == nullptr && definition.signature->is_exactly(arguments.positional))
    return definition.function(arguments.values);
  return call_bound(definition, arguments.values[0],
                    {arguments.values + 1, arguments.positional - 1, arguments.keywords});
}

}  // namespace orochi::inline OROCHI_DESIGN
