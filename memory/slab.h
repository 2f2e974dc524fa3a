// memory/slab.h: where a block lies, and what stands beside it instead of in it.
//
//   chunk   4 MiB, aligned to its size. Its first 64 KiB hold the headers of its slabs, densely, so
//           that headers of different slabs do not meet in one cache set.
//   slab    64 KiB, cut into blocks of one size, owned by one owner id from its issue to its
//           return. A larger object is one block on several slabs in a row, or on a chunk of its
//           own that is as long as it must be.
//   block   begins with two 32-bit words, the count of memory/refcount.h. Owner id 0 in the first
//           half-word means a free block and nothing else; the other word then links free blocks.
//
// A block's queue and retire bits stand in its slab's `Marks`, never in header or payload, which
// readers may still look at (rule 11). So queueing and retiring allocate nothing (rule 23).
//
// A slab whose blocks are all free goes back to the pool, and its chunk perhaps to the system,
// unless somebody may still look at its header:
//
// I1  It is not returned while it stands in a stack or has a visitor. Who goes on looking at a slab
//     although the block through which it came may be freed meanwhile holds a SlabVisit, and enters
//     before that block is given up. So once all blocks are free nobody enters any more.
//
// With ObjectHeap::kSystem every object comes from the system's malloc with a slab of one block
// before it; everything here holds for those too.
//
// Tests: tests/memory/slab_heap_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/atomic.h"
#include "memory/once_stack.h"
#include "memory/owner_id.h"

namespace orochi::inline OROCHI_DESIGN {

inline constexpr std::size_t kSlabBytes = std::size_t{1} << 16;
inline constexpr std::size_t kChunkBytes = std::size_t{1} << 22;
inline constexpr std::size_t kSlabsPerChunk = kChunkBytes / kSlabBytes;  // the first holds headers
inline constexpr std::size_t kGranule = 16;                              // sizes are multiples
inline constexpr std::size_t kMinBlockBytes = 32;
inline constexpr std::size_t kMaxBlocksPerSlab = kSlabBytes / kMinBlockBytes;

struct Slab;

// Where a block begins, seen from its slab's base; 0 is never a block.
using BlockOffset = std::uint16_t;
static_assert(kSlabBytes - 1 == UINT16_MAX);

// A place in one SlabStack (memory/slab_stack.h).
using SlabLink = OnceLink<Slab>;

// In which of its heap's lists a slab stands: memory/slab_heap.h.
enum class SlabPlace : std::uint8_t { kCurrent, kPartial, kFull };

// One bit a block. A set bit keeps the block from being freed.
struct Marks {
  // The object owes a look by the holder of the slab's owner id, or by anyone once it is merged:
  // memory/merge_queue.h.
  Atomic<std::uint64_t>* queued;
  // Destroyed; readers may still look: memory/epoch.h.
  Atomic<std::uint64_t>* retired;
  // Retired, and the grace period has begun. Written by the slot's holder only.
  std::uint64_t* waiting;
};

struct alignas(64) Slab {
  // Constant from issue to return.
  char* base = nullptr;           // blocks lie at base + BlockOffset
  std::uint32_t block_bytes = 0;  // size of a block, or 4 GiB if that is less
  std::uint32_t first_block = 0;  // offset of block 0
  std::uint32_t blocks = 0;       // how many
  OwnerId owner = kNobody;
  std::uint8_t size_class = 0;

  // Touched by the slot's holder only: memory/slab_heap.h.
  SlabPlace place = SlabPlace::kFull;
  // The slot's holder writes it, anyone may look whether its own id stands here: it may then put a
  // block on `give` and need not do more. `owner`, or while the slab is full an id that nobody has.
  Atomic<OwnerId> direct{kMergedOwner};
  BlockOffset take = 0;      // the next block to allocate; 0: none, or its bin has it
  BlockOffset give = 0;      // the block that the owner freed last; 0: none
  std::uint32_t carved = 0;  // how many blocks were ever handed out or listed; the rest is raw
  Slab* next = nullptr;      // in the list of `place`
  Slab* previous = nullptr;
  Slab* next_waiting = nullptr;  // in the batch that waits for readers: memory/epoch.h

