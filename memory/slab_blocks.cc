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

std::uint32_t length_of(const Slab& slab, std::uint32_t list) noexcept {
  std::uint32_t length = 0;
  for (; list != 0; list = next_of(slab.base + list)) ++length;
  return length;
}

}  // namespace

std::uint32_t carve(Slab& slab) noexcept {
  const std::uint32_t blocks = blocks_to_carve(slab);
  if (blocks == 0) return 0;
  const std::uint32_t first = slab.first_block + slab.carved * slab.block_bytes;
  std::uint32_t offset = first;
  for (std::uint32_t left = blocks; left != 0; --left) {
    const std::uint32_t next = offset + slab.block_bytes;
    unpoison(slab.base + offset, kBlockHeadBytes);
    set_free(slab.base + offset, left == 1 ? 0 : next);
    offset = next;
  }
  slab.carved += blocks;
  return first;
}

std::uint32_t take_list(Slab& slab) noexcept {
  return slab.take != 0 ? std::exchange(slab.take, 0) : std::exchange(slab.give, 0);
}

void add_list(Slab& slab, std::uint32_t list) noexcept {
  if (list == 0) return;
  if (slab.take == 0) {
    slab.take = list;
    return;
  }
  std::uint32_t last = list;
  while (const std::uint32_t next = next_of(slab.base + last)) last = next;
  set_next(slab.base + last, std::exchange(slab.give, static_cast<std::uint16_t>(list)));
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
