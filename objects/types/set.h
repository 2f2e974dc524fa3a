// objects/types/set.h: sets, in the order in which their keys came; and sets that never change.
//
// `set` and `frozenset` are two types with one layout. A frozenset is filled by whoever makes it,
// before anybody else can reach it; what of the functions below changes a set is not called of it
// afterwards.
//
// Any thread may use a set. Each of these is one step for all who watch, as long as the keys
// concerned are compared without calling anybody (objects/types/key.h) or by identity:
//
//     contains                          without a lock, once the set is open
//     add, discard, pop, clear, copy    in one hold of its lock; what they unlinked is dropped
//                                       after it (rule 17)
//
// Other keys are asked as those of dicts are (objects/types/dict.h). Why a search without a lock is
// in order with all others: objects/types/hash_table.h, hashed_entries.h; a set's entry has no
// value, and its key decides whether it is alive.
//
// Beside it: set_algebra.h (two sets), set_iterator.h.
// Attached threads, in no section of their own. All may park; all but `contains` of open sets may
// run destructors; all that take a key may run its __hash__ and __eq__.
// Tests: tests/objects/types/set_test.cc   Stress: stress/objects/types/set_stress.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/atomic.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/hashed_entries.h"
#include "objects/types/key_search.h"
#include "objects/types/set_entry.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& set_type() noexcept;
[[nodiscard]] Type& frozenset_type() noexcept;
// Once, after make_str_type. Their iterator too.
[[nodiscard]] Status make_set_types() noexcept;
// Once, after make_native_function_types.
[[nodiscard]] Status define_set_methods() noexcept;

class Set : public Object {
 public:
  explicit Set(ShapeIndex shape) noexcept : Object(shape) {}
  // Of set_type(), frozenset_type() or a subtype.
  [[nodiscard]] static Ref<Set> make(Type& type) noexcept;
  // Of what `iterable` gives; a frozenset of a frozenset is that.
  [[nodiscard]] static Ref<Set> from(Value iterable, Type& type) noexcept;

  // How many keys it has, or had just now, or is about to have.
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  [[nodiscard]] bool is_frozen() const noexcept;

  // --- One key. It is borrowed: the caller counts it for the length of the call. ---

  // For a key that is a set, and so has no hash, a frozenset of the same keys is looked up.
  [[nodiscard]] Truth contains(Value key) noexcept;
  // An equal key that is there stays.
  [[nodiscard]] Status add(Value key) noexcept;
  // Was it there? Keys as for `contains`.
  [[nodiscard]] Truth discard(Value key) noexcept;
  // Takes away one of the keys; nothing: there is none.
  [[nodiscard]] Ref<> pop() noexcept;

  // The same for whoever knows the hash.
  [[nodiscard]] Truth contains(const WantedKey& wanted) noexcept;
  [[nodiscard]] Status add(const WantedKey& wanted) noexcept;
  [[nodiscard]] Truth discard(const WantedKey& wanted) noexcept;
  // For readers who came here over objects that they do not count. Unknown: it takes the lock.
  // Writes, parks, runs nothing.
  [[nodiscard]] Search try_contains(const WantedKey& wanted) const noexcept;

  // --- All keys. ---

  // The first key whose place is `place` or a later one, which `place` then is; nothing: there is
  // none. Places are good until an insertion: without room it moves what is alive.
  [[nodiscard]] Ref<> next(std::size_t& place) noexcept;
  void clear() noexcept;
  [[nodiscard]] Ref<Set> copy(Type& type) noexcept;
  // Of its keys, in any order; never -1. Of a frozenset: computed once, and quick from then on.
  [[nodiscard]] std::int64_t hash() noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    entries_.for_each_child(visit);
  }
  void give_back(const Remains& remains) noexcept { entries_.give_back(remains); }

 private:
  friend class SetAlgebra;
  friend class SetIterator;
  template <class Act>
  friend class SetPass;

  using Entries = HashedEntries<SetEntry>;
  static constexpr std::int64_t kNoHash = -1;

  // Requires: the search found it.
  [[nodiscard]] Ref<> kill(Held holder, const Entries::Place& place) noexcept {
    entries_.count_death(holder);
    return place.entry()->kill(holder);
  }
  // Requires: the search did not find it. False without memory.
  [[nodiscard]] bool insert(Held holder, const WantedKey& wanted,
                            const Entries::Place& place) noexcept;
  // kNoHash: nobody has asked yet, or it is none of a frozenset.
  [[nodiscard]] std::int64_t known_hash() const noexcept {
    return hash_.load(kRelaxed);  // relaxed: the same whoever stores it, and depends on nothing
  }

  Entries entries_;
  Atomic<std::int64_t> hash_{kNoHash};
};
static_assert(sizeof(Set) == 48);

inline Search Set::try_contains(const WantedKey& wanted) const noexcept {
  const Open open(*this);
  return open ? entries_.find(open, wanted).answer() : Search::kUnknown;
}

// The set or frozenset that a value is, of a subtype too; null: it is none.
[[nodiscard]] Set* as_any_set(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