  // Touched by all threads, on cache lines of their own; `marks` is constant like the first group.
  alignas(64) Marks marks{};
  Atomic<std::uint64_t> remote{0};    // what strangers freed: memory/remote_frees.h
  Atomic<std::uint32_t> visitors{0};  // how many SlabVisits there are (I1)
  SlabLink frees;                     // in the owner's stack: enough blocks are in `remote`
  SlabLink merges;                    // in the owner's stack: a queued bit is set
  SlabLink retires;                   // in the owner's stack: a retired bit is set
  SlabLink doomed;  // in the stack of all: a queued bit belongs to a merged object that is dead

  // Written and read by whoever has stopped the world: a table beside the slab, one word a block.
  // Valid for as long as its maker says.
  std::uint32_t* side = nullptr;

  [[nodiscard]] std::uint32_t index_of(const void* block) const noexcept {
    const auto offset = static_cast<std::uint32_t>(static_cast<const char*>(block) - base);
    return (offset - first_block) / block_bytes;
  }
  [[nodiscard]] void* block_at(std::uint32_t index) const noexcept {
    return base + first_block + std::size_t{index} * block_bytes;
  }
};
static_assert(
    sizeof(Slab) == 3 * 64,
    "an odd number of lines, so that the first lines of all headers spread over all sets");
static_assert(kSlabsPerChunk * sizeof(Slab) + (kSlabsPerChunk - 1) * kMaxBlocksPerSlab / 8 * 3 <=
                  kSlabBytes,
              "the headers and marks of a chunk fit in its first slab");

// The slab of a block, which must be live, queued or retired. Any thread.
[[nodiscard]] inline Slab* slab_of(const void* block) noexcept {
  const auto address = reinterpret_cast<std::uintptr_t>(block);
  if constexpr (kPolicy.object_heap == ObjectHeap::kSystem) {
    return reinterpret_cast<Slab*>(address - sizeof(Slab));
  } else {
    const std::uintptr_t chunk = address & ~(kChunkBytes - 1);
    const std::uintptr_t index = (address - chunk) / kSlabBytes;
    return reinterpret_cast<Slab*>(chunk) + index;  // header 0 is the chunk's own
  }
}

// While one exists its slab is not returned (I1). Any thread. Requires: a block of the slab lives,
// or the slab stands in a stack.
class SlabVisit {
 public:
  explicit SlabVisit(Slab& slab) noexcept : slab_(slab) {
    // relaxed: what the caller does next, giving up its block or unlinking the slab, releases it to
    // the holder who then finds the slab empty or unlinked.
    slab_.visitors.fetch_add(1U, kRelaxed);
  }
  ~SlabVisit() {
    // release: pairs with the holder's acquire in is_unattended.
    slab_.visitors.fetch_sub(1U, kRelease);
  }
  SlabVisit(const SlabVisit&) = delete;
  SlabVisit& operator=(const SlabVisit&) = delete;

 private:
  Slab& slab_;
};

// I1, for a slab whose blocks are all free. The slot's holder.
[[nodiscard]] inline bool is_unattended(const Slab& slab) noexcept {
  // acquire: pairs with the release at the end of a visit and with the exchanges of OnceStack.
  // Visitors are read twice, because a visitor may come from a stack and may leave one behind: the
  // first read comes before the links for those who push and leave, the second after them for those
  // who enter and unlink.
  const auto is_linked = [](const SlabLink& link) { return link.linked.load(kAcquire); };
  if (slab.visitors.load(kAcquire) != 0) return false;
  if (is_linked(slab.frees) || is_linked(slab.merges) || is_linked(slab.retires) ||
      is_linked(slab.doomed))
    return false;
  return slab.visitors.load(kAcquire) == 0;
}

}  // namespace orochi::inline OROCHI_DESIGN
