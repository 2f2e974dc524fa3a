#include "objects/types/slot_wrapper.h"

#include "objects/model/new_object.h"
#include "objects/types/digits.h"
#include "objects/types/native_function.h"
#include "objects/types/utf8_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_slot_wrapper_types.
constinit Type* g_slot_wrapper = nullptr;
constinit Type* g_method_wrapper = nullptr;

template <class T>
[[nodiscard]] const T& as(Value self) noexcept {
  return static_cast<const T&>(*self.object());
}

// --- slot wrapper. ---

Raised raise_receiver(const SlotWrapper& wrapper, std::string_view what,
                      std::string_view type) noexcept {
  return raise(ErrorKind::kType,
               {"descriptor '", wrapper.method().name, what, wrapper.owner().name(),
                type.empty() ? "" : "' object but received a '", type,
                type.empty() ? "' object needs an argument" : "'"});
}

Ref<> wrapper_call(Value self, const Arguments& arguments) noexcept {
  const auto& wrapper = as<SlotWrapper>(self);
  if (arguments.positional == 0) return raise_receiver(wrapper, "' of '", {});
  const Value receiver = arguments.values[0];
  if (!type_of(receiver).is_subtype_of(wrapper.owner()))
    return raise_receiver(wrapper, "' requires a '", type_of(receiver).name());
  return call_slot(wrapper.method(), wrapper.function(), receiver,
                   {arguments.values + 1, arguments.positional - 1, arguments.keywords});
}

Ref<> wrapper_get(Value self, Value instance, Value) noexcept {
  if (instance.is_empty()) return Ref<>::of(self);
  const auto& wrapper = as<SlotWrapper>(self);
  if (!type_of(instance).is_subtype_of(wrapper.owner()))
    return raise(ErrorKind::kType,
                 {"descriptor '", wrapper.method().name, "' for '", wrapper.owner().name(),
                  "' objects doesn't apply to a '", type_of(instance).name(), "' object"});
  return new_object<MethodWrapper>(*g_method_wrapper, Ref<>::of(self).cast<SlotWrapper>(),
                                   Ref<>::of(instance));
}

Ref<> wrapper_repr(Value self) noexcept {
  const auto& wrapper = as<SlotWrapper>(self);
  return str_of(
      {"<slot wrapper '", wrapper.method().name, "' of '", wrapper.owner().name(), "' objects>"});
}

// --- method-wrapper. ---

Ref<> method_call(Value self, const Arguments& arguments) noexcept {
  const auto& method = as<MethodWrapper>(self);
  // Counted: threads may share the wrapper, and what is called asks whether it is alone.
  const Ref<> receiver = Ref<>::of(method.self());
  return call_slot(method.wrapper().method(), method.wrapper().function(), receiver.value(),
                   arguments);
}

Ref<> method_repr(Value self) noexcept {
  const auto& method = as<MethodWrapper>(self);
  const Value receiver = method.self();
  const void* const place = receiver.is_object() ? receiver.object() : nullptr;
  return str_of({"<method-wrapper '", method.wrapper().method().name, "' of ",
                 type_of(receiver).name(), " object at ", Address(place).text(), ">"});
}

Ref<> method_compare(CompareOp op, Value self, Value other) noexcept {
  const bool asks_equality = op == CompareOp::kEqual || op == CompareOp::kNotEqual;
  if (!asks_equality || !other.is_object() || &type_of(other) != g_method_wrapper)
    return Special::kNotImplemented;
  const auto& a = as<MethodWrapper>(self);
  const auto& b = as<MethodWrapper>(other);
  const bool equal = &a.wrapper() == &b.wrapper() && a.self() == b.self();
  return Value::of_bool(equal == (op == CompareOp::kEqual)).as_special();
}

Status method_hash(Value self, std::int64_t& hash) noexcept {
  const auto& method = as<MethodWrapper>(self);
  const auto wrapper = reinterpret_cast<std::uintptr_t>(&method.wrapper()) >> 4;
  hash = static_cast<std::int64_t>(wrapper ^ method.self().word() >> 4);
  return Status::kDone;
}

// --- What they say about themselves. ---

[[nodiscard]] const SlotWrapper& wrapper_of(Value self) noexcept {
  return &type_of(self) == g_slot_wrapper ? as<SlotWrapper>(self)
                                          : as<MethodWrapper>(self).wrapper();
}

constexpr AttributeSpec kAttributes[] = {
    {"__name__", [](Value self) noexcept { return Ref<>::of(Value(&wrapper_of(self).name())); }},
    {"__qualname__",
     [](Value self) noexcept -> Ref<> {
       return str_of({wrapper_of(self).owner().name(), ".", wrapper_of(self).method().name});
     }},
    {"__objclass__",
     [](Value self) noexcept { return Ref<>::of(Value(&wrapper_of(self).owner())); }},
};
constexpr AttributeSpec kMethodAttributes[] = {
    {"__self__", [](Value self) noexcept { return Ref<>::of(as<MethodWrapper>(self).self()); }}};

[[nodiscard]] Type* make_type(std::string_view name, const Layout& layout,
                              const Protocols& slots) noexcept {
  Type* const ancestors[] = {&object_type()};
  return Type::make({.name = name,
                     .layout = &layout,
                     .ancestors = ancestors,
                     .protocols = slots,
                     .is_final = true});
}

}  // namespace

Ref<SlotWrapper> SlotWrapper::make(Type& owner, std::size_t index, AnySlot function) noexcept {
  Ref<SlotWrapper> wrapper = new_object<SlotWrapper>(*g_slot_wrapper, owner, index, function);
  if (wrapper) wrapper->count().immortalise();
  return wrapper;
}

const SlotWrapper* as_slot_wrapper(Value value) noexcept {
  if (!value.is_object() || &type_of(*value.object()) != g_slot_wrapper) return nullptr;
  return static_cast<const SlotWrapper*>(value.object());
}

Type& slot_wrapper_type() noexcept { return *g_slot_wrapper; }
Type& method_wrapper_type() noexcept { return *g_method_wrapper; }

Status make_slot_wrapper_types() noexcept {
  Protocols of_wrapper;
  of_wrapper.call = wrapper_call;
  of_wrapper.repr = wrapper_repr;
  of_wrapper.descriptor_get = wrapper_get;
  of_wrapper.takes_self = true;
  g_slot_wrapper = make_type("wrapper_descriptor", layout_of<SlotWrapper>, of_wrapper);
  if (g_slot_wrapper == nullptr || failed(define_attributes(*g_slot_wrapper, kAttributes)))
    return kRaised;
  Protocols of_method;
  of_method.call = method_call;
  of_method.repr = method_repr;
  of_method.compare = method_compare;
  of_method.hash = method_hash;
  g_method_wrapper = make_type("method-wrapper", layout_of<MethodWrapper>, of_method);
  if (g_method_wrapper == nullptr || failed(define_attributes(*g_method_wrapper, kAttributes)))
    return kRaised;
  return define_attributes(*g_method_wrapper, kMethodAttributes);
}

}  // namespace orochi::inline OROCHI_DESIGN
