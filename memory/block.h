// memory/block.h: the first eight bytes of a block, as the heap sees them.
//
//   first word    low half: owner id; 0: free, or not live yet     high half: the count's
//   second word   the count's; in a free block the offset of the next one in its list, 0: none
//
// While the object lives both words are its Refcount (memory/refcount.h), which says what they mean
// then. I1: a block is live from the store of its first word on, which its allocator makes when the
// object may be met by an enumeration; until then the word's low half is 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "memory/atomic.h"
#include "memory/owner_id.h"
#include "memory/slab.h"

namespace orochi::inline OROCHI_DESIGN {

inline constexpr std::size_t kBlockHeadBytes = 8;

namespace detail {

enum class HeadWord : std::size_t { kOwner = 0, kLink = 4 };

// Whatever Refcount the design has lay here before or will, so where words are plain they are
// copied as bytes. All accesses are relaxed: who frees and who allocates are ordered by the lists
// that the block passes through, and an enumeration by the stop of the world.

[[nodiscard]] inline std::uint32_t load_head(const void* block, HeadWord which) noexcept {
  const char* const place = static_cast<const char*>(block) + static_cast<std::size_t>(which);
  if constexpr (kPolicy.parallel) {
    return reinterpret_cast<const SysAtomic<std::uint32_t>*>(place)->load(kRelaxed);
  } else {
    std::uint32_t value = 0;
    std::memcpy(&value, place, sizeof(value));
    return value;
  }
}

inline void store_head(void* block, HeadWord which, std::uint32_t value) noexcept {
  char* const place = static_cast<char*>(block) + static_cast<std::size_t>(which);
  if constexpr (kPolicy.parallel) {
    reinterpret_cast<SysAtomic<std::uint32_t>*>(place)->store(value, kRelaxed);
  } else {
    std::memcpy(place, &value, sizeof(value));
  }
}

}  // namespace detail

// The next block in a list of free ones; 0: none.
[[nodiscard]] inline BlockOffset next_of(const void* block) noexcept {
  return static_cast<BlockOffset>(detail::load_head(block, detail::HeadWord::kLink));
}
inline void set_next(void* block, BlockOffset next) noexcept {
  detail::store_head(block, detail::HeadWord::kLink, next);
}
inline void set_free(void* block, BlockOffset next) noexcept {
  detail::store_head(block, detail::HeadWord::kOwner, kNobody);
  set_next(block, next);
}

[[nodiscard]] inline BlockOffset offset_in_slab(const void* block) noexcept {
  return static_cast<BlockOffset>(reinterpret_cast<std::uintptr_t>(block));
}

// Free, or not live yet.
[[nodiscard]] inline bool is_free_or_new(const void* block) noexcept {
  return static_cast<OwnerId>(detail::load_head(block, detail::HeadWord::kOwner)) == kNobody;
}

// Debug builds tell a block that is not live yet from a free one by the high half of its first
// word, so that freeing it twice shows.
inline void mark_allocated(void* block) noexcept {
  detail::store_head(block, detail::HeadWord::kOwner, 0xA110'0000);
}
[[nodiscard]] inline bool is_marked_free(const void* block) noexcept {
  return detail::load_head(block, detail::HeadWord::kOwner) == 0;
}

}  // namespace orochi::inline OROCHI_DESIGN
