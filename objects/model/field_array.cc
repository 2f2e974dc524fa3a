#include "objects/model/field_array.h"

#include <cassert>
#include <cstdint>
#include <memory>

#include "memory/epoch.h"
#include "objects/model/children.h"
#include "objects/model/error.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// All fields empty. Null without memory.
Field* make_fields(std::size_t length) noexcept {
  if (length > SIZE_MAX / sizeof(Field)) return nullptr;
  void* const buffer = allocate_buffer(length * sizeof(Field));
  if (buffer == nullptr) return nullptr;
  auto* const fields = static_cast<Field*>(buffer);
  std::uninitialized_value_construct_n(fields, length);
  return fields;
}

// I1.
void give_back(Field* fields, bool was_shared) noexcept {
  if (fields == nullptr) return;
  if (was_shared) {
    Epoch::retire_buffer(fields);
  } else {
    free_buffer(fields);
  }
}

}  // namespace

Status FieldArray::resize(Held holder, std::size_t used, std::size_t length) noexcept {
  return try_resize(holder, used, length) ? Status::kDone : Status{raise_memory_error()};
}

bool FieldArray::try_resize(Held holder, std::size_t used, std::size_t length) noexcept {
  assert(used <= length && used <= this->length(holder));
  Field* const before = fields_.load(kRelaxed);  // relaxed: written under the lock
  Field* after = nullptr;
  if (length != 0) {
    after = make_fields(length);
    if (after == nullptr) return false;
  }
  for (std::size_t i = 0; i < used; ++i) after[i].move_from(holder, before[i]);
  publish(after);
  give_back(before, holder.is_shared());
  return true;
}

void FieldArray::shift(Held holder, std::size_t from, std::size_t to, std::size_t count) noexcept {
  assert(from + count <= length(holder) && to + count <= length(holder));
  Field* const fields = fields_.load(kRelaxed);  // relaxed: written under the lock
  if (to < from) {
    for (std::size_t i = 0; i < count; ++i) fields[to + i].move_from(holder, fields[from + i]);
  } else {
    for (std::size_t i = count; i-- > 0;) fields[to + i].move_from(holder, fields[from + i]);
  }
}

TakenFields FieldArray::take(Held holder) noexcept {
  Field* const fields = fields_.load(kRelaxed);  // relaxed: written under the lock
  if (holder.is_shared()) {
    for (std::size_t i = 0; i < length_of(fields); ++i)
      holder.mark_unlinked(fields[i].get(holder));  // I2
  }
  publish(nullptr);
  return {fields, holder.is_shared()};
}

void FieldArray::put([[maybe_unused]] Held holder, TakenFields fields) noexcept {
  assert(fields_.load(kRelaxed) == nullptr);
  assert(!fields.was_shared_ || holder.is_shared());
  publish(std::exchange(fields.fields_, nullptr));
}

TakenFields::~TakenFields() {
  if (fields_ == nullptr) return;
  const std::size_t length = buffer_bytes(fields_) / sizeof(Field);
  // Marked when they were taken. The words stay as they are, for readers.
  for (std::size_t i = 0; i < length; ++i) drop(Children::of(fields_[i]));
  give_back(fields_, was_shared_);
}

}  // namespace orochi::inline OROCHI_DESIGN
