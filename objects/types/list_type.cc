// The type `list`: what the language's operators do with one.
#include <algorithm>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/model/repr_guard.h"
#include "objects/types/int.h"
#include "objects/types/item_equality.h"
#include "objects/types/list.h"
#include "objects/types/list_iterator.h"
#include "objects/types/ordering.h"
#include "objects/types/sequence_key.h"
#include "objects/types/sequence_operands.h"
#include "objects/types/sequence_repr.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_list_type = nullptr;  // written by make_list_type, before there are lists

[[nodiscard]] List& self_of(Value value) noexcept { return static_cast<List&>(*value.object()); }

// --- Items. ---

Status list_length(Value self, std::size_t& length) noexcept {
  length = self_of(self).size();
  return Status::kDone;
}

Ref<> list_get_item(Value self, Value key) noexcept {
  SequenceKey wanted;
  if (failed(wanted.read(key, "list"))) return kRaised;
  if (wanted.is_slice) return self_of(self).copy_part(wanted.bounds);
  Ref<> item;
  if (!self_of(self).get(wanted.index, item))
    return raise(ErrorKind::kIndex, {"list index out of range"});
  return item;
}

Status list_set_part(List& list, const SliceBounds& bounds, Ref<> value) noexcept {
  return value ? list.replace_part(bounds, value.value()) : list.remove_part(bounds);
}

Status list_delete_item(List& list, std::int64_t index) noexcept {
  if (list.pop(index)) return Status::kDone;
  return raise(ErrorKind::kIndex, {"list assignment index out of range"});
}

Status list_set_item(Value self, Value key, Ref<> value) noexcept {
  SequenceKey wanted;
  if (failed(wanted.read(key, "list"))) return kRaised;
  List& list = self_of(self);
  if (wanted.is_slice) return list_set_part(list, wanted.bounds, std::move(value));
  if (!value) return list_delete_item(list, wanted.index);
  if (list.set(wanted.index, std::move(value))) return Status::kDone;
  return raise(ErrorKind::kIndex, {"list assignment index out of range"});
}

Truth list_contains(Value self, Value item) noexcept { return self_of(self).contains(item); }

Ref<> list_iterate(Value self) noexcept { return ListIterator::make(self_of(self)); }

// --- Comparing. ---

// Two items that differ, or nothing: one of the lists has ended. Each look is a step of its own.
Status find_difference(List& a, List& b, Ref<>& left, Ref<>& right) noexcept {
  for (std::int64_t i = 0;; ++i) {
    Ref<> one;
    Ref<> other;
    if (!a.get(i, one) || !b.get(i, other)) return Status::kDone;
    const Truth same = is_item(one.value(), other.value());
    if (failed(same)) return kRaised;
    if (same == Truth::kTrue) continue;
    left.swap(one);
    right.swap(other);
    return Status::kDone;
  }
}

Ref<> list_compare(CompareOp op, Value self, Value other) noexcept {
  List* const b = as_list(other);
  if (b == nullptr) return Special::kNotImplemented;
  List& a = self_of(self);
  const bool asks_equality = op == CompareOp::kEqual || op == CompareOp::kNotEqual;
  if (asks_equality && a.size() != b->size()) return bool_of(op == CompareOp::kNotEqual);
  Ref<> left;
  Ref<> right;
  if (failed(find_difference(a, *b, left, right))) return kRaised;
  if (!left) return bool_of(holds(op, a.size() <=> b->size()));
  if (asks_equality) return bool_of(op == CompareOp::kNotEqual);
  return compare(op, left.value(), right.value());
}

Ref<> list_repr(Value self) noexcept {
  List& list = self_of(self);
  if (list.size() == 0) return Str::of_ascii("[]");
  const ReprGuard guard(list);
  if (guard.is_inside()) return Str::of_ascii("[...]");
  ItemsRepr text("[");
  for (std::int64_t i = 0;; ++i) {
    Ref<> item;
    if (!list.get(i, item)) return text.finish("]");
    if (failed(text.add(item.value()))) return kRaised;
  }
}

// --- Sums and multiples. ---

Ref<> list_add(Value self, Value other) noexcept {
  List* const b = as_list(other);
  return b == nullptr ? refuse_concat(self, other) : Ref<>(self_of(self).concat(*b));
}

Ref<> list_multiply(Value self, Value other) noexcept {
  std::int64_t times = 0;
  Ref<> answer;
  if (!read_repeats(self, other, times, answer)) return answer;
  return self_of(self).repeat(times);
}

Ref<> list_add_in_place(Value self, Value other) noexcept {
  return failed(self_of(self).extend(other)) ? Ref<>() : Ref<>::of(self);
}

Ref<> list_multiply_in_place(Value self, Value other) noexcept {
  std::int64_t times = 0;
  Ref<> answer;
  if (!read_repeats(self, other, times, answer)) return answer;
  return failed(self_of(self).repeat_in_place(times)) ? Ref<>() : Ref<>::of(self);
}

[[nodiscard]] Protocols list_protocols() noexcept {
  Protocols slots;
  slots.length = list_length;
  slots.get_item = list_get_item;
  slots.set_item = list_set_item;
  slots.contains = list_contains;
  slots.iter = list_iterate;
  slots.compare = list_compare;  // and no hash: a list changes
  slots.repr = list_repr;
  slots.binary[static_cast<std::size_t>(BinaryOp::kAdd)] = list_add;
  slots.binary[static_cast<std::size_t>(BinaryOp::kMultiply)] = list_multiply;
  slots.reflected[static_cast<std::size_t>(BinaryOp::kMultiply)] = list_multiply;
  slots.in_place[static_cast<std::size_t>(BinaryOp::kAdd)] = list_add_in_place;
  slots.in_place[static_cast<std::size_t>(BinaryOp::kMultiply)] = list_multiply_in_place;
  return slots;
}

}  // namespace

Type& list_type() noexcept { return *g_list_type; }

Status make_list_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_list_type = Type::make({.name = "list",
                            .layout = &layout_of<List>,
                            .ancestors = ancestors,
                            .protocols = list_protocols()});
  return g_list_type == nullptr ? Status::kFailed : make_list_iterator_types();
}

List* as_list(Value value) noexcept {
  if (!value.is_object()) return nullptr;
  const Type& type = type_of(*value.object());
  if (&type != &list_type() && !type.is_subtype_of(list_type())) return nullptr;
  return static_cast<List*>(value.object());
}

List* as_exact_list(Value value) noexcept {
  if (!value.is_object() || &type_of(*value.object()) != &list_type()) return nullptr;
  return static_cast<List*>(value.object());
}

}  // namespace orochi::inline OROCHI_DESIGN
