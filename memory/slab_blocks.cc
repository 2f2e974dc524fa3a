#include "memory/slab_blocks.h"

#include <algorithm>
#include <utility>

#include "memory/poison.h"
#include "memory/remote_frees.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Enough to come here seldom, and no more than stays in the first-level cache until it is used.
constexpr std::uint32_t kCarveBlocks = 64;
constexpr std::uint32_t kCarveBytes = 4096;

std::uint32_t blocks_to_carve(const Slab& slab) noexcept {
  const std::uint32_t worth = std::max(1U, kCarveBytes / slab.block_bytes);
  return std::min({slab.blocks - slab.carved, kCarveBlocks, worth});
}

std::uint32_t length_of(const Slab& slab, BlockOffset list) noexcept {
  std::uint32_t length = 0;
  for (; list != 0; list = next_of(slab.base + list)) ++length;
  return length;
}

}  // namespace

BlockOffset carve(Slab& slab) noexcept {
  const std::uint32_t blocks = blocks_to_carve(slab);
  if (blocks == 0) return 0;
  char* const first = slab.base + slab.first_block + std::size_t{slab.carved} * slab.block_bytes;
  char* block = first;
  for (std::uint32_t left = blocks; left != 0; --left) {
    unpoison(block, kBlockHeadBytes);
    set_free(block, left == 1 ? BlockOffset{0} : offset_in_slab(block + slab.block_bytes));
    block += slab.block_bytes;
  }
  slab.carved += blocks;
  return offset_in_slab(first);
}

BlockOffset take_list(Slab& slab) noexcept {
  return slab.take != 0 ? std::exchange(slab.take, BlockOffset{0})
                        : std::exchange(slab.give, BlockOffset{0});
}

void add_list(Slab& slab, BlockOffset list) noexcept {
  if (list == 0) return;
  if (slab.take == 0) {
    slab.take = list;
    return;
  }
  BlockOffset last = list;
  while (const BlockOffset next = next_of(slab.base + last)) last = next;
  set_next(slab.base + last, std::exchange(slab.give, list));
}

void absorb_remote(Slab& slab) noexcept {
  // acquire: pairs with the release in free_as_stranger, for the blocks and what was done to them.
  add_list(slab, RemoteFrees{slab.remote.exchange(RemoteFrees::none(1).bits(), kAcquire)}.head());
}

std::uint32_t count_out(const Slab& slab) noexcept {
  return slab.carved - length_of(slab, slab.take) - length_of(slab, slab.give);
}

bool shows_live_block(const Slab& slab) noexcept {
  const char* block = slab.base + slab.first_block;
  for (std::uint32_t left = slab.carved; left != 0; --left, block += slab.block_bytes)
    if (!is_free_or_new(block)) return true;
  return false;
}

}  // namespace orochi::inline OROCHI_DESIGN
