#include "objects/types/slot_functions.h"

#include <array>
#include <span>
#include <utility>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/bound_method.h"
#include "objects/types/descriptor.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/generic_alias.h"
#include "objects/types/index.h"
#include "objects/types/int.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/special_methods.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

Raised raise_type(std::string_view a, Value value, std::string_view b) noexcept {
  return raise(ErrorKind::kType, {a, type_of(value).name(), b});
}

// self.NAME(arguments...); NotImplemented: there is no such method.
template <std::size_t kName, class... Values>
[[nodiscard]] Ref<> ask(Value self, Values... arguments) noexcept {
  const std::array<Value, 1 + sizeof...(Values)> values{self, arguments...};
  bool found = false;
  Ref<> result = call_special(values, special_name(kName), found);
  if (!found) return Special::kNotImplemented;
  return result;
}

// The same, where there must be one.
template <std::size_t kName, class... Values>
[[nodiscard]] Ref<> demand(Value self, Values... arguments) noexcept {
  const std::array<Value, 1 + sizeof...(Values)> values{self, arguments...};
  bool found = false;
  Ref<> result = call_special(values, special_name(kName), found);
  if (!found) return raise_value(ErrorKind::kAttribute, Ref<>::of(Value(&special_name(kName))));
  return result;
}

template <std::size_t kName>
Ref<> by_unary(Value self) noexcept {
  return demand<kName>(self);
}
template <std::size_t kName>
Ref<> by_binary(Value self, Value other) noexcept {
  return ask<kName>(self, other);
}

// What must be a str.
template <std::size_t kName>
Ref<> by_text(Value self) noexcept {
  Ref<> text = demand<kName>(self);
  if (text && as_str(text.value()) == nullptr)
    return raise(ErrorKind::kType, {kSpecialMethods[kName].name, " returned non-string (type ",
                                    type_of(text.value()).name(), ")"});
  return text;
}

// Who formats asks whether it is a str.
Ref<> by_format(Value self, Value spec) noexcept {
  return demand<special("__format__")>(self, spec);
}

// --- Truth, hash, length. ---

Truth by_bool(Value self) noexcept {
  const Ref<> result = demand<special("__bool__")>(self);
  if (!result) return kRaised;
  if (!result.value().is_bool())
    return raise_type("__bool__ should return bool, returned ", result.value(), "");
  return truth_of(result.value().is(Special::kTrue));
}

Status by_hash(Value self, std::int64_t& hash) noexcept {
  const Ref<> result = demand<special("__hash__")>(self);
  if (!result) return kRaised;
  if (!is_int(result.value()))
    return raise(ErrorKind::kType, {"__hash__ method should return an integer"});
  const Index index = index_of(result.value());
  if (index.kind == IndexKind::kInside) {
    hash = index.number == -1 ? -2 : index.number;
    return Status::kDone;
  }
  return orochi::hash(result.value(), hash);
}

Status by_length(Value self, std::size_t& length) noexcept {
  const Ref<> result = demand<special("__len__")>(self);
  if (!result) return kRaised;
  const Index index = index_of(result.value());
  if (index.kind == IndexKind::kNone)
    return raise_type("'", result.value(), "' object cannot be interpreted as an integer");
  if (index.number < 0) return raise(ErrorKind::kValue, {"__len__() should return >= 0"});
  if (index.kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kOverflow, {"cannot fit 'int' into an index-sized integer"});
  length = static_cast<std::size_t>(index.number);
  return Status::kDone;
}

// --- Comparison, containers. ---

Ref<> by_compare(CompareOp op, Value self, Value other) noexcept {
  switch (op) {
    case CompareOp::kLess:
      return ask<special("__lt__")>(self, other);
    case CompareOp::kLessEqual:
      return ask<special("__le__")>(self, other);
    case CompareOp::kEqual:
      return ask<special("__eq__")>(self, other);
    case CompareOp::kNotEqual:
      return ask<special("__ne__")>(self, other);
    case CompareOp::kGreater:
      return ask<special("__gt__")>(self, other);
    case CompareOp::kGreaterEqual:
      return ask<special("__ge__")>(self, other);
  }
  return Special::kNotImplemented;
}

// A StopIteration is the end.
Status by_next(Value self, Ref<>& item) noexcept {
  item = demand<special("__next__")>(self);
  if (item) return Status::kDone;
  if (!is_pending(exception_type(ErrorKind::kStopIteration))) return kRaised;
  clear_error();
  return Status::kDone;
}

Ref<> by_get_item(Value self, Value key) noexcept {
  return demand<special("__getitem__")>(self, key);
}

Truth by_contains(Value self, Value item) noexcept {
  const Ref<> method = type_of(self).find(special_name(special("__contains__")));
  if (method && method.value().is_none())
    return raise_type("'", self, "' object is not a container");
  const Ref<> result = demand<special("__contains__")>(self, item);
  return result ? truth(result.value()) : Truth{kRaised};
}

[[nodiscard]] Status done(const Ref<>& result) noexcept {
  return result ? Status::kDone : Status::kFailed;
}

Status by_set_item(Value self, Value key, Ref<> value) noexcept {
  if (!value) return done(demand<special("__delitem__")>(self, key));
  return done(demand<special("__setitem__")>(self, key, value.value()));
}

// --- Attributes. ---

// What __getattribute__ does not find, __getattr__ is asked for.
Ref<> by_get_attribute(Value self, Object& name) noexcept {
  Ref<> result = demand<special("__getattribute__")>(self, Value(&name));
  if (result || !is_pending(exception_type(ErrorKind::kAttribute))) return result;
  Error missing = Error::take();
  result = ask<special("__getattr__")>(self, Value(&name));
  if (!result || !result.value().is(Special::kNotImplemented)) return result;
  std::move(missing).restore();
  return kRaised;
}

