#include "objects/types/weak_proxy.h"

#include <utility>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/digits.h"
#include "objects/types/utf8_text.h"
#include "objects/types/weakref.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_weak_proxy_types.
constinit Type* g_proxy_type = nullptr;
constinit Type* g_callable_proxy_type = nullptr;

// What a value stands for, counted: a proxy's object, or the value itself. Nothing: the object is
// dead, and a ReferenceError is pending.
[[nodiscard]] Ref<> meant_by(Value value) noexcept {
  const WeakLink* const proxy = as_weak_proxy(value);
  if (proxy == nullptr) return Ref<>::of(value);
  Ref<> referent = proxy->get();
  if (!referent) return raise(ErrorKind::kReference, {"weakly-referenced object no longer exists"});
  return referent;
}

// Calls operation(object, rest...) for what the proxy stands for.
template <class Result, class Operation, class... Rest>
[[nodiscard]] Result forward(Value proxy, Operation operation, Rest&&... rest) noexcept {
  const Ref<> object = meant_by(proxy);
  if (!object) return kRaised;
  return operation(object.value(), std::forward<Rest>(rest)...);
}

// --- Protocols. ---

Truth proxy_truth(Value self) noexcept { return forward<Truth>(self, truth); }
Ref<> proxy_str(Value self) noexcept { return forward<Ref<>>(self, str); }
Ref<> proxy_iterate(Value self) noexcept { return forward<Ref<>>(self, iterate); }

Status proxy_next(Value self, Ref<>& item) noexcept {
  return forward<Status>(self, [&item](Value object) noexcept -> Status {
    if (type_of(object).block().protocols().next != nullptr) return next(object, item);
    return raise(ErrorKind::kType,
                 {"Weakref proxy referenced a non-iterator '", type_of(object).name(), "' object"});
  });
}

Ref<> proxy_call(Value self, const Arguments& arguments) noexcept {
  return forward<Ref<>>(self, call, arguments);
}
Ref<> proxy_get_attribute(Value self, Object& name) noexcept {
  return forward<Ref<>>(self, get_attribute, name);
}
Status proxy_set_attribute(Value self, Object& name, Ref<> value) noexcept {
  return forward<Status>(self, set_attribute, name, std::move(value));
}
Status proxy_length(Value self, std::size_t& result) noexcept {
  return forward<Status>(self, length, result);
}
Ref<> proxy_get_item(Value self, Value key) noexcept { return forward<Ref<>>(self, get_item, key); }
Status proxy_set_item(Value self, Value key, Ref<> value) noexcept {
  return forward<Status>(self, set_item, key, std::move(value));
}
Truth proxy_contains(Value self, Value item) noexcept {
  return forward<Truth>(self, contains, item);
}

Ref<> proxy_compare(CompareOp op, Value self, Value other) noexcept {
  const Ref<> left = meant_by(self);
  const Ref<> right = left ? meant_by(other) : Ref<>();
  if (!right) return kRaised;
  return compare(op, left.value(), right.value());
}

template <UnaryOp kOp>
Ref<> proxy_unary(Value self) noexcept {
  return forward<Ref<>>(self, [](Value object) noexcept { return unary(kOp, object); });
}

template <BinaryOp kOp>
Ref<> proxy_binary(Value self, Value other) noexcept {
  const Ref<> left = meant_by(self);
  const Ref<> right = left ? meant_by(other) : Ref<>();
  if (!right) return kRaised;
  return binary(kOp, left.value(), right.value());
}
template <BinaryOp kOp>
Ref<> proxy_reflected(Value self, Value other) noexcept {
  return proxy_binary<kOp>(other, self);
}

Ref<> proxy_repr(Value self) noexcept {
  Ref<> object = static_cast<const WeakLink&>(*self.object()).get();
  const Value shown = object ? object.value() : Value::kNone;
  const void* const place = object ? shown.object() : nullptr;
  return str_of({"<weakproxy at ", Address(self.object()).text(), " to ", type_of(shown).name(),
                 " at ", Address(place).text(), ">"});
}

Status proxy_hash(Value self, std::int64_t&) noexcept {
  return raise(ErrorKind::kType, {"unhashable type: '", type_of(self).name(), "'"});
}

template <std::size_t... kOps>
void fill_unary(Protocols& slots, std::index_sequence<kOps...>) noexcept {
  ((slots.unary[kOps] = proxy_unary<static_cast<UnaryOp>(kOps)>), ...);
}
template <std::size_t... kOps>
void fill_binary(Protocols& slots, std::index_sequence<kOps...>) noexcept {
  ((slots.binary[kOps] = proxy_binary<static_cast<BinaryOp>(kOps)>), ...);
  ((slots.reflected[kOps] = proxy_reflected<static_cast<BinaryOp>(kOps)>), ...);
}

[[nodiscard]] Protocols proxy_protocols() noexcept {
  Protocols slots;
  slots.truth = proxy_truth;
  slots.hash = proxy_hash;
  slots.compare = proxy_compare;
  slots.repr = proxy_repr;
  slots.str = proxy_str;
  slots.iter = proxy_iterate;
  slots.next = proxy_next;
  slots.get_attribute = proxy_get_attribute;
  slots.set_attribute = proxy_set_attribute;
  slots.length = proxy_length;
  slots.get_item = proxy_get_item;
  slots.set_item = proxy_set_item;
  slots.contains = proxy_contains;
  fill_unary(slots, std::make_index_sequence<kUnaryOps>());
  fill_binary(slots, std::make_index_sequence<kBinaryOps>());
  return slots;
}

[[nodiscard]] Type* make_proxy_type(std::string_view name, CallFunction call_it) noexcept {
  Type* const ancestors[] = {&object_type()};
  Protocols slots = proxy_protocols();
  slots.call = call_it;
  return Type::make(
      {.name = name, .layout = &layout_of<WeakLink>, .ancestors = ancestors, .protocols = slots});
}

}  // namespace

Type& proxy_type() noexcept { return *g_proxy_type; }
Type& callable_proxy_type() noexcept { return *g_callable_proxy_type; }

Status make_weak_proxy_types() noexcept {
  g_proxy_type = make_proxy_type("weakref.ProxyType", nullptr);
  if (g_proxy_type == nullptr) return kRaised;
  g_callable_proxy_type = make_proxy_type("weakref.CallableProxyType", proxy_call);
  return g_callable_proxy_type == nullptr ? Status{kRaised} : Status::kDone;
}

Ref<WeakLink> make_weak_proxy(Value referent, Ref<> callback) noexcept {
  if (failed(check_weakly_referable(referent))) return kRaised;
  const bool is_callable = type_of(referent).block().protocols().call != nullptr;
  return make_weak_link<WeakLink>(is_callable ? callable_proxy_type() : proxy_type(),
                                  *referent.object(), std::move(callback), WeakSharing::kMayShare);
}

}  // namespace orochi::inline OROCHI_DESIGN
