// memory/biased_refcount.h: a reference count that its owner changes without atomic operations.
//
// After Choi, Shull and Torrellas, "Biased Reference Counting" (PACT 2018), and PEP 703. The count
// is local + shared: only the owner writes `local`, with plain loads and stores; everybody else
// counts on `shared`. Words and transitions: memory/count_word.h.
//
//     plain --A--> weakref'd --B--> queued --C--> merged        also plain --B-->, and --C--> from
//                                                               each of the three
//   A  any thread       creates an uncounted pointer to the object, or counts it under the lock of
//                       a container that holds it
//   B  a stranger       drops a reference that the owner's half counts: memory/merge_queue.h
//   C  the slot holder  drops the last local reference, or adds what is left of `local` to `shared`
//
// The slot holder is whoever holds the slot of the owner id (memory/slot_word.h): its thread while
// attached, or a helper. Where a function says `me`, that is the calling thread's own id.
//
// I1  Only the slot holder writes `owner_` (rule 19), or whoever has stopped the world: then nobody
//     holds a slot, and who attaches later sees what was written, since it reads the notice that
//     the stop is over. So a stranger immortalises through `shared_`.
// I2  The merged owner is stored before merged is published, and nothing is written after: from
//     then on another thread may destroy the object and re-use its block.
// I3  The owner may leave without an exchange only when it reads plain/0: nobody else then has a
//     reference to count with, and whoever has none refuses plain/0 (may_be_tried).
// I4  A dead object holds {kMergedOwner, merged/0} before its destruction begins, until its memory
//     is reclaimed: no later try, its former owner's included, brings it back (rule 11).
// I5  `shared_` is added to before `local` is lowered (H7).
//
// Interface and meaning: memory/refcount.h.
// Tests: tests/memory/refcount_test.cc   Races: stress/memory/refcount_stress.cc
// Bench: bench/memory/refcount_bench.cc
#pragma once

#include <cstdint>

#include "memory/atomic.h"
#include "memory/count_word.h"

namespace orochi::inline OROCHI_DESIGN {

class BiasedRefcount {
 public:
  explicit constexpr BiasedRefcount(OwnerId me) noexcept
      : owner_{OwnerWord{me, 1}.bits()}, shared_{kBornPlain.bits()} {}
  explicit constexpr BiasedRefcount(Born born) noexcept
      : owner_{(born == Born::kImmortal ? kImmortalOwnerWord : kMergedOwnerWord).bits()},
        shared_{(born == Born::kImmortal ? kBornImmortal : kBornMerged).bits()} {}

  void retain(OwnerId me) noexcept {
    OwnerWord word = load_owner();
    if (!word.is_owned_by(me)) [[unlikely]]
      return retain_as_stranger();
    if (!try_add_local(word)) [[unlikely]]
      return spill(me);
    store_owner(word);
  }

  void retain_many(OwnerId me, std::uint64_t n) noexcept;

  Debt drop(OwnerId me) noexcept {
    OwnerWord word = load_owner();
    if (!word.is_owned_by(me)) [[unlikely]]
      return drop_as_stranger();
    if (!try_drop_local(word)) [[unlikely]]
      return drop_last_local();
    store_owner(word);
    return Debt::kNone;
  }

  [[nodiscard]] bool try_retain(OwnerId me) noexcept {
    // The dead have no owner (I4), so what is mine is alive.
    if (!load_owner().is_owned_by(me)) return try_retain_as_stranger();
    retain(me);
    return true;
  }

  void retain_published(OwnerId me) noexcept;
  void mark_weakly_referenced() noexcept;
  void immortalise() noexcept;
  void revive() noexcept;
  void hold_stopped(OwnerId me) noexcept;

  [[nodiscard]] bool is_unique(OwnerId me, bool retire_late) const noexcept {
    // acquire: pairs with the release of strangers' drops, so that they are done with what the
    // caller now changes.
    return load_owner() == OwnerWord{me, 1} && load_shared(kAcquire).is_plain_zero() &&
           !retire_late;
  }
  [[nodiscard]] bool is_owned_by(OwnerId me) const noexcept { return load_owner().is_owned_by(me); }
  [[nodiscard]] bool is_immortal() const noexcept {
    return load_shared(kRelaxed).ignores_drops();  // relaxed: never changes back
  }
  [[nodiscard]] std::int64_t total_stopped() const noexcept {
    const OwnerWord owner = load_owner();
    return load_shared(kRelaxed).count() + (owner.has_local() ? std::int64_t{owner.local()} : 0);
  }
  [[nodiscard]] BlockKind kind() const noexcept {
    if (load_owner().is_owned_by(kNobody)) return BlockKind::kFree;
    // relaxed: the world is stopped, or the caller may be wrong.
    return load_shared(kRelaxed).is_dead() ? BlockKind::kDestroyed : BlockKind::kLive;
  }

  // --- For the merge queue. ---

  // Relaxed: exact for the slot holder, who alone writes it.
  [[nodiscard]] OwnerId owner() const noexcept { return load_owner().owner(); }

  // Adds the local count and `extra` to the shared one, for good. Requires: the caller holds the
  // slot of owner(), and the object is not merged.
  Debt merge(std::int32_t extra) noexcept;

  // True once the object is merged and dead. For whoever holds its queue bit.
  [[nodiscard]] bool is_dead() const noexcept {
    // acquire: pairs with the release of the merge that found it dead.
    return load_shared(kAcquire).is_dead();
  }

 private:
  void retain_as_stranger() noexcept {
    if (load_shared(kRelaxed).ignores_retains()) return;  // relaxed: a hint, see count_word.h
    // relaxed: publishes nothing, and the caller's own reference keeps the object alive.
    shared_.fetch_add(CountWord::kOne, kRelaxed);
  }
  [[gnu::noinline]] bool try_retain_as_stranger() noexcept;
  [[gnu::noinline]] Debt drop_as_stranger() noexcept;
  [[gnu::noinline]] Debt drop_last_local() noexcept;
  [[gnu::noinline]] void spill(OwnerId me) noexcept;

  // Replaces the shared word by next(word); returns the word before.
  template <class Next>
  CountWord change_shared(Order order, Next next) noexcept;

  // relaxed: each thread asks whether its own id stands here. Its own last store, or the exchange
  // by which it came to hold the slot, decides that; any stale other id is just as foreign.
  [[nodiscard]] OwnerWord load_owner() const noexcept { return OwnerWord{owner_.load(kRelaxed)}; }
  // relaxed: nobody else acts on it, but for I2, where the exchange that follows publishes it.
  void store_owner(OwnerWord word) noexcept { owner_.store(word.bits(), kRelaxed); }
  [[nodiscard]] CountWord load_shared(Order order) const noexcept {
    return CountWord{shared_.load(order)};
  }

  SysAtomic<std::uint32_t> owner_;   // OwnerWord. Written by the slot holder only (I1).
  SysAtomic<std::uint32_t> shared_;  // CountWord. Written by all threads.
};

}  // namespace orochi::inline OROCHI_DESIGN
