#include "objects/types/tuple.h"

#include <algorithm>
#include <cstdint>
#include <memory>

#include "objects/model/new_object.h"
#include "objects/types/bounds.h"
#include "objects/types/item_equality.h"
#include "objects/types/tuple_iterator.h"
#include "objects/types/tuple_protocols.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_tuple_type, before there are tuples.
constinit Type* g_tuple_type = nullptr;
constinit Tuple* g_empty = nullptr;

[[nodiscard]] Ref<Tuple> new_tuple(std::size_t size) noexcept {
  if (size > (SIZE_MAX - sizeof(Tuple)) / sizeof(ConstField)) return raise_memory_error();
  return new_object_with_trailing<Tuple>(tuple_type(), size * sizeof(ConstField), size);
}

Status make_empty() noexcept {
  Ref<Tuple> empty = new_tuple(0);
  if (!empty) return kRaised;
  empty->count().immortalise();
  g_empty = empty.release();
  return Status::kDone;
}

}  // namespace

// --- The type. ---

Type& tuple_type() noexcept { return *g_tuple_type; }

Status make_tuple_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_tuple_type = Type::make({.name = "tuple",
                             .layout = &layout_of<Tuple>,
                             .ancestors = ancestors,
                             .protocols = tuple_protocols(),
                             .native_end = [](const Object& object) noexcept {
                               const auto& tuple = static_cast<const Tuple&>(object);
                               return sizeof(Tuple) + tuple.size() * sizeof(ConstField);
                             }});
  if (g_tuple_type == nullptr || failed(make_empty())) return Status::kFailed;
  return make_tuple_iterator_type();
}

const Tuple* as_tuple(Value value) noexcept {
  if (!value.is_object()) return nullptr;
  const Type& type = type_of(*value.object());
  if (&type != &tuple_type() && !type.is_subtype_of(tuple_type())) return nullptr;
  return static_cast<const Tuple*>(value.object());
}

const Tuple* as_exact_tuple(Value value) noexcept {
  if (!value.is_object() || &type_of(*value.object()) != &tuple_type()) return nullptr;
  return static_cast<const Tuple*>(value.object());
}

// --- Making. ---

Tuple::Tuple(ShapeIndex shape, std::size_t size) noexcept : Object(shape), size_(size) {
  std::uninitialized_value_construct_n(items(), size);
}

Ref<Tuple> Tuple::make_blank(std::size_t size) noexcept {
  return size == 0 ? Ref<Tuple>::of(*g_empty) : new_tuple(size);
}

Ref<Tuple> Tuple::make(std::span<Ref<>> items) noexcept {
  Ref<Tuple> tuple = make_blank(items.size());
  if (!tuple) return kRaised;
  for (std::size_t i = 0; i < items.size(); ++i) tuple->initialise(i, std::move(items[i]));
  return tuple;
}

// --- Searching. ---

Truth Tuple::find(Value value, std::int64_t start, std::int64_t stop,
                  std::size_t& place) const noexcept {
  const std::size_t end = std::min(bound_from_begin(stop, size_), size_);
  for (place = bound_from_begin(start, size_); place < end; ++place) {
    const Truth same = is_item((*this)[place], value);
    if (same != Truth::kFalse) return same;
  }
  return Truth::kFalse;
}

Status Tuple::count_equal(Value value, std::size_t& count) const noexcept {
  count = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    const Truth same = is_item((*this)[i], value);
    if (failed(same)) return kRaised;
    if (same == Truth::kTrue) ++count;
  }
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
