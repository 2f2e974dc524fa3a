#include "python/compiler/arena.h"

#include <algorithm>
#include <cstring>

#include "memory/raw_memory.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

Arena::~Arena() {
  for (Chunk* chunk = chunks_; chunk != nullptr;) {
    Chunk* const next = chunk->next;
    raw_memory::release(chunk);
    chunk = next;
  }
}

Arena::Chunk* Arena::add_chunk(std::size_t payload) noexcept {
  const std::size_t bytes = sizeof(Chunk) + payload;
  auto* const chunk = static_cast<Chunk*>(raw_memory::allocate(bytes));
  if (chunk == nullptr) return refuse<Chunk>();
  chunk->next = chunks_;
  chunks_ = chunk;
  bytes_ += bytes;
  return chunk;
}

// What is larger than a quarter of a chunk gets one of its own, so that little is left unused.
void* Arena::allocate_slow(std::size_t bytes) noexcept {
  constexpr std::size_t kTooMuch = static_cast<std::size_t>(-1) / 2;
  if (bytes > kTooMuch) return refuse<void>();
  if (bytes == 0) return allocate(1);  // no two blocks have the same address
  if (bytes > chunk_size_ / 4) {
    Chunk* const own = add_chunk(bytes);
    return own == nullptr ? nullptr : static_cast<void*>(own + 1);
  }
  Chunk* const chunk = add_chunk(chunk_size_);
  if (chunk == nullptr) return nullptr;
  next_ = reinterpret_cast<char*>(chunk + 1);
  left_ = chunk_size_;
  chunk_size_ = std::min(chunk_size_ * 2, kLargestChunk);
  return allocate(bytes);
}

std::string_view Arena::join(std::initializer_list<std::string_view> parts) noexcept {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  char* const text = allocate_array<char>(size);
  if (text == nullptr) return {};
  char* end = text;
  for (const std::string_view part : parts) end = std::copy(part.begin(), part.end(), end);
  return {text, size};
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
