#include "memory/chunk_pool.h"

#include <new>

#include "memory/memory_watch.h"
#include "memory/poison.h"
#include "memory/raw_memory.h"
#include "memory/raw_mutex.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::uint64_t kAllFree = ~std::uint64_t{1};  // slab 0 is the headers

constinit RawMutex g_lock;
// A list of the chunks that heaps have something of; those with free slabs stand in front.
constinit Chunk* g_front OROCHI_GUARDED_BY(g_lock) = nullptr;
constinit Chunk* g_back OROCHI_GUARDED_BY(g_lock) = nullptr;
constinit Chunk* g_reserve OROCHI_GUARDED_BY(g_lock) = nullptr;  // nobody has anything of it
constinit ChunkPool::Usage g_usage OROCHI_GUARDED_BY(g_lock);
constinit MemoryAccount g_account OROCHI_GUARDED_BY(g_lock);

void count_taken(std::size_t bytes) noexcept OROCHI_REQUIRES(g_lock) {
  g_usage.taken += bytes;
  g_account.add(bytes);
}

void count_given(std::size_t bytes) noexcept OROCHI_REQUIRES(g_lock) {
  g_usage.taken -= bytes;
  g_account.add(std::uint64_t{0} - bytes);
}

Chunk& chunk_of(Slab& slab) noexcept {
  const auto address = reinterpret_cast<std::uintptr_t>(&slab);
  return *reinterpret_cast<Chunk*>(address & ~(kChunkBytes - 1));
}

std::uint32_t index_in_chunk(Slab& slab) noexcept {
  return static_cast<std::uint32_t>(&slab - chunk_of(slab).header(0));
}

void link_in_front(Chunk& chunk) noexcept OROCHI_REQUIRES(g_lock) {
  chunk.previous = nullptr;
  chunk.next = g_front;
  (g_front != nullptr ? g_front->previous : g_back) = &chunk;
  g_front = &chunk;
}

void link_at_back(Chunk& chunk) noexcept OROCHI_REQUIRES(g_lock) {
  chunk.next = nullptr;
  chunk.previous = g_back;
  (g_back != nullptr ? g_back->next : g_front) = &chunk;
  g_back = &chunk;
}

void unlink(Chunk& chunk) noexcept OROCHI_REQUIRES(g_lock) {
  (chunk.previous != nullptr ? chunk.previous->next : g_front) = chunk.next;
  (chunk.next != nullptr ? chunk.next->previous : g_back) = chunk.previous;
}

Chunk* make_chunk(std::size_t bytes) noexcept {
  void* const memory = raw_memory::allocate_aligned(bytes, kChunkBytes);
  if (memory == nullptr) return nullptr;
  Chunk* const chunk = new (memory) Chunk;
  chunk->bytes = bytes;
  poison(static_cast<char*>(memory) + kSlabBytes, bytes - kSlabBytes);
  return chunk;
}

void release_chunk(Chunk* chunk) noexcept {
  if (chunk == nullptr) return;
  unpoison(chunk, chunk->bytes);
  raw_memory::release(chunk);
}

constexpr std::uint64_t run_of(std::uint32_t index, std::uint32_t slabs) noexcept {
  return (~std::uint64_t{0} >> (64 - slabs)) << index;
}

