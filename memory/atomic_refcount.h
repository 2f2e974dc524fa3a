// memory/atomic_refcount.h: a reference count that every thread changes atomically.
//
// The count of a `std::shared_ptr`: what biased counts are measured against. Its words are those of
// a biased count that was merged at birth (memory/count_word.h), so a block says what it is in the
// same way, and immortals, saturation and the refusal of the dead are the same. The owner counts as
// everybody does; its id is there for who asks whose the object is.
//
// Interface and meaning: memory/refcount.h.
// Tests: tests/memory/refcount_test.cc   Bench: bench/memory/refcount_bench.cc
#pragma once

#include <cstdint>

#include "memory/atomic.h"
#include "memory/count_word.h"

namespace orochi::inline OROCHI_DESIGN {

class AtomicRefcount {
 public:
  explicit constexpr AtomicRefcount(OwnerId me) noexcept
      : owner_{OwnerWord::without_local(me).bits()}, count_{kBornMerged.bits()} {}
  explicit constexpr AtomicRefcount(Born born) noexcept
      : owner_{kMergedOwnerWord.bits()},
        count_{(born == Born::kImmortal ? kBornImmortal : kBornMerged).bits()} {}

  void retain(OwnerId) noexcept {
    if (load(kRelaxed).ignores_retains()) return;  // relaxed: a hint, see count_word.h
    // relaxed: publishes nothing, and the caller's own reference keeps the object alive.
    count_.fetch_add(CountWord::kOne, kRelaxed);
  }

  void retain_many(OwnerId, std::uint64_t n) noexcept {
    change([n](CountWord word) { return add(word, n); });
  }

  Debt drop(OwnerId) noexcept {
    if (load(kRelaxed).ignores_drops()) return Debt::kNone;  // relaxed: a hint, see count_word.h
    // release: our writes to the object come before its destruction, whoever does that.
    // acquire: if that is us, we see the writes of all who dropped before (same operation).
    const CountWord before{count_.fetch_sub(CountWord::kOne, kAcqRel)};
    return before == kBornMerged ? Debt::kDestroy : Debt::kNone;
  }

  [[nodiscard]] bool try_retain(OwnerId) noexcept {
    // relaxed: the reader already sees the object, by the acquire of the slot it came from (rule
    // 13).
    return may_be_tried(change(add_if_tried));
  }
  void retain_published(OwnerId me) noexcept { retain(me); }
  void mark_weakly_referenced() noexcept {}

  void immortalise() noexcept { count_.store(kBornImmortal.bits(), kRelaxed); }  // relaxed: a count
  // relaxed: who finds the object now does so through the slot that published it long ago.
  void revive() noexcept { count_.store(kBornMerged.bits(), kRelaxed); }
  void hold_stopped(OwnerId me) noexcept { retain(me); }

  [[nodiscard]] bool is_unique(OwnerId, bool retire_late) const noexcept {
    // acquire: pairs with the release in drop, so that others are done with what we now change.
    return load(kAcquire) == kBornMerged && !retire_late;
  }
  [[nodiscard]] bool is_owned_by(OwnerId me) const noexcept {
    return OwnerWord{owner_.load(kRelaxed)}.is_owned_by(me);  // relaxed: it never changes
  }
  [[nodiscard]] bool is_immortal() const noexcept { return load(kRelaxed).ignores_drops(); }
  [[nodiscard]] std::int64_t total_stopped() const noexcept { return load(kRelaxed).count(); }
  [[nodiscard]] BlockKind kind() const noexcept {
    // relaxed: the world is stopped, or the caller may be wrong.
    if (OwnerWord{owner_.load(kRelaxed)}.is_owned_by(kNobody)) return BlockKind::kFree;
    return load(kRelaxed).is_dead() ? BlockKind::kDestroyed : BlockKind::kLive;
  }

 private:
  [[nodiscard]] CountWord load(Order order) const noexcept { return CountWord{count_.load(order)}; }
  // Replaces the count by next(count); returns the one before. Writes nothing if nothing changes.
  // relaxed: for additions only, which publish nothing.
  template <class Next>
  CountWord change(Next next) noexcept {
    std::uint32_t seen = count_.load(kRelaxed);
    for (;;) {
      const std::uint32_t wanted = next(CountWord{seen}).bits();
      if (wanted == seen || count_.compare_exchange_weak(seen, wanted, kRelaxed, kRelaxed)) {
        return CountWord{seen};
      }
    }
  }

  SysAtomic<std::uint32_t> owner_;
  SysAtomic<std::uint32_t> count_;
};

}  // namespace orochi::inline OROCHI_DESIGN
