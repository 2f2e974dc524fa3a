// What the product asks of mimalloc, from the memory of the schedule. mimalloc itself would keep
// what abandoned schedules leave behind, and answer with other addresses in each run.

#include <malloc.h>

#include <cstddef>
#include <cstring>
#include <new>

#include "stress/explorer/arena.h"

namespace arena = orochi::explorer::arena;

extern "C" {

void* mi_malloc_aligned(std::size_t bytes, std::size_t alignment) noexcept {
  return operator new (bytes, std::align_val_t{alignment}, std::nothrow);
}

void* mi_malloc(std::size_t bytes) noexcept { return mi_malloc_aligned(bytes, 16); }

void* mi_zalloc(std::size_t bytes) noexcept {
  void* const block = mi_malloc(bytes);
  if (block != nullptr) std::memset(block, 0, bytes);
  return block;
}

void mi_free(void* block) noexcept { operator delete (block, std::align_val_t{16}); }

void* mi_realloc(void* block, std::size_t bytes) noexcept {
  void* const moved = mi_malloc(bytes);
  if (moved == nullptr || block == nullptr) return moved;
  const std::size_t before =
      arena::contains(block) ? arena::size_of(block) : malloc_usable_size(block);
  std::memcpy(moved, block, before < bytes ? before : bytes);
  mi_free(block);
  return moved;
}
}
