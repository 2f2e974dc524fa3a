#include "python/modules/io/byte_store.h"

#include <algorithm>

namespace orochi::inline OROCHI_DESIGN {

namespace {

constexpr std::size_t kLeastRoom = 64;

}  // namespace

bool ByteStore::reserve(std::size_t room) noexcept {
  if (room <= this->room()) return true;
  if (room > PTRDIFF_MAX) return false;
  // An eighth more, so that appending moves each byte a few times only.
  const std::size_t larger = std::max(room + room / 8, kLeastRoom);
  void* const bytes = reallocate_buffer(bytes_, larger);
  if (bytes == nullptr) return false;
  bytes_ = static_cast<std::uint8_t*>(bytes);
  return true;
}

bool ByteStore::append(ByteSpan bytes) noexcept {
  if (bytes.empty()) return true;
  if (!reserve(size_ + bytes.size())) return false;
  std::ranges::copy(bytes, bytes_ + size_);
  size_ += bytes.size();
  return true;
}

void ByteStore::reset() noexcept {
  free_buffer(bytes_);
  bytes_ = nullptr;
  size_ = 0;
}

}  // namespace orochi::inline OROCHI_DESIGN
