// tests/memory/live_objects.h: objects that are a Refcount and a pattern, for tests of the heap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <set>

#include "memory/heap.h"
#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {

// A live object of `bytes`, filled with `pattern` behind its count; null without memory.
[[nodiscard]] inline void* make_live(std::size_t bytes, std::uint8_t pattern = 0xAB) noexcept {
  void* const block = heap::allocate(bytes);
  if (block == nullptr) return nullptr;
  if (bytes > sizeof(Refcount))
    std::memset(static_cast<char*>(block) + sizeof(Refcount), pattern, bytes - sizeof(Refcount));
  return new (block) Refcount(current().id);
}

[[nodiscard]] inline bool has_pattern(const void* block, std::size_t bytes,
                                      std::uint8_t pattern = 0xAB) noexcept {
  const auto* const byte = static_cast<const std::uint8_t*>(block);
  for (std::size_t i = sizeof(Refcount); i < bytes; ++i)
    if (byte[i] != pattern) return false;
  return true;
}

// Requires: nobody else allocates or frees.
[[nodiscard]] inline std::set<const void*> live_blocks() {
  std::set<const void*> blocks;
  heap::for_each_live_stopped([&blocks](void* block) { blocks.insert(block); });
  return blocks;
}
[[nodiscard]] inline std::size_t count_live() noexcept {
  std::size_t count = 0;
  heap::for_each_live_stopped([&count](void*) { ++count; });
  return count;
}

}  // namespace orochi::inline OROCHI_DESIGN
