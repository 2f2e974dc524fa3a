// tests/memory/retired_blocks.h: slabs and buffers without a heap, for tests of the epoch.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <deque>
#include <vector>

#include "memory/buffer_head.h"
#include "memory/epoch_inl.h"

namespace orochi::inline OROCHI_DESIGN::testing_support {

// Where freed memory goes: a list of what came, in its order.
struct FreedList {
  static inline std::vector<const void*> freed;

  static void free_block(void* block) noexcept { freed.push_back(block); }
  static void free_buffer(BufferHead& buffer) noexcept { freed.push_back(&buffer); }

  [[nodiscard]] static bool has(const void* memory) {
    return std::find(freed.begin(), freed.end(), memory) != freed.end();
  }
};

// A slab of `kBlocks` blocks. Blocks have addresses and no memory: nobody looks into them here.
class AddressSlab {
 public:
  static constexpr std::uint32_t kBlocks = 150;  // more than two words of bits, and not a multiple

  AddressSlab(OwnerId owner, std::uint32_t block_bytes) {
    slab_.base = &base_;
    slab_.block_bytes = block_bytes;
    slab_.first_block = 0;
    slab_.blocks = kBlocks;
    slab_.owner = owner;
    slab_.marks.retired = retired_.data();
    slab_.marks.waiting = waiting_.data();
  }

  Slab& slab() { return slab_; }
  void* block(std::uint32_t index) { return slab_.block_at(index); }

 private:
  static constexpr std::size_t kWords = 3;

  Slab slab_;
  std::array<Atomic<std::uint64_t>, kWords> retired_;
  std::array<std::uint64_t, kWords> waiting_{};
  char base_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN::testing_support
