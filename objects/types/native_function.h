// objects/types/native_function.h: functions, methods and attributes that C++ code gives to types.
//
//     Ref<> append(const Value* arguments) noexcept {            // list_methods.cc
//       return done_or_raised(self_of(arguments[0]).append(Ref<>::of(arguments[1])));
//     }
//     constexpr NativeSpec kMethods[] = {
//         {"append(self, object, /)", append},
//         {"index(self, value, start=0, stop=9223372036854775807, /)", index},
//     };
//     if (failed(define_methods(list_type(), kMethods))) return kRaised;
//
// The function gets one value for each parameter, in order, borrowed; an empty one for what was not
// given and has no default. `*rest` arrives as a tuple, `**rest` as a dict, or empty if there is
// nothing in it. The first of a method is of the type that it was defined for, or of a subtype; of
// the others the function checks the types itself. What a signature may be:
// objects/types/signature.h.
//
// What a call does with it:
//
//   values as the function wants them    passed on where they lie
//   a bound method's, all by position    moved behind `self`, on the stack
//   anything else                        matched: objects/types/binding.h
//
// Functions and attributes that are defined live for ever, so threads that share them do not count.
//
// Defining: attached threads, before others use the type. Calling: any attached thread.
// Tests: tests/objects/types/native_function_test.cc
#pragma once

#include <span>
#include <string_view>

#include "objects/model/layout.h"
#include "objects/model/protocols.h"
#include "objects/model/type.h"
#include "objects/types/signature.h"

namespace orochi::inline OROCHI_DESIGN {

using NativeFunction = Ref<> (*)(const Value* arguments) noexcept;

// Texts live for ever.
struct NativeSpec {
  std::string_view signature;
  NativeFunction function = nullptr;
  std::string_view doc{};
};

// Nothing as value: it is being deleted.
using NativeSet = Status (*)(Value self, Ref<> value) noexcept;

struct AttributeSpec {
  std::string_view name;
  UnaryFunction get = nullptr;
  NativeSet set = nullptr;  // null: cannot be written
  std::string_view doc{};
};

[[nodiscard]] Status define_methods(Type& type, std::span<const NativeSpec> methods) noexcept;
// The first parameter is the class.
[[nodiscard]] Status define_class_methods(Type& type, std::span<const NativeSpec> methods) noexcept;
[[nodiscard]] Status define_static_methods(Type& type,
                                           std::span<const NativeSpec> functions) noexcept;
[[nodiscard]] Status define_attributes(Type& type,
                                       std::span<const AttributeSpec> attributes) noexcept;
// A function of a module, whose name is `module`.
[[nodiscard]] Ref<> make_native_function(const NativeSpec& spec, std::string_view module) noexcept;

// What a function returns that is done, or has raised.
[[nodiscard]] inline Ref<> none_or_raised(Status status) noexcept {
  return failed(status) ? Ref<>() : Ref<>(Special::kNone);
}

// What was defined. Constant, lives for ever.
struct NativeDefinition {
  const Signature* signature = nullptr;
  NativeFunction function = nullptr;
  Type* owner = nullptr;  // null: of a module
  std::string_view doc;

  // Null: an exception is pending.
  [[nodiscard]] static const NativeDefinition* make(const NativeSpec& spec, Type* owner,
                                                    Receiver receiver) noexcept;
};

// Calls it; `receiver` is empty where the signature has none.
[[nodiscard]] Ref<> call_native(const NativeDefinition& definition, Value receiver,
                                const Arguments& arguments) noexcept;
// The same with the receiver as the first of the values; what is wrong with that is a TypeError.
[[nodiscard]] Ref<> call_native_unbound(const NativeDefinition& definition,
                                        const Arguments& arguments) noexcept;

// A constructor's: the first of the values is the class that is wanted.
[[nodiscard]] Ref<> call_constructor(const NativeDefinition& definition,
                                     const Arguments& arguments) noexcept;

// builtin_function_or_method: a function of a module, a static method, or a method with its object.
class BuiltinFunction : public Object {
 public:
  BuiltinFunction(ShapeIndex shape, const NativeDefinition& definition, Ref<> self,
                  Ref<> module) noexcept
      : Object(shape),
        definition_(&definition),
        self_(std::move(self)),
        module_(std::move(module)) {}
  [[nodiscard]] static Ref<BuiltinFunction> make(const NativeDefinition& definition,
                                                 Ref<> self) noexcept;

  [[nodiscard]] const NativeDefinition& definition() const noexcept { return *definition_; }
  // Borrowed; empty: there is none.
  [[nodiscard]] Value self() const noexcept { return self_.get(); }
  [[nodiscard]] Value module() const noexcept { return module_.get(); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(self_));
    visit(Children::of(module_));
  }

 private:
  const NativeDefinition* const definition_;
  const ConstField self_;
  const ConstField module_;
};

// method_descriptor and classmethod_descriptor: what a type has.
class MethodDescriptor : public Object {
 public:
  MethodDescriptor(ShapeIndex shape, const NativeDefinition& definition) noexcept
      : Object(shape), definition_(&definition) {}

  [[nodiscard]] const NativeDefinition& definition() const noexcept { return *definition_; }

 private:
  const NativeDefinition* const definition_;
};

// getset_descriptor.
class AttributeDescriptor : public Object {
 public:
  AttributeDescriptor(ShapeIndex shape, Type& owner, Str& name, const AttributeSpec& spec) noexcept
      : Object(shape), owner_(owner), name_(name), get_(spec.get), set_(spec.set), doc_(spec.doc) {}

  [[nodiscard]] Type& owner() const noexcept { return owner_; }
  [[nodiscard]] Str& name() const noexcept { return name_; }
  [[nodiscard]] std::string_view doc() const noexcept { return doc_; }
  [[nodiscard]] UnaryFunction getter() const noexcept { return get_; }
  [[nodiscard]] NativeSet setter() const noexcept { return set_; }

 private:
  Type& owner_;
  Str& name_;  // interned, immortal
  const UnaryFunction get_;
  const NativeSet set_;
  const std::string_view doc_;
};

[[nodiscard]] Type& builtin_function_type() noexcept;
[[nodiscard]] Type& method_descriptor_type() noexcept;
[[nodiscard]] Type& class_method_descriptor_type() noexcept;
[[nodiscard]] Type& attribute_descriptor_type() noexcept;
// All four. Once, after the types of str, tuple, int and dict, and before anything is defined.
[[nodiscard]] Status make_native_function_types() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
