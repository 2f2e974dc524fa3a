// The types `set` and `frozenset`: what the language's operators do with them.
#include <array>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/model/repr_guard.h"
#include "objects/types/ordering.h"
#include "objects/types/sequence_repr.h"
#include "objects/types/set.h"
#include "objects/types/set_algebra.h"
#include "objects/types/set_iterator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_set_types, before there are sets.
constinit Type* g_set_type = nullptr;
constinit Type* g_frozenset_type = nullptr;

[[nodiscard]] Set& self_of(Value value) noexcept { return static_cast<Set&>(*value.object()); }

Status set_length(Value self, std::size_t& length) noexcept {
  length = self_of(self).size();
  return Status::kDone;
}

Truth set_contains(Value self, Value key) noexcept { return self_of(self).contains(key); }

Ref<> set_iterate(Value self) noexcept { return SetIterator::make(self_of(self)); }

Status frozenset_hash(Value self, std::int64_t& hash) noexcept {
  hash = self_of(self).hash();
  return Status::kDone;
}

Ref<> set_compare(CompareOp op, Value self, Value other) noexcept {
  Set* const right = as_any_set(other);
  if (right == nullptr) return Special::kNotImplemented;
  const Truth holds = compare_sets(op, self_of(self), *right);
  return failed(holds) ? Ref<>() : bool_of(holds == Truth::kTrue);
}

// --- As text. ---

// In braces. Requires: nobody changes it.
[[nodiscard]] Ref<> show_keys(Set& keys) noexcept {
  ItemsRepr text("{");
  std::size_t place = 0;
  for (; const Ref<> key = keys.next(place); ++place)
    if (failed(text.add(key.value()))) return kRaised;
  return text.finish("}");
}

// Behind the type's name; null: the set is empty.
[[nodiscard]] Ref<> show_named(Set& set, const Str* keys) noexcept {
  StrBuilder text;
  text.add_utf8(type_of(set).name());
  text.add("(");
  if (keys != nullptr) text.add(*keys);
  text.add(")");
  return text.finish();
}

Ref<> set_repr(Value self) noexcept {
  Set& set = self_of(self);
  const ReprGuard guard(set);
  if (guard.is_inside()) {
    const Ref<Str> dots = Str::of_ascii("...");
    return show_named(set, dots.get());
  }
  // As they are at one moment.
  const Ref<Set> keys = set.is_frozen() ? Ref<Set>::of(set) : set.copy(frozenset_type());
  if (!keys) return kRaised;
  if (keys->size() == 0) return show_named(set, nullptr);
  Ref<> shown = show_keys(*keys);
  if (!shown || &type_of(set) == g_set_type) return shown;
  return show_named(set, as_str(shown.value()));
}

// --- Operators. ---

using Operation = Ref<Set> (*)(Set& set, Value other) noexcept;

// Operators want a set on both sides; methods take what is iterable.
template <Operation operation>
Ref<> set_operator(Value self, Value other) noexcept {
  if (as_any_set(other) == nullptr) return Special::kNotImplemented;
  return operation(self_of(self), other);
}

template <Operation operation>
Ref<> set_reflected(Value self, Value other) noexcept {
  if (as_any_set(other) == nullptr) return Special::kNotImplemented;
  return operation(self_of(other), self);
}

template <Operation operation>
void put_operator(Protocols& slots, BinaryOp op) noexcept {
  slots.binary[static_cast<std::size_t>(op)] = set_operator<operation>;
  slots.reflected[static_cast<std::size_t>(op)] = set_reflected<operation>;
}

template <Status (*change)(Set& set, Value other) noexcept>
Ref<> set_in_place(Value self, Value other) noexcept {
  if (as_any_set(other) == nullptr) return Special::kNotImplemented;
  return failed(change(self_of(self), other)) ? Ref<>() : Ref<>::of(self);
}

[[nodiscard]] Protocols common_protocols() noexcept {
  Protocols slots;
  slots.length = set_length;
  slots.contains = set_contains;
  slots.iter = set_iterate;
  slots.compare = set_compare;
  slots.repr = set_repr;
  put_operator<union_of>(slots, BinaryOp::kOr);
  put_operator<intersection>(slots, BinaryOp::kAnd);
  put_operator<difference>(slots, BinaryOp::kSubtract);
  put_operator<symmetric_difference>(slots, BinaryOp::kXor);
  return slots;
}

[[nodiscard]] Type* make_type(std::string_view name, const Protocols& protocols) noexcept {
  Type* const ancestors[] = {&object_type()};
  return Type::make({.name = name,
                     .layout = &layout_of<Set>,
                     .ancestors = ancestors,
                     .protocols = protocols,
                     .is_weakly_referable = true});
}

[[nodiscard]] Protocols set_protocols() noexcept {
  Protocols slots = common_protocols();  // and no hash: a set changes
  const auto put = [&slots](BinaryOp op, BinaryFunction function) {
    slots.in_place[static_cast<std::size_t>(op)] = function;
  };
  put(BinaryOp::kOr, set_in_place<update>);
  put(BinaryOp::kAnd, set_in_place<intersection_update>);
  put(BinaryOp::kSubtract, set_in_place<difference_update>);
  put(BinaryOp::kXor, set_in_place<symmetric_difference_update>);
  return slots;
}

[[nodiscard]] Protocols frozenset_protocols() noexcept {
  Protocols slots = common_protocols();
  slots.hash = frozenset_hash;
  return slots;
}

}  // namespace

Type& set_type() noexcept { return *g_set_type; }
Type& frozenset_type() noexcept { return *g_frozenset_type; }

Status make_set_types() noexcept {
  g_set_type = make_type("set", set_protocols());
  if (g_set_type == nullptr) return kRaised;
  g_frozenset_type = make_type("frozenset", frozenset_protocols());
  return g_frozenset_type == nullptr ? kRaised : make_set_iterator_type();
}

Set* as_any_set(Value value) noexcept {
  if (!value.is_object()) return nullptr;
  const Type& type = type_of(*value.object());
  const bool is_one = &type == g_set_type || &type == g_frozenset_type ||
                      type.is_subtype_of(*g_set_type) || type.is_subtype_of(*g_frozenset_type);
  return is_one ? static_cast<Set*>(value.object()) : nullptr;
}

bool Set::is_frozen() const noexcept { return type_of(*this).is_subtype_of(*g_frozenset_type); }

}  // namespace orochi::inline OROCHI_DESIGN
