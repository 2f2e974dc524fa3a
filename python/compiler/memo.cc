#include "python/compiler/memo.h"

#include <cstring>

namespace orochi::inline OROCHI_DESIGN::compiler {

Memo::Entry& Memo::slot_of(std::uint64_t key) const noexcept {
  const std::uint64_t mixed = key * 0x9E37'79B9'7F4A'7C15U;
  std::uint32_t at = static_cast<std::uint32_t>(mixed >> 32) & (capacity_ - 1);
  while (entries_[at].key != 0 && entries_[at].key != key) at = (at + 1) & (capacity_ - 1);
  return entries_[at];
}

const Memo::Entry* Memo::find(std::uint64_t key) const noexcept {
  if (used_ == 0) return nullptr;
  const Entry& entry = slot_of(key);
  return entry.key == key ? &entry : nullptr;
}

void Memo::remember(const Entry& entry) noexcept {
  if (used_ + 1 > capacity_ / 4 * 3 && !grow()) return;
  Entry& slot = slot_of(entry.key);
  used_ += slot.key == 0 ? 1 : 0;
  slot = entry;
}

bool Memo::grow() noexcept {
  const std::uint32_t capacity = capacity_ == 0 ? 64 : capacity_ * 2;
  Entry* const old = entries_;
  const std::uint32_t old_capacity = capacity_;
  void* const memory = raw_memory::allocate_zeroed(capacity * sizeof(Entry));
  if (memory == nullptr) return false;
  entries_ = static_cast<Entry*>(memory);
  capacity_ = capacity;
  for (std::uint32_t i = 0; i < old_capacity; ++i)
    if (old[i].key != 0) slot_of(old[i].key) = old[i];
  raw_memory::release(old);
  return true;
}

void Memo::clear() noexcept {
  if (used_ != 0) std::memset(static_cast<void*>(entries_), 0, capacity_ * sizeof(Entry));
  used_ = 0;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
