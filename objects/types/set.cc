#include "objects/types/set.h"

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/set_algebra.h"

namespace orochi::inline OROCHI_DESIGN {

Ref<Set> Set::make(Type& type) noexcept { return new_object<Set>(type); }

Ref<Set> Set::from(Value iterable, Type& type) noexcept {
  const bool is_same_already = &type == &frozenset_type() && iterable.is_object() &&
                               &type_of(*iterable.object()) == &frozenset_type();
  if (is_same_already) return Ref<>::of(iterable).cast<Set>();
  Ref<Set> made = make(type);
  if (!made || failed(update(*made, iterable))) return kRaised;
  return made;
}

// --- Keys that are sets. ---

namespace {

// A key with its hash; in place of a set, which has none, a frozenset of its keys.
class HashableKey {
 public:
  explicit HashableKey(Value key) noexcept : wanted_{key, 0} {
    is_good_ = !failed(hash_key(key, wanted_.hash));
    if (!is_good_ && is_pending(exception_type(ErrorKind::kType))) freeze(as_any_set(key));
  }

  [[nodiscard]] explicit operator bool() const noexcept { return is_good_; }
  [[nodiscard]] const WantedKey& wanted() const noexcept { return wanted_; }

 private:
  void freeze(Set* set) noexcept {
    if (set == nullptr || set->is_frozen()) return;
    clear_error();
    frozen_ = set->copy(frozenset_type());
    if (!frozen_) return;
    wanted_ = {frozen_.value(), frozen_->hash()};
    is_good_ = true;
  }

  WantedKey wanted_;
  Ref<Set> frozen_;
  bool is_good_;
};

}  // namespace

// --- One key. ---

Truth Set::contains(const WantedKey& wanted) noexcept {
  const Search answer = try_contains(wanted);
  if (answer != Search::kUnknown) [[likely]]
    return truth_of(answer == Search::kFound);
  bool found = false;
  const Status known = locate(*this, entries_, wanted, [&](Held, const Entries::Place& place) {
    found = place.entry() != nullptr;
  });
  return failed(known) ? Truth::kFailed : truth_of(found);
}

Truth Set::contains(Value key) noexcept {
  const HashableKey hashable(key);
  return hashable ? contains(hashable.wanted()) : Truth{kRaised};
}

bool Set::insert(Held holder, const WantedKey& wanted, const Entries::Place& place) noexcept {
  return entries_.insert(holder, wanted.hash, place, [&](void* memory) {
    new (memory) SetEntry(wanted.hash, Ref<>::of(wanted.key));
  });
}

Status Set::add(const WantedKey& wanted) noexcept {
  bool has_room = true;
  const Status found =
      locate(*this, entries_, wanted, [&](Held holder, const Entries::Place& place) {
        if (place.entry() == nullptr) has_room = insert(holder, wanted, place);
      });
  return has_room ? found : Status{raise_memory_error()};
}

Status Set::add(Value key) noexcept {
  WantedKey wanted{key, 0};
  return failed(hash_key(key, wanted.hash)) ? Status::kFailed : add(wanted);
}

Truth Set::discard(const WantedKey& wanted) noexcept {
  Ref<> removed;
  const Status found =
      locate(*this, entries_, wanted, [&](Held holder, const Entries::Place& place) {
        if (place.entry() != nullptr) kill(holder, place).swap(removed);
      });
  return failed(found) ? Truth::kFailed : truth_of(static_cast<bool>(removed));
}

Truth Set::discard(Value key) noexcept {
  const HashableKey hashable(key);
  return hashable ? discard(hashable.wanted()) : Truth{kRaised};
}

Ref<> Set::pop() noexcept {
  const Locked lock(*this);
  const NoSuspend whole;
  const Held holder = lock.held();
  SetEntry* const last = entries_.take_last(holder);
  return last == nullptr ? Ref<>() : last->kill(holder);
}

// --- All keys. ---

Ref<> Set::next(std::size_t& place) noexcept {
  const Locked lock(*this);
  const SetEntry* const entry = entries_.first_from(lock.held(), place);
  return entry == nullptr ? Ref<>() : entry->key.load(lock.held());
}

void Set::clear() noexcept {
  // Dropped after the lock.
  const TakenEntries<SetEntry> taken = [this] {
    const Locked lock(*this);
    const NoSuspend whole;
    return entries_.take(lock.held());
  }();
}

// Made in the hold that fills it, as copies of dicts are.
Ref<Set> Set::copy(Type& type) noexcept {
  Ref<Set> twin;
  const Locked lock(*this);
  const NoSuspend whole;
  twin = make(type);
  if (!twin) return kRaised;
  if (!entries_.copy_to(lock.held(), Held::unreachable(*twin), twin->entries_))
    return raise_memory_error();
  return twin;
}

// --- Hash. ---

namespace {

// Spreads what a key's hash says over all bits, so that sums of few keys, or of keys that count up,
// differ. Steps of a product with an odd number and a shift, each of which can be undone.
[[nodiscard]] std::uint64_t mixed(KeyHash hash) noexcept {
  auto bits = static_cast<std::uint64_t>(hash) + 0x9E37'79B9'7F4A'7C15;
  bits = (bits ^ bits >> 32) * 0xD6E8'FEB8'6659'FD93;
  bits = (bits ^ bits >> 29) * 0xA0B4'28DB'7C15'9E35;
  return bits ^ bits >> 32;
}

}  // namespace

std::int64_t Set::hash() noexcept {
  if (known_hash() != kNoHash) return known_hash();
  std::uint64_t sum = 0;
  {
    const Locked lock(*this);
    std::size_t place = 0;
    for (; const SetEntry* const entry = entries_.first_from(lock.held(), place); ++place)
      sum += mixed(entry->hash);
  }
  const auto hash = static_cast<std::int64_t>(mixed(static_cast<KeyHash>(sum + size())));
  const std::int64_t result = hash == kNoHash ? -2 : hash;
  if (is_frozen()) hash_.store(result, kRelaxed);  // relaxed: as in known_hash
  return result;
}

}  // namespace orochi::inline OROCHI_DESIGN
