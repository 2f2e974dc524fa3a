// memory/slab_blocks.h: the free blocks of one slab: carving, listing, counting.
//
// The slot's holder only. What the lists are for: memory/slab_heap.h.
// Tests: tests/memory/slab_heap_test.cc
#pragma once

#include <cstdint>

#include "memory/block.h"
#include "memory/slab.h"

namespace orochi::inline OROCHI_DESIGN {

// Links some of the uncarved blocks and returns the first; 0: there are none.
[[nodiscard]] BlockOffset carve(Slab& slab) noexcept;

// Takes a list of free blocks out of the slab; 0: none are listed.
[[nodiscard]] BlockOffset take_list(Slab& slab) noexcept;

// Adds a list of free blocks, which may be empty.
void add_list(Slab& slab, BlockOffset list) noexcept;

// Adds what strangers freed, and wants to hear of the first from now on. Requires: I1 of
// memory/slab_heap.h.
void absorb_remote(Slab& slab) noexcept;

// How many blocks are handed out and did not come back to a list. Requires: not current, whose list
// is partly elsewhere. Takes a step a listed block.
[[nodiscard]] std::uint32_t count_out(const Slab& slab) noexcept;

// False only if count_out has a chance to be 0. Most slabs that are not empty show it early.
[[nodiscard]] bool shows_live_block(const Slab& slab) noexcept;

// Calls visit(void* block) for each block that is neither free nor new.
template <class Visit>
void for_each_block_stopped(const Slab& slab, Visit&& visit) {
  char* block = slab.base + slab.first_block;
  for (std::uint32_t left = slab.carved; left != 0; --left, block += slab.block_bytes)
    if (!is_free_or_new(block)) visit(static_cast<void*>(block));
}

}  // namespace orochi::inline OROCHI_DESIGN
