// memory/queued_bits.h: the bits by which a slab remembers what is queued in it (Marks::queued).
//
// Only for memory/merge_queue.cc and memory/doomed_slabs.cc, where the protocol is.
#pragma once

#include <bit>
#include <cstdint>

#include "memory/slab.h"

namespace orochi::inline OROCHI_DESIGN {

class QueuedBits {
 public:
  static constexpr std::uint32_t kPerWord = 64;

  explicit QueuedBits(Slab& slab) noexcept : slab_(slab) {}

  [[nodiscard]] std::uint32_t words() const noexcept {
    return (slab_.blocks + kPerWord - 1) / kPerWord;
  }

  // release: pairs with the acquire in take_word, for what the caller knows of the block.
  void set(const void* block) noexcept {
    const std::uint32_t index = slab_.index_of(block);
    give(index / kPerWord, std::uint64_t{1} << index % kPerWord);
  }
  void give(std::uint32_t word, std::uint64_t bits) noexcept {
    slab_.marks.queued[word].fetch_or(bits, kRelease);
  }

  [[nodiscard]] bool has(const void* block) const noexcept {
    const std::uint32_t index = slab_.index_of(block);
    // relaxed: the world is stopped.
    return (slab_.marks.queued[index / kPerWord].load(kRelaxed) >> index % kPerWord & 1) != 0;
  }

  // What these bits stand for is the caller's now (I3 of memory/merge_queue.h).
  [[nodiscard]] std::uint64_t take_word(std::uint32_t word) noexcept {
    // relaxed: the bits that must be seen were set before the push that led here.
    if (slab_.marks.queued[word].load(kRelaxed) == 0) return 0;
    // acquire: pairs with the release in give.
    return slab_.marks.queued[word].exchange(0, kAcquire);
  }

  [[nodiscard]] bool are_none() const noexcept {
    for (std::uint32_t word = 0; word < words(); ++word) {
      if (slab_.marks.queued[word].load(kRelaxed) != 0) return false;  // relaxed: as in take_word
    }
    return true;
  }

  // Calls choose(block) for each of the bits; returns those for which it says true.
  template <class Choose>
  [[nodiscard]] std::uint64_t chosen(std::uint32_t word, std::uint64_t bits, Choose&& choose) {
    std::uint64_t result = 0;
    for (; bits != 0; bits &= bits - 1) {
      if (choose(block_of(word, bits))) result |= bits & -bits;
    }
    return result;
  }

  // The block of the lowest bit.
  [[nodiscard]] void* block_of(std::uint32_t word, std::uint64_t bits) const noexcept {
    return slab_.block_at(word * kPerWord + static_cast<std::uint32_t>(std::countr_zero(bits)));
  }

 private:
  Slab& slab_;
};

}  // namespace orochi::inline OROCHI_DESIGN
