// memory/chunk_pool.h: all chunks, and the slabs in them that no heap has.
//
// Heaps take slabs and give them back. A chunk of which no slab is taken goes back to the system,
// except for one that is kept for the next who asks. The pool is also the registry by which a
// stopped world finds every slab there is.
//
// Any thread, under one raw lock that is not held across allocations. Not used with
// ObjectHeap::kSystem.
// Tests: tests/memory/chunk_pool_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/slab.h"

namespace orochi::inline OROCHI_DESIGN {

// Stands where the header of slab 0 would. Guarded by the pool's lock.
struct Chunk {
  Chunk* next = nullptr;
  Chunk* previous = nullptr;
  std::size_t bytes = kChunkBytes;  // more in a chunk made for one block
  std::uint64_t free = 0;           // bit i: nobody has slab i
  std::uint64_t first = 0;          // bit i: slab i is taken, and the first of its run

  [[nodiscard]] Slab* header(std::uint32_t index) noexcept {
    return reinterpret_cast<Slab*>(this) + index;
  }
};
static_assert(sizeof(Chunk) <= sizeof(Slab) && alignof(Chunk) <= alignof(Slab));

class ChunkPool {
 public:
  // The most slabs in a row that a chunk has.
  static constexpr std::uint32_t kLongestRun = kSlabsPerChunk - 1;

  // The first of `slabs` slabs in a row, new but for its `base`. Null without memory.
  [[nodiscard]] static Slab* take(std::uint32_t slabs) noexcept;
  // A slab on a chunk of its own, which has room for `bytes` from its base on. Null without memory.
  [[nodiscard]] static Slab* take_chunk(std::size_t bytes) noexcept;
  // Gives back all that came with `slab`; requires is_unattended(slab).
  static void give(Slab& slab, std::uint32_t slabs) noexcept;
  static void give_chunk(Slab& slab) noexcept;

  // Room for the marks of a taken slab: three times kMarkBytes.
  static constexpr std::size_t kMarkBytes = kMaxBlocksPerSlab / 8;
  [[nodiscard]] static char* marks_of(Slab& slab) noexcept;

  struct Usage {
    std::size_t taken = 0;   // bytes of slabs that heaps have
    std::size_t chunks = 0;  // bytes of chunks, the one in reserve included
  };
  [[nodiscard]] static Usage usage() noexcept;

  // Calls visit(Slab&) for every slab or run that is taken. The world is stopped, and `visit`
  // neither takes nor gives.
  template <class Visit>
  static void for_each_stopped(Visit&& visit);

  // Around a fork, so that the child finds the lists whole.
  static void before_fork() noexcept;
  static void after_fork_parent() noexcept;
  static void after_fork_child() noexcept;

 private:
  [[nodiscard]] static Chunk* first_chunk_stopped() noexcept;
};

template <class Visit>
void ChunkPool::for_each_stopped(Visit&& visit) {
  for (Chunk* chunk = first_chunk_stopped(); chunk != nullptr; chunk = chunk->next) {
    for (std::uint64_t rest = chunk->first; rest != 0; rest &= rest - 1)
      visit(*chunk->header(static_cast<std::uint32_t>(__builtin_ctzll(rest))));
  }
}

}  // namespace orochi::inline OROCHI_DESIGN
