// memory/block.h: the first eight bytes of a block, as the heap sees them.
//
//   first word    low half: owner id; 0: free, or not live yet     high half: the count's
//   second word   the count's; in a free block the offset of the next one in its list, 0: none
//
// While the object lives both words are its Refcount (memory/refcount.h), which says what they mean
// then. I1: a block is live from the store of its first word on, which its allocator makes when the
// object may be met by an enumeration; until then the word's low half is 0.
#pragma once

#include <cstdint>

#include "memory/atomic.h"
#include "memory/owner_id.h"
#include "memory/slab.h"

namespace orochi::inline OROCHI_DESIGN {

struct BlockHead {
  Atomic<std::uint32_t> owner;
  Atomic<std::uint32_t> link;
};

[[nodiscard]] inline BlockHead& head_of(void* block) noexcept {
  return *static_cast<BlockHead*>(block);
}
[[nodiscard]] inline const BlockHead& head_of(const void* block) noexcept {
  return *static_cast<const BlockHead*>(block);
}

// All accesses are relaxed: who frees and who allocates are ordered by the lists that the block
// passes through, and an enumeration by the stop of the world.

[[nodiscard]] inline std::uint32_t next_of(const void* block) noexcept {
  return head_of(block).link.load(kRelaxed);
}
inline void set_next(void* block, std::uint32_t next) noexcept {
  head_of(block).link.store(next, kRelaxed);
}
inline void set_free(void* block, std::uint32_t next) noexcept {
  head_of(block).owner.store(kNobody, kRelaxed);
  set_next(block, next);
}

[[nodiscard]] inline std::uint32_t offset_in_slab(const void* block) noexcept {
  return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(block) & (kSlabBytes - 1));
}

// Free, or not live yet.
[[nodiscard]] inline bool is_free_or_new(const void* block) noexcept {
  return static_cast<OwnerId>(head_of(block).owner.load(kRelaxed)) == kNobody;
}

// Debug builds tell a block that is not live yet from a free one by the high half of its first
// word, so that freeing it twice shows.
inline void mark_allocated(void* block) noexcept {
  head_of(block).owner.store(0xA110'0000, kRelaxed);
}
[[nodiscard]] inline bool is_marked_free(const void* block) noexcept {
  return head_of(block).owner.load(kRelaxed) == 0;
}

}  // namespace orochi::inline OROCHI_DESIGN
