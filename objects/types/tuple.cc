#include "objects/types/tuple.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <memory>

#include "objects/model/new_object.h"
#include "objects/model/operations.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_tuple_type = nullptr;  // written by make_tuple_type, before there are tuples

[[nodiscard]] const Tuple* as_tuple(Value value) noexcept {
  if (!value.is_object() || !type_of(value).is_subtype_of(tuple_type())) return nullptr;
  return static_cast<const Tuple*>(value.object());
}

[[nodiscard]] const Tuple& self_of(Value value) noexcept {
  return *static_cast<const Tuple*>(value.object());
}

// --- Protocols. ---

Status tuple_length(Value self, std::size_t& length) noexcept {
  length = self_of(self).size();
  return Status::kDone;
}

Ref<> tuple_get_item(Value self, Value key) noexcept {
  if (!key.is_int())
    return raise(ErrorKind::kType, {"tuple indices must be integers, not ", type_of(key).name()});
  const Tuple& tuple = self_of(self);
  const auto size = static_cast<std::int64_t>(tuple.size());
  const std::int64_t index = key.as_int() < 0 ? key.as_int() + size : key.as_int();
  if (index < 0 || index >= size) return raise(ErrorKind::kIndex, {"tuple index out of range"});
  return tuple.load(static_cast<std::size_t>(index));
}

Truth tuple_contains(Value self, Value item) noexcept {
  const Tuple& tuple = self_of(self);
  for (std::size_t i = 0; i < tuple.size(); ++i) {
    const Truth found = same_or_equal(tuple[i], item);
    if (found != Truth::kFalse) return found;
  }
  return Truth::kFalse;
}

// Each item's hash is mixed into the sum by a multiplication and a turn, so that order counts.
Status tuple_hash(Value self, std::int64_t& hash) noexcept {
  std::uint64_t sum = 0x27D4'EB2F'1656'67C5;
  const Tuple& tuple = self_of(self);
  for (std::size_t i = 0; i < tuple.size(); ++i) {
    std::int64_t item = 0;
    if (failed(orochi::hash(tuple[i], item))) return kRaised;
    sum = std::rotl(sum + static_cast<std::uint64_t>(item) * 0xC2B2'AE3D'27D4'EB4F, 31) *
          0x9E37'79B1'85EB'CA87;
  }
  hash = static_cast<std::int64_t>(sum + tuple.size());
  return Status::kDone;
}

// The first place where the two differ, or the shorter one's length. Failed: a comparison raised.
Status find_difference(const Tuple& a, const Tuple& b, std::size_t& place) noexcept {
  const std::size_t common = std::min(a.size(), b.size());
  for (place = 0; place < common; ++place) {
    const Truth equal = same_or_equal(a[place], b[place]);
    if (failed(equal)) return kRaised;
    if (equal == Truth::kFalse) break;
  }
  return Status::kDone;
}

[[nodiscard]] bool compare_sizes(CompareOp op, std::size_t a, std::size_t b) noexcept {
  switch (op) {
    case CompareOp::kLess:
      return a < b;
    case CompareOp::kLessEqual:
      return a <= b;
    case CompareOp::kEqual:
      return a == b;
    case CompareOp::kNotEqual:
      return a != b;
    case CompareOp::kGreater:
      return a > b;
    case CompareOp::kGreaterEqual:
      return a >= b;
  }
  return false;
}

Ref<> tuple_compare(CompareOp op, Value self, Value other) noexcept {
  const Tuple* const b = as_tuple(other);
  if (b == nullptr) return Special::kNotImplemented;
  const Tuple& a = self_of(self);
  std::size_t place = 0;
  if (failed(find_difference(a, *b, place))) return kRaised;
  if (place == std::min(a.size(), b->size()))
    return Value::of_bool(compare_sizes(op, a.size(), b->size())).as_special();
  if (op == CompareOp::kEqual) return Special::kFalse;
  if (op == CompareOp::kNotEqual) return Special::kTrue;
  return compare(op, a[place], (*b)[place]);
}

Ref<> tuple_add(Value self, Value other) noexcept {
  const Tuple* const b = as_tuple(other);
  if (b == nullptr) return Special::kNotImplemented;
  const Tuple& a = self_of(self);
  Ref<Tuple> sum = Tuple::make_blank(a.size() + b->size());
  if (!sum) return kRaised;
  for (std::size_t i = 0; i < a.size(); ++i) sum->initialise(i, a.load(i));
  for (std::size_t i = 0; i < b->size(); ++i) sum->initialise(a.size() + i, b->load(i));
  return sum;
}

[[nodiscard]] Protocols tuple_protocols() noexcept {
  Protocols slots;
  slots.length = tuple_length;
  slots.get_item = tuple_get_item;
  slots.contains = tuple_contains;
  slots.hash = tuple_hash;
  slots.compare = tuple_compare;
  slots.binary[static_cast<std::size_t>(BinaryOp::kAdd)] = tuple_add;
  return slots;
}

}  // namespace

// --- The type. ---

Type& tuple_type() noexcept { return *g_tuple_type; }

Status make_tuple_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_tuple_type = Type::make({.name = "tuple",
                             .layout = &layout_of<Tuple>,
                             .ancestors = ancestors,
                             .protocols = tuple_protocols()});
  return g_tuple_type == nullptr ? Status::kFailed : Status::kDone;
}

// --- Making. ---

Tuple::Tuple(ShapeIndex shape, std::size_t size) noexcept : Object(shape), size_(size) {
  std::uninitialized_value_construct_n(items(), size);
}

Ref<Tuple> Tuple::make_blank(std::size_t size) noexcept {
  if (size > (SIZE_MAX - sizeof(Tuple)) / sizeof(ConstField)) return raise_memory_error();
  return new_object_with_trailing<Tuple>(tuple_type(), size * sizeof(ConstField), size);
}

Ref<Tuple> Tuple::make(std::span<Ref<>> items) noexcept {
  Ref<Tuple> tuple = make_blank(items.size());
  if (!tuple) return kRaised;
  for (std::size_t i = 0; i < items.size(); ++i) tuple->initialise(i, std::move(items[i]));
  return tuple;
}

}  // namespace orochi::inline OROCHI_DESIGN
