// memory/plain_refcount.h: a reference count for one thread at a time.
//
//   bits 0-15   kMergedOwner, constant: says that the block is live (owner id 0 means free)
//   bits 16-63  count - 1
//
// The honest baseline: under a GIL nothing is cheaper than one addition to memory and, for a drop,
// one subtraction whose borrow says that this was the last reference. There is no test for
// immortals, which start half way up: 2^47 more drops than retains would be needed to kill one.
//
// Interface and meaning: memory/refcount.h. The owner ids are not looked at.
// Tests: tests/memory/refcount_test.cc   Bench: bench/memory/refcount_bench.cc
#pragma once

#include <cstdint>

#include "memory/atomic.h"
#include "memory/count_word.h"

namespace orochi::inline OROCHI_DESIGN {

class PlainRefcount {
 public:
  explicit constexpr PlainRefcount(OwnerId) noexcept : word_{kMergedOwner} {}
  explicit constexpr PlainRefcount(Born born) noexcept
      : word_{born == Born::kImmortal ? kImmortalWord : kMergedOwner} {}

  // relaxed, here and below: one thread at a time, and who hands over to the next also orders.
  void retain(OwnerId) noexcept { word_.store(word_.load(kRelaxed) + kOne, kRelaxed); }
  void retain_many(OwnerId, std::uint64_t n) noexcept {
    word_.store(word_.load(kRelaxed) + n * kOne, kRelaxed);
  }

  Debt drop(OwnerId) noexcept {
    std::uint64_t next = 0;
    const bool borrow = __builtin_sub_overflow(word_.load(kRelaxed), kOne, &next);
    word_.store(next, kRelaxed);
    return borrow ? Debt::kDestroy : Debt::kNone;
  }

  [[nodiscard]] bool try_retain(OwnerId me) noexcept {
    if (word_.load(kRelaxed) >= kDestroyedWord) return false;
    retain(me);
    return true;
  }
  void retain_published(OwnerId me) noexcept { retain(me); }
  void mark_weakly_referenced() noexcept {}
  void immortalise() noexcept { word_.store(kImmortalWord, kRelaxed); }
  void revive() noexcept { word_.store(kMergedOwner, kRelaxed); }

  [[nodiscard]] bool is_unique(OwnerId, bool retire_late) const noexcept {
    return word_.load(kRelaxed) == kMergedOwner && !retire_late;
  }
  [[nodiscard]] bool is_immortal() const noexcept {
    // The destroyed are the other words in the upper half.
    return word_.load(kRelaxed) - kImmortalHalf < kDestroyedWord - kImmortalHalf;
  }
  [[nodiscard]] std::int64_t total_stopped() const noexcept {
    return (static_cast<std::int64_t>(word_.load(kRelaxed)) >> kTagBits) + 1;
  }
  [[nodiscard]] BlockKind kind() const noexcept {
    const std::uint64_t seen = word_.load(kRelaxed);
    if (static_cast<OwnerId>(seen) == kNobody) return BlockKind::kFree;
    return seen >= kDestroyedWord ? BlockKind::kDestroyed : BlockKind::kLive;
  }

 private:
  static constexpr unsigned kTagBits = 16;
  static constexpr std::uint64_t kOne = std::uint64_t{1} << kTagBits;
  static constexpr std::uint64_t kImmortalHalf = std::uint64_t{1} << 63;
  // In the middle of the upper half, so that neither retains nor drops ever lead out of it.
  static constexpr std::uint64_t kImmortalWord = kImmortalHalf | kImmortalHalf >> 1 | kMergedOwner;
  // What the borrow leaves: all ones above the tag.
  static constexpr std::uint64_t kDestroyedWord = ~std::uint64_t{0} << kTagBits;

  PlainAtomic<std::uint64_t> word_;
};

}  // namespace orochi::inline OROCHI_DESIGN
