#include "objects/types/dict.h"

#include <cstdint>

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"

namespace orochi::inline OROCHI_DESIGN {

Ref<Dict> Dict::make() noexcept { return new_object<Dict>(dict_type()); }

Raised raise_missing_key(Value key) noexcept {
  return raise_value(ErrorKind::kKey, Ref<>::of(key));
}

// --- Searching. ---

Status Dict::find_locked(WantedKey wanted, Ref<>& value) noexcept {
  return locate(wanted, [&](Held holder, const Entries::Place& place) {
    if (place.entry() != nullptr) place.entry()->value.load(holder).swap(value);
  });
}

Status Dict::find(Value key, Ref<>& value) noexcept {
  WantedKey wanted{key, 0};
  return failed(hash_key(key, wanted.hash)) ? Status::kFailed : find(wanted, value);
}

Truth Dict::contains(const WantedKey& wanted) noexcept {
  const Search answer = try_contains(wanted);
  if (answer != Search::kUnknown) [[likely]]
    return truth_of(answer == Search::kFound);
  bool found = false;
  const Status known =
      locate(wanted, [&](Held, const Entries::Place& place) { found = place.entry() != nullptr; });
  return failed(known) ? Truth::kFailed : truth_of(found);
}

Truth Dict::contains(Value key) noexcept {
  WantedKey wanted{key, 0};
  return failed(hash_key(key, wanted.hash)) ? Truth::kFailed : contains(wanted);
}

// --- Changing one item. ---

bool Dict::insert(Held holder, const WantedKey& wanted, const Entries::Place& place,
                  Ref<>& value) noexcept {
  return entries_.insert(holder, wanted.hash, place, [&](void* memory) {
    new (memory) DictEntry(wanted.hash, Ref<>::of(wanted.key), std::move(value));
  });
}

Status Dict::set(const WantedKey& wanted, Ref<> value) noexcept {
  Ref<> before;
  bool has_room = true;
  const Status found = locate(wanted, [&](Held holder, const Entries::Place& place) {
    if (place.entry() != nullptr) {
      place.entry()->value.replace(holder, std::move(value)).swap(before);
    } else {
      has_room = insert(holder, wanted, place, value);
    }
  });
  return has_room ? found : Status{raise_memory_error()};
}

Status Dict::set(Value key, Ref<> value) noexcept {
  WantedKey wanted{key, 0};
  return failed(hash_key(key, wanted.hash)) ? Status::kFailed : set(wanted, std::move(value));
}

Ref<> Dict::set_default(Value key, Ref<> value) noexcept {
  WantedKey wanted{key, 0};
  if (failed(hash_key(key, wanted.hash))) return kRaised;
  Ref<> result;
  bool has_room = true;
  const Status found = locate(wanted, [&](Held holder, const Entries::Place& place) {
    if (place.entry() != nullptr) {
      place.entry()->value.load(holder).swap(result);
    } else {
      value.share().swap(result);
      has_room = insert(holder, wanted, place, value);
    }
  });
  if (!has_room) return raise_memory_error();
  return failed(found) ? Ref<>() : std::move(result);
}

Status Dict::remove(Value key, Ref<>& value) noexcept {
  WantedKey wanted{key, 0};
  if (failed(hash_key(key, wanted.hash))) return kRaised;
  DictItem removed;
  const Status found = locate(wanted, [&](Held holder, const Entries::Place& place) {
    if (place.entry() == nullptr) return;
    removed = place.entry()->kill(holder);
    entries_.count_death(holder);
  });
  removed.value.swap(value);
  return found;
}

DictItem Dict::pop_last() noexcept {
  const Locked lock(*this);
  const NoSuspend whole;
  const Held holder = lock.held();
  DictEntry* const last = entries_.take_last(holder);
  return last == nullptr ? DictItem() : last->kill(holder);
}

// --- All items. ---

DictItem Dict::next(std::size_t& place, KeyHash& hash) noexcept {
  const Locked lock(*this);
  const DictEntry* const entry = entries_.first_from(lock.held(), place);
  if (entry == nullptr) return {};
  hash = entry->hash;
  return entry->load(lock.held());
}

DictItem Dict::next(std::size_t& place) noexcept {
  KeyHash hash = 0;
  return next(place, hash);
}

DictItem Dict::previous(std::size_t& end) noexcept {
  const Locked lock(*this);
  const DictEntry* const entry = entries_.last_before(lock.held(), end);
  return entry == nullptr ? DictItem() : entry->load(lock.held());
}

void Dict::clear() noexcept {
  // Dropped after the lock.
  const TakenEntries<DictEntry> taken = [this] {
    const Locked lock(*this);
    const NoSuspend whole;
    return entries_.take(lock.held());
  }();
}

// Made in the hold that fills it: whoever parks with it could be found to have it.
Ref<Dict> Dict::copy() noexcept {
  Ref<Dict> twin;
  const Locked lock(*this);
  const NoSuspend whole;
  twin = make();
  if (!twin) return kRaised;
  if (!entries_.copy_to(lock.held(), Held::unreachable(*twin), twin->entries_))
    return raise_memory_error();
  return twin;
}

Truth Dict::equals(Dict& other) noexcept {
  if (this == &other) return Truth::kTrue;
  if (size() != other.size()) return Truth::kFalse;
  std::size_t place = 0;
  KeyHash hash = 0;
  for (; const DictItem item = next(place, hash); ++place) {
    Ref<> value;
    if (failed(other.find({item.key.value(), hash}, value))) return kRaised;
    if (!value) return Truth::kFalse;
    const Truth same = same_or_equal(item.value.value(), value.value());
    if (same != Truth::kTrue) return same;
  }
  return Truth::kTrue;
}

}  // namespace orochi::inline OROCHI_DESIGN