// Bit i: slabs i to i + slabs - 1 are free.
constexpr std::uint64_t starts_of_runs(std::uint64_t free, std::uint32_t slabs) noexcept {
  for (std::uint32_t have = 1; have < slabs;) {
    const std::uint32_t step = have < slabs - have ? have : slabs - have;
    free &= free >> step;
    have += step;
  }
  return free;
}
static_assert(starts_of_runs(0b1110'1100, 3) == 0b0010'0000);
static_assert(starts_of_runs(kAllFree, ChunkPool::kLongestRun) == 0b10);

// The header of a slab that begins its life.
Slab* begin(Chunk& chunk, std::uint32_t index) noexcept OROCHI_REQUIRES(g_lock) {
  chunk.first |= std::uint64_t{1} << index;
  Slab* const slab = new (chunk.header(index)) Slab;
  slab->base = reinterpret_cast<char*>(&chunk) + index * kSlabBytes;
  return slab;
}

Slab* take_from(Chunk& chunk, std::uint32_t slabs) noexcept OROCHI_REQUIRES(g_lock) {
  const std::uint64_t starts = starts_of_runs(chunk.free, slabs);
  if (starts == 0) return nullptr;
  const auto index = static_cast<std::uint32_t>(__builtin_ctzll(starts));
  chunk.free &= ~run_of(index, slabs);
  count_taken(slabs * kSlabBytes);
  if (chunk.free == 0) {
    unlink(chunk);
    link_at_back(chunk);
  }
  return begin(chunk, index);
}

// From the chunks in use, else from the reserve.
Slab* take_known(std::uint32_t slabs) noexcept OROCHI_REQUIRES(g_lock) {
  for (Chunk* chunk = g_front; chunk != nullptr && chunk->free != 0; chunk = chunk->next)
    if (Slab* const slab = take_from(*chunk, slabs)) return slab;
  if (g_reserve == nullptr) return nullptr;
  Chunk& chunk = *g_reserve;
  g_reserve = nullptr;
  link_in_front(chunk);
  return take_from(chunk, slabs);
}

// Returns the chunk that is to be released, if any.
Chunk* give_locked(Slab& slab, std::uint32_t slabs) noexcept OROCHI_REQUIRES(g_lock) {
  Chunk& chunk = chunk_of(slab);
  const std::uint32_t index = index_in_chunk(slab);
  const bool was_full = chunk.free == 0;
  chunk.first &= ~(std::uint64_t{1} << index);
  chunk.free |= run_of(index, slabs);
  count_given(slabs * kSlabBytes);
  poison(slab.base, slabs * kSlabBytes);
  if (chunk.free != kAllFree && !was_full) return nullptr;
  unlink(chunk);
  if (chunk.free != kAllFree) {
    link_in_front(chunk);
    return nullptr;
  }
  if (g_reserve == nullptr) {
    g_reserve = &chunk;
    return nullptr;
  }
  g_usage.chunks -= chunk.bytes;
  return &chunk;
}

}  // namespace

Slab* ChunkPool::take(std::uint32_t slabs) noexcept {
  {
    const RawLock lock(g_lock);
    if (Slab* const slab = take_known(slabs)) return slab;
  }
  Chunk* const chunk = make_chunk(kChunkBytes);
  if (chunk == nullptr) return nullptr;
  chunk->free = kAllFree;
  const RawLock lock(g_lock);
  g_usage.chunks += chunk->bytes;
  link_in_front(*chunk);
  return take_from(*chunk, slabs);
}

Slab* ChunkPool::take_chunk(std::size_t bytes) noexcept {
  if (bytes > SIZE_MAX - 2 * kChunkBytes) return nullptr;
  const std::size_t whole = (kSlabBytes + bytes + kChunkBytes - 1) & ~(kChunkBytes - 1);
  Chunk* const chunk = make_chunk(whole);
  if (chunk == nullptr) return nullptr;
  const RawLock lock(g_lock);
  g_usage.chunks += whole;
  count_taken(whole);
  link_at_back(*chunk);
  return begin(*chunk, 1);
}

void ChunkPool::give(Slab& slab, std::uint32_t slabs) noexcept {
  Chunk* to_release = nullptr;
  {
    const RawLock lock(g_lock);
    to_release = give_locked(slab, slabs);
  }
  release_chunk(to_release);
}

void ChunkPool::give_chunk(Slab& slab) noexcept {
  Chunk& chunk = chunk_of(slab);
  {
    const RawLock lock(g_lock);
    unlink(chunk);
    g_usage.chunks -= chunk.bytes;
    count_given(chunk.bytes);
  }
  release_chunk(&chunk);
}

char* ChunkPool::marks_of(Slab& slab) noexcept {
  Chunk& chunk = chunk_of(slab);
  char* const marks = reinterpret_cast<char*>(chunk.header(kSlabsPerChunk));
  return marks + (index_in_chunk(slab) - 1) * (3 * kMarkBytes);
}

ChunkPool::Usage ChunkPool::usage() noexcept {
  const RawLock lock(g_lock);
  return g_usage;
}

// The lock is not taken: in a stopped world nobody is inside it, and `visit` may run long.
Chunk* ChunkPool::first_chunk_stopped() noexcept OROCHI_UNCHECKED_LOCKING { return g_front; }

void ChunkPool::before_fork() noexcept OROCHI_UNCHECKED_LOCKING { g_lock.lock(); }

void ChunkPool::after_fork_parent() noexcept OROCHI_UNCHECKED_LOCKING { g_lock.unlock(); }

void ChunkPool::after_fork_child() noexcept { g_lock.reset_after_fork(); }

}  // namespace orochi::inline OROCHI_DESIGN
