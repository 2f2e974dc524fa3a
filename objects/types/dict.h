// objects/types/dict.h: a mapping from keys to values, in the order in which the keys came.
//
// Any thread may use a dict. Each of these is one step for all who watch, as long as the keys
// concerned are compared without calling anybody (objects/types/key.h) or by identity:
//
//     find, contains                            without a lock, once the dict is open
//     set, set_default, remove, pop_last,       in one hold of its lock; what they unlinked is
//     clear, copy, next                         dropped after it (rule 17)
//     update                                    in one hold of both locks
//
// Other keys are asked by their own __eq__, outside of the lock: then the search goes on where it
// was, or begins anew if the dict is not the same (objects/types/key_search.h), and what follows
// the search is one step again. An update with such keys is one step for each of them, and for the
// others between. Equality of dicts calls the __eq__ of values, and is a step for each item.
//
// Why a search without a lock is in order with all others: objects/types/hash_table.h (what happens
// in a table) and objects/types/hashed_entries.h (what happens to tables).
//
// Attached threads, in no section of their own. All may park; all but `find` and `contains` of open
// dicts may run destructors; all that take a key may run its __hash__ and __eq__.
// Tests: tests/objects/types/dict_test.cc   Stress: stress/objects/types/dict_stress.cc
// Bench: bench/objects/types/dict_bench.cc
#pragma once

#include <cstddef>
#include <utility>

#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/dict_entry.h"
#include "objects/types/hashed_entries.h"
#include "objects/types/key_search.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& dict_type() noexcept;
// Once, after make_tuple_type. Its iterators and views too.
[[nodiscard]] Status make_dict_type() noexcept;

class Dict : public Object {
 public:
  explicit Dict(ShapeIndex shape) noexcept : Object(shape) {}
  [[nodiscard]] static Ref<Dict> make() noexcept;

  // How many items it has, or had just now, or is about to have.
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

  // --- One item. A key is borrowed: the caller counts it for the length of the call. ---

  // Done and nothing in `value`: there is no such key.
  [[nodiscard]] Status find(Value key, Ref<>& value) noexcept;
  [[nodiscard]] Truth contains(Value key) noexcept;
  // Replaces the value; the key stays the one that is there.
  [[nodiscard]] Status set(Value key, Ref<> value) noexcept;
  // What the key has, or `value`, which it then has. Nothing: it raised.
  [[nodiscard]] Ref<> set_default(Value key, Ref<> value) noexcept;
  // What the key had; done and nothing in `value`: there was no such key.
  [[nodiscard]] Status remove(Value key, Ref<>& value) noexcept;
  // Takes away the last item; nothing: there is none.
  [[nodiscard]] DictItem pop_last() noexcept;

  // The same for whoever knows the hash.
  [[nodiscard]] Status find(WantedKey wanted, Ref<>& value) noexcept;
  [[nodiscard]] Truth contains(const WantedKey& wanted) noexcept;
  [[nodiscard]] Status set(const WantedKey& wanted, Ref<> value) noexcept;
  // For readers who came here over objects that they do not count. Unknown: it takes the lock, and
  // `value`, which is empty, stays so. Writes, parks, runs nothing.
  [[nodiscard]] Search try_find(WantedKey wanted, Ref<>& value) const noexcept;
  [[nodiscard]] Search try_contains(const WantedKey& wanted) const noexcept;

  // --- All items. ---

  // The first item whose place is `place` or a later one, which `place` then is; nothing: there is
  // none. Places are good until an insertion: without room it moves what is alive.
  [[nodiscard]] DictItem next(std::size_t& place) noexcept;
  // And the hash of its key.
  [[nodiscard]] DictItem next(std::size_t& place, KeyHash& hash) noexcept;
  [[nodiscard]] DictItem previous(std::size_t& end) noexcept;
  void clear() noexcept;
  [[nodiscard]] Ref<Dict> copy() noexcept;
  // Sets all that `other` has.
  [[nodiscard]] Status update(Dict& other) noexcept;
  // Of what `pairs` gives, each of a key and a value. Those before a failure stay set.
  [[nodiscard]] Status update_from_pairs(Value pairs) noexcept;
  // Each of what `keys` gives has `value`.
  [[nodiscard]] static Ref<Dict> from_keys(Value keys, Value value) noexcept;
  // The same keys, with equal values.
  [[nodiscard]] Truth equals(Dict& other) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    entries_.for_each_child(visit);
  }
  void give_back(const Remains& remains) noexcept { entries_.give_back(remains); }

 private:
  friend class DictUpdate;
  friend class DictIterator;

  using Entries = HashedEntries<DictEntry>;

  template <class Act>
  [[nodiscard]] Status locate(const WantedKey& wanted, Act act) noexcept {
    return orochi::locate(*this, entries_, wanted, act);
  }
  [[nodiscard]] Status find_locked(WantedKey wanted, Ref<>& value) noexcept;
  // Requires: the search did not find it. False without memory.
  [[nodiscard]] bool insert(Held holder, const WantedKey& wanted, const Entries::Place& place,
                            Ref<>& value) noexcept;

  Entries entries_;
};
static_assert(sizeof(Dict) == 40);

inline Search Dict::try_find(WantedKey wanted, Ref<>& value) const noexcept {
  const Open open(*this);
  if (!open) [[unlikely]]
    return Search::kUnknown;
  const Entries::Place place = entries_.find(open, wanted);
  if (place.answer() != Search::kFound) return place.answer();
  const Value seen = place.entry()->value.peek(open);
  // Dead by now: perhaps it lives on in another entry.
  if (seen.is_empty() || !detail::try_count(seen)) [[unlikely]]
    return Search::kUnknown;
  Ref<>::adopt(seen).swap(value);
  return Search::kFound;
}

// Counts nothing: what is found is only looked at.
inline Search Dict::try_contains(const WantedKey& wanted) const noexcept {
  const Open open(*this);
  if (!open) [[unlikely]]
    return Search::kUnknown;
  const Entries::Place place = entries_.find(open, wanted);
  if (place.answer() != Search::kFound) return place.answer();
  // Dead by now: perhaps it lives on in another entry.
  return place.entry()->value.peek(open).is_empty() ? Search::kUnknown : Search::kFound;
}

inline Status Dict::find(WantedKey wanted, Ref<>& value) noexcept {
  if (try_find(wanted, value) != Search::kUnknown) [[likely]]
    return Status::kDone;
  return find_locked(wanted, value);
}

// d[key] of a key that is not there.
Raised raise_missing_key(Value key) noexcept;

[[nodiscard]] inline Dict* as_dict(Value value) noexcept {
  if (!value.is_object() || !type_of(value).is_subtype_of(dict_type())) return nullptr;
  return static_cast<Dict*>(value.object());
}

}  // namespace orochi::inline OROCHI_DESIGN
