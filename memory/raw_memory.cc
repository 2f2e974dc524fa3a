#include "memory/raw_memory.h"

#include <mimalloc.h>

#include <cstdlib>

#include "memory/fault.h"

namespace orochi::inline OROCHI_DESIGN::raw_memory {

// Where it is discarded, the call of mimalloc is not compiled, and the library need not be linked.

void* allocate(std::size_t bytes) noexcept {
  if (fault::should_fail()) return nullptr;
  if constexpr (kSanitized) return std::malloc(bytes);
  return mi_malloc(bytes);
}

void* allocate_zeroed(std::size_t bytes) noexcept {
  if (fault::should_fail()) return nullptr;
  if constexpr (kSanitized) return std::calloc(1, bytes);
  return mi_zalloc(bytes);
}

void* allocate_aligned(std::size_t bytes, std::size_t alignment) noexcept {
  if (fault::should_fail()) return nullptr;
  if constexpr (kSanitized) return std::aligned_alloc(alignment, bytes);
  return mi_malloc_aligned(bytes, alignment);
}

void* reallocate(void* block, std::size_t bytes) noexcept {
  if (fault::should_fail()) return nullptr;
  if constexpr (kSanitized) return std::realloc(block, bytes);
  return mi_realloc(block, bytes);
}

void release(void* block) noexcept {
  if constexpr (kSanitized) {
    std::free(block);
  } else {
    mi_free(block);
  }
}

}  // namespace orochi::inline OROCHI_DESIGN::raw_memory