Status by_set_attribute(Value self, Object& name, Ref<> value) noexcept {
  if (!value) return done(demand<special("__delattr__")>(self, Value(&name)));
  return done(demand<special("__setattr__")>(self, Value(&name), value.value()));
}

[[nodiscard]] Value or_none(Value value) noexcept {
  return value.is_empty() ? Value::kNone : value;
}

Ref<> by_get(Value self, Value instance, Value owner) noexcept {
  return demand<special("__get__")>(self, or_none(instance), or_none(owner));
}

Status by_set(Value self, Value instance, Ref<> value) noexcept {
  if (!value) return done(demand<special("__delete__")>(self, instance));
  return done(demand<special("__set__")>(self, instance, value.value()));
}

// --- Calls. ---

// The attribute of the type, called with the value and the arguments.
[[nodiscard]] Ref<> call_by_name(Value self, std::size_t name,
                                 const Arguments& arguments) noexcept {
  const Ref<> attribute = type_of(self).find(special_name(name));
  if (!attribute) return raise_value(ErrorKind::kAttribute, Ref<>::of(Value(&special_name(name))));
  if (type_of(attribute.value()).block().protocols().takes_self)
    return call_with_first(attribute.value(), self, arguments);
  const Ref<> bound = bind(attribute.value(), self);
  return bound ? call(bound.value(), arguments) : Ref<>();
}

Ref<> by_call(Value self, const Arguments& arguments) noexcept {
  return call_by_name(self, special("__call__"), arguments);
}

Status by_initialise(Value self, const Arguments& arguments) noexcept {
  const Ref<> result = call_by_name(self, special("__init__"), arguments);
  if (!result) return kRaised;
  if (!result.value().is_none())
    return raise_type("__init__() should return None, not '", result.value(), "'");
  return Status::kDone;
}

// The class goes with the arguments: __new__ is bound to nothing.
Ref<> by_construct(Type& type, const Arguments& arguments) noexcept {
  const Ref<> attribute = type.find(special_name(special("__new__")));
  if (!attribute) return raise(ErrorKind::kType, {"cannot create '", type.name(), "' instances"});
  const Ref<> function = bind_to_type(attribute.value(), Value(&type));
  return function ? call_with_first(function.value(), Value(&type), arguments) : Ref<>();
}

// --- All of them. ---

template <std::size_t kFirst, std::size_t... kOps>
constexpr auto unary_from(std::index_sequence<kOps...>) noexcept {
  return std::array<UnaryFunction, sizeof...(kOps)>{by_unary<kFirst + kOps>...};
}
template <std::size_t kFirst, std::size_t... kOps>
constexpr auto binary_from(std::index_sequence<kOps...>) noexcept {
  return std::array<BinaryFunction, sizeof...(kOps)>{by_binary<kFirst + kOps>...};
}
// There is no __idivmod__.
template <std::size_t kFirst, std::size_t... kOps>
constexpr auto in_place_from(std::index_sequence<kOps...>) noexcept {
  constexpr auto kDivmod = static_cast<std::size_t>(BinaryOp::kDivmod);
  return std::array<BinaryFunction, sizeof...(kOps)>{
      (kOps == kDivmod ? nullptr : by_binary<kFirst + kOps - (kOps > kDivmod ? 1 : 0)>)...};
}

constexpr Protocols make_slots() noexcept {
  constexpr std::make_index_sequence<kUnaryOps> kUnary;
  constexpr std::make_index_sequence<kBinaryOps> kBinary;
  Protocols slots;
  slots.truth = by_bool;
  slots.hash = by_hash;
  slots.compare = by_compare;
  slots.repr = by_text<special("__repr__")>;
  slots.str = by_text<special("__str__")>;
  slots.format = by_format;
  slots.iter = by_unary<special("__iter__")>;
  slots.next = by_next;
  slots.call = by_call;
  slots.get_attribute = by_get_attribute;
  slots.set_attribute = by_set_attribute;
  slots.length = by_length;
  slots.get_item = by_get_item;
  slots.set_item = by_set_item;
  slots.contains = by_contains;
  slots.descriptor_get = by_get;
  slots.descriptor_set = by_set;
  slots.construct = by_construct;
  slots.initialise = by_initialise;
  slots.finalize = by_unary<special("__del__")>;
  slots.index = by_unary<special("__index__")>;
  slots.to_int = by_unary<special("__int__")>;
  slots.to_float = by_unary<special("__float__")>;
  slots.await = by_unary<special("__await__")>;
  slots.async_iter = by_unary<special("__aiter__")>;
  slots.async_next = by_unary<special("__anext__")>;
  slots.unary = unary_from<special("__neg__")>(kUnary);
  slots.binary = binary_from<special("__add__")>(kBinary);
  slots.reflected = binary_from<special("__radd__")>(kBinary);
  slots.in_place = in_place_from<special("__iadd__")>(kBinary);
  return slots;
}

constexpr Protocols kSlots = make_slots();

}  // namespace

const Protocols& slots_by_name() noexcept { return kSlots; }

Ref<> class_get_item(Value self, Value key) noexcept {
  if (self == Value(&type_type())) return GenericAlias::make(self, key);
  Ref<> method;
  if (failed(find_attribute(self, *names().class_get_item, method))) return kRaised;
  if (!method)
    return raise(ErrorKind::kType,
                 {"type '", static_cast<Type&>(*self.object()).name(), "' is not subscriptable"});
  return call(method.value(), {&key, 1});
}

}  // namespace orochi::inline OROCHI_DESIGN
