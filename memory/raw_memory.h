// memory/raw_memory.h: memory from outside: mimalloc's, or in sanitizer builds that of the
// sanitizer's malloc, because the system's mimalloc is not instrumented.
//
// Below chunks (memory/chunk_pool.h), buffers (memory/buffer.h) and objects of their own
// (memory/system_heap.h), which is where everybody else gets memory from. Any thread. Failures are
// null, and memory/fault.h may order one anywhere.
#pragma once

#include <cstddef>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::raw_memory {

[[nodiscard]] void* allocate(std::size_t bytes) noexcept;
[[nodiscard]] void* allocate_zeroed(std::size_t bytes) noexcept;
// Requires: `alignment` is a power of two, and `bytes` a multiple of it.
[[nodiscard]] void* allocate_aligned(std::size_t bytes, std::size_t alignment) noexcept;
// Null: `block` is as it was.
[[nodiscard]] void* reallocate(void* block, std::size_t bytes) noexcept;
void release(void* block) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::raw_memory
