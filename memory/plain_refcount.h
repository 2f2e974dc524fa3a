// memory/plain_refcount.h: a reference count for one thread at a time.
//
//   bits 0-15   kMergedOwner, constant: says that the block is live (owner id 0 means free)
//   bits 16-63  count - 1
//
// The honest baseline: under a GIL nothing is cheaper than one addition to memory and, for a drop,
// one subtraction whose sign says that this was the last reference. There is no test for immortals:
// they start so high that 2^46 more drops than retains would be needed to kill one.
//
// Interface and meaning: memory/refcount.h. The owner ids are not looked at.
// Tests: tests/memory/refcount_test.cc   Bench: bench/memory/refcount_bench.cc
#pragma once

#include <cstdint>

#include "memory/count_word.h"

namespace orochi::inline OROCHI_DESIGN {

class PlainRefcount {
 public:
  explicit constexpr PlainRefcount(OwnerId) noexcept : word_{kMergedOwner} {}
  explicit constexpr PlainRefcount(Born born) noexcept
      : word_{born == Born::kImmortal ? kImmortalWord : kMergedOwner} {}

  void retain(OwnerId) noexcept { word_ += kOne; }
  void retain_many(OwnerId, std::uint64_t n) noexcept {
    word_ += static_cast<std::int64_t>(n) * kOne;
  }

  Debt drop(OwnerId) noexcept {
    word_ -= kOne;
    return word_ < 0 ? Debt::kDestroy : Debt::kNone;
  }

  [[nodiscard]] bool try_retain(OwnerId me) noexcept {
    if (word_ < 0) return false;
    retain(me);
    return true;
  }
  void retain_published(OwnerId me) noexcept { retain(me); }
  void mark_weakly_referenced() noexcept {}
  void immortalise() noexcept { word_ = kImmortalWord; }
  void revive() noexcept { word_ = kMergedOwner; }
  void hold_stopped(OwnerId me) noexcept { retain(me); }

  [[nodiscard]] bool is_unique(OwnerId, bool retire_late) const noexcept {
    return word_ == kMergedOwner && !retire_late;
  }
  [[nodiscard]] bool is_owned_by(OwnerId) const noexcept { return true; }
  [[nodiscard]] bool is_immortal() const noexcept { return word_ >= kImmortalWord / 2; }
  [[nodiscard]] std::int64_t total_stopped() const noexcept { return (word_ >> kTagBits) + 1; }
  [[nodiscard]] BlockKind kind() const noexcept {
    if (static_cast<OwnerId>(word_) == kNobody) return BlockKind::kFree;
    return word_ < 0 ? BlockKind::kDestroyed : BlockKind::kLive;
  }

 private:
  static constexpr unsigned kTagBits = 16;
  static constexpr std::int64_t kOne = std::int64_t{1} << kTagBits;
  static constexpr std::int64_t kImmortalWord = std::int64_t{1} << 62 | kMergedOwner;

  // The heap writes the same bytes as two words of 32 bits while the block is free.
  using Word [[gnu::may_alias]] = std::int64_t;
  Word word_;
};

}  // namespace orochi::inline OROCHI_DESIGN
