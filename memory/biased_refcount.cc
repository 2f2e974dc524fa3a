#include "memory/biased_refcount.h"

namespace orochi::inline OROCHI_DESIGN {

// Nothing is written where nothing changes: all threads drop immortals all the time.
template <class Next>
CountWord BiasedRefcount::change_shared(Order order, Next next) noexcept {
  std::uint32_t seen = shared_.load(kRelaxed);  // relaxed: a guess that the exchange checks
  for (;;) {
    const std::uint32_t wanted = next(CountWord{seen}).bits();
    if (wanted == seen || shared_.compare_exchange_weak(seen, wanted, order, kRelaxed)) {
      return CountWord{seen};
    }
  }
}

void BiasedRefcount::retain_many(OwnerId me, std::uint64_t n) noexcept {
  OwnerWord word = load_owner();
  if (word.is_owned_by(me) && n < OwnerWord::kMaxLocal &&
      try_add_local(word, static_cast<std::uint32_t>(n))) {
    return store_owner(word);
  }
  // relaxed: as in retain_as_stranger.
  change_shared(kRelaxed, [n](CountWord seen) { return add(seen, n); });
}

void BiasedRefcount::spill(OwnerId me) noexcept {
  // relaxed: as in retain_as_stranger. Before the local count is lowered (I5).
  change_shared(kRelaxed, [](CountWord word) { return add(word, OwnerWord::kSpill); });
  store_owner(OwnerWord{me, OwnerWord::kMaxLocal + 1 - OwnerWord::kSpill});
}

Debt BiasedRefcount::drop_last_local() noexcept {
  store_owner(kMergedOwnerWord);  // I2, I4
  // acquire: pairs with the release of strangers' drops, whose writes come before the destruction.
  if (load_shared(kAcquire).is_plain_zero()) {  // I3
    shared_.store(kDead.bits(), kRelaxed);      // I4. relaxed: nobody may count it any more
    return Debt::kDestroy;
  }
  // release: I2, and our writes come before the destruction. acquire: others' do, if it is ours.
  const CountWord before{shared_.fetch_or(CountWord::kMergedBits, kAcqRel)};
  return merged_with(before, 0).debt;
}

Debt BiasedRefcount::drop_as_stranger() noexcept {
  // release, acquire: as in drop_last_local.
  const CountWord before =
      change_shared(kAcqRel, [](CountWord word) { return drop_one(word).next; });
  return drop_one(before).debt;
}

Debt BiasedRefcount::merge(std::int32_t extra) noexcept {
  const auto rest = static_cast<std::int32_t>(load_owner().local()) + extra;
  store_owner(kMergedOwnerWord);  // I2
  // release, acquire: as in drop_last_local.
  const CountWord before =
      change_shared(kAcqRel, [rest](CountWord word) { return merged_with(word, rest).next; });
  return merged_with(before, rest).debt;
}

bool BiasedRefcount::try_retain_as_stranger() noexcept {
  // relaxed: the reader already sees the object, by the acquire of the slot it came from (rule 13).
  const CountWord before = change_shared(kRelaxed, add_if_tried);
  return may_be_tried(before);
}

void BiasedRefcount::retain_published(OwnerId me) noexcept {
  if (load_owner().is_owned_by(me)) return retain(me);
  // relaxed: as in retain_as_stranger; the container's lock orders it before the owner's next look.
  change_shared(kRelaxed, [](CountWord word) { return add(weakly_referenced(word), 1); });
}

void BiasedRefcount::mark_weakly_referenced() noexcept {
  // relaxed: the caller's own reference keeps the object alive, and the owner reads the state after
  // that reference is dropped.
  change_shared(kRelaxed, weakly_referenced);
}

void BiasedRefcount::immortalise() noexcept {
  change_shared(kRelaxed, immortalised);  // relaxed: as above
}

void BiasedRefcount::hold_stopped(OwnerId me) noexcept {
  const OwnerWord word = load_owner();
  if (!word.has_local() || word.is_owned_by(me)) return retain(me);
  static_cast<void>(merge(1));  // I1. Never dead, as it is held now
}

void BiasedRefcount::revive() noexcept {
  // relaxed: who finds the object now does so through the slot that published it long ago.
  shared_.store(kBornMerged.bits(), kRelaxed);
}

}  // namespace orochi::inline OROCHI_DESIGN
