#include "python/compiler/names.h"

#include <cstring>

#include "memory/raw_memory.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

std::uint32_t hash_of(std::string_view text) noexcept {
  std::uint32_t hash = 2166136261U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash ^ (hash >> 15);
}

}  // namespace

Names::~Names() { raw_memory::release(slots_); }

// Where the name is, or where it belongs. Requires: there is a free slot.
std::uint32_t* Names::slot_of(std::string_view text, std::uint32_t hash) noexcept {
  std::uint32_t at = hash & (capacity_ - 1);
  while (slots_[at] != 0) {
    const NameId name = slots_[at] - 1;
    if (hashes_[name] == hash && texts_[name] == text) break;
    at = (at + 1) & (capacity_ - 1);
  }
  return &slots_[at];
}

bool Names::grow() noexcept {
  const std::uint32_t capacity = capacity_ == 0 ? 256 : capacity_ * 2;
  void* const memory = raw_memory::allocate_zeroed(capacity * sizeof(std::uint32_t));
  if (memory == nullptr) return false;
  raw_memory::release(slots_);
  slots_ = static_cast<std::uint32_t*>(memory);
  capacity_ = capacity;
  for (std::uint32_t name = 0; name < texts_.size(); ++name)
    *slot_of(texts_[name], hashes_[name]) = name + 1;
  return true;
}

NameId Names::intern(std::string_view text) noexcept {
  if (2 * (texts_.size() + 1) > capacity_ && !grow()) return kNoName;
  const std::uint32_t hash = hash_of(text);
  std::uint32_t* const slot = slot_of(text, hash);
  if (*slot != 0) return *slot - 1;
  if (!texts_.push(text)) return kNoName;
  if (!hashes_.push(hash)) {
    texts_.shrink_to(texts_.size() - 1);
    return kNoName;
  }
  *slot = static_cast<std::uint32_t>(texts_.size());
  return *slot - 1;
}

std::string_view mangle(std::string_view class_name, std::string_view name, Arena& arena) noexcept {
  if (!name.starts_with("__") || name.ends_with("__")) return name;
  if (name.find('.') != std::string_view::npos) return name;
  const std::size_t first = class_name.find_first_not_of('_');
  if (first == std::string_view::npos) return name;
  return arena.join({"_", class_name.substr(first), name});
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
