// memory/remote_frees.h: the blocks of a slab that strangers freed, as one word.
//
//   head (16)      offset of the block freed last; the blocks link themselves
//   count (16)     how many there are
//   wanted (16)    how many the owner wants to hear of; 1 while it lives, and when it is gone as
//                  many as were still alive, so that the last one tells that the slab is empty
//
// Pure values; the exchanges are in memory/slab_heap.cc, and so is why.
// Tests: tests/memory/remote_frees_test.cc
#pragma once

#include <cstdint>

#include "memory/slab.h"

namespace orochi::inline OROCHI_DESIGN {

class RemoteFrees {
 public:
  constexpr explicit RemoteFrees(std::uint64_t bits) noexcept : bits_{bits} {}

  // No blocks. Requires: wanted > 0.
  [[nodiscard]] static constexpr RemoteFrees none(std::uint32_t wanted) noexcept {
    return RemoteFrees{0, 0, wanted};
  }
  [[nodiscard]] constexpr RemoteFrees with(BlockOffset block) const noexcept {
    return RemoteFrees{block, count() + 1, wanted()};
  }

  [[nodiscard]] constexpr std::uint64_t bits() const noexcept { return bits_; }
  [[nodiscard]] constexpr BlockOffset head() const noexcept { return part(0); }
  [[nodiscard]] constexpr std::uint32_t count() const noexcept { return part(1); }
  [[nodiscard]] constexpr std::uint32_t wanted() const noexcept { return part(2); }

  // The free that led here is the one that tells the owner.
  [[nodiscard]] constexpr bool tells() const noexcept { return count() == wanted(); }
  // The owner was told, or is about to be: only a take from its stack may empty the word.
  [[nodiscard]] constexpr bool is_told() const noexcept { return count() >= wanted(); }

  friend constexpr bool operator==(RemoteFrees, RemoteFrees) noexcept = default;

 private:
  static constexpr unsigned kPartBits = 16;

  constexpr RemoteFrees(std::uint32_t head, std::uint32_t count, std::uint32_t wanted) noexcept
      : bits_{head | std::uint64_t{count} << kPartBits | std::uint64_t{wanted} << 2 * kPartBits} {}

  [[nodiscard]] constexpr std::uint16_t part(unsigned index) const noexcept {
    return static_cast<std::uint16_t>(bits_ >> index * kPartBits);
  }

  std::uint64_t bits_;
};

}  // namespace orochi::inline OROCHI_DESIGN
