#include "objects/types/owned_values.h"

#include <algorithm>
#include <cstdint>

#include "memory/buffer.h"

namespace orochi::inline OROCHI_DESIGN {

OwnedValues::~OwnedValues() {
  for (std::size_t i = 0; i < size_; ++i) drop(values_[i]);
  if (values_ != few_.data()) free_buffer(values_);
}

bool OwnedValues::reserve(std::size_t room) noexcept {
  if (room <= room_) return true;
  if (room > SIZE_MAX / sizeof(Value)) return false;
  auto* const values = static_cast<Value*>(allocate_buffer(room * sizeof(Value)));
  if (values == nullptr) return false;
  std::copy_n(values_, size_, values);
  if (values_ != few_.data()) free_buffer(values_);
  values_ = values;
  room_ = room;
  return true;
}

bool OwnedValues::add(Ref<>& value) noexcept {
  if (size_ == room_ && !reserve(room_ + room_ / 2)) return false;
  push(std::move(value));
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN
