// memory/heap.h: where objects live.
//
// A block is at least as long as asked for and aligned to 16 bytes; it begins with the object's
// Refcount (memory/refcount.h). Where it comes from is the design's business:
//
//   ObjectHeap::kSlabs     the heap of the calling thread's slot (memory/slab_heap.h); where one
//                          thread runs at a time, one heap for all
//   ObjectHeap::kSystem    the system's malloc (memory/system_heap.h)
//
// Life of a block:
//
//     allocate --> new --> live --> destroyed --> free
//                   |                              ^
//                   +------------------------------+
//
//   new         its first word says "no owner"; enumerations do not see it. The caller fills it in,
//               and last constructs the Refcount at its front: from then on the block is live, and
//               the first enumeration after the caller's next safepoint sees it. There is no
//               safepoint in between, so an object that takes several steps to build is either live
//               from the start, with fields that can be visited, or built within one section.
//   destroyed   memory/refcount.h; enumerations do not see it either (rule 11).
//   free        free() needs a block that is new or whose object was destroyed. Freeing twice is
//               found in debug builds.
//
// Attached threads only, unless said otherwise: a stop of the world waits for those, and while it
// stands nothing here may change. Nothing here parks or runs code of others.
// Tests: tests/memory/slab_heap_test.cc   Bench: bench/memory/slab_heap_bench.cc
#pragma once

#include <cassert>
#include <cstddef>

#include "memory/block.h"
#include "memory/chunk_pool.h"
#include "memory/poison.h"
#include "memory/refcount.h"
#include "memory/size_class.h"
#include "memory/slab_blocks.h"
#include "memory/slab_heap.h"
#include "memory/slot.h"
#include "memory/system_heap.h"

namespace orochi::inline OROCHI_DESIGN::heap {

namespace detail {

inline constexpr bool kUsesSlabs = kPolicy.object_heap == ObjectHeap::kSlabs;
inline constexpr bool kIsShared = !kPolicy.parallel;

[[nodiscard]] inline SlabHeap& mine() noexcept {
  if constexpr (kIsShared) return orochi::detail::g_shared_heap;
  return current().slot->heap;
}

[[noreturn]] void die_of_double_free(const void* block) noexcept;

inline void free_to_slab(void* block) noexcept {
  Slab& slab = *slab_of(block);
  if (kAddressSanitizer && slab.size_class != kNoSizeClass)
    poison(static_cast<char*>(block) + kBlockHeadBytes, slab.block_bytes - kBlockHeadBytes);
  SlabHeap::free(slab, block, kIsShared ? kFirstOwner : current().id);
}

[[nodiscard]] inline void* allocate_from_slab(std::size_t bytes) noexcept {
  void* block = nullptr;
  if (bytes <= kMaxClassBytes) [[likely]] {
    block = mine().allocate(size_class_of(bytes));
  } else {
    block = mine().allocate_large(bytes);
  }
  if (kAddressSanitizer && block != nullptr) unpoison(block, bytes);
  return block;
}

}  // namespace detail

// A new block; null without memory.
[[nodiscard]] inline void* allocate(std::size_t bytes) noexcept {
  void* block = nullptr;
  if constexpr (detail::kUsesSlabs) {
    block = detail::allocate_from_slab(bytes);
  } else {
    block = SystemHeap::allocate(bytes);
  }
  if (kDebug && block != nullptr) mark_allocated(block);
  return block;
}

// A block of any thread's.
inline void free(void* block) noexcept {
  assert(am_attached() && "a stopped world must not see blocks change");
  if (kDebug && is_marked_free(block)) detail::die_of_double_free(block);
  if constexpr (detail::kUsesSlabs) {
    detail::free_to_slab(block);
  } else {
    SystemHeap::free(block);
  }
}

// Calls visit(Slab&) for each slab. The world is stopped, and `visit` neither allocates nor frees
// blocks.
template <class Visit>
void for_each_slab_stopped(Visit&& visit) {
  if constexpr (detail::kUsesSlabs) {
    ChunkPool::for_each_stopped(visit);
  } else {
    SystemHeap::for_each_stopped(visit);
  }
}

// Calls visit(void* block) for each block that is live or destroyed; as above.
template <class Visit>
void for_each_block_stopped(Visit&& visit) {
  for_each_slab_stopped([&](Slab& slab) { orochi::for_each_block_stopped(slab, visit); });
}

// Calls visit(void* block) for each live block; as above.
template <class Visit>
void for_each_live_stopped(Visit&& visit) {
  for_each_block_stopped([&](void* block) {
    if (static_cast<const Refcount*>(block)->kind() == BlockKind::kLive) visit(block);
  });
}

// Bytes that blocks have or could have without asking for more memory: never less than what is in
// use, and more by what is free in slabs that are not empty. Any thread.
[[nodiscard]] std::size_t bytes_taken() noexcept;

// Gives back what is empty, in the calling thread's heap and in those of dead threads.
void trim() noexcept;

// The calling thread is about to make its slot free.
void leave() noexcept;
// It did so, and may touch the heap no more. What strangers told it of meanwhile is left to an
// attached thread, which Epoch::leave asks: call that next.
void after_leaving(Slot& slot) noexcept;

// For memory/fault.h: no allocation takes the fast path until its class was restocked. Nobody
// allocates meanwhile.
void park_all() noexcept;

// Around a fork.
void before_fork() noexcept;
void after_fork_parent() noexcept;
void after_fork_child() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::heap
