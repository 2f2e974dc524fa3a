#include "objects/types/set_algebra.h"

#include <algorithm>

#include "objects/types/each_item.h"
#include "objects/types/owned_values.h"
#include "objects/types/set_pass.h"

namespace orochi::inline OROCHI_DESIGN {

// What is done with each key of one set in a pass over it (objects/types/set_pass.h).
class SetAlgebra {
 public:
  using Place = Set::Entries::Place;

  // into |= from
  class Adding {
   public:
    [[nodiscard]] PassGoes prepare(Set& from, Set& into, Held held) const noexcept {
      return if_room(into.entries_.make_room(held, from.size()));
    }
    [[nodiscard]] PassGoes act(Held held, const WantedKey& key, const Place& place) const noexcept {
      return place.entry() == nullptr ? if_room(set_of(held).insert(held, key, place))
                                      : PassGoes::kOn;
    }
    [[nodiscard]] Status later(const WantedKey&) const noexcept { return Status::kDone; }
  };

  // of -= from
  class Removing {
   public:
    [[nodiscard]] PassGoes prepare(Set& from, Set& of, Held) noexcept {
      return if_room(removed_.reserve(removed_.size() + std::min(from.size(), of.size()) + 1));
    }
    [[nodiscard]] PassGoes act(Held held, const WantedKey&, const Place& place) noexcept {
      if (place.entry() != nullptr) removed_.push(set_of(held).kill(held, place));
      return PassGoes::kOn;
    }
    [[nodiscard]] Status later(const WantedKey&) const noexcept { return Status::kDone; }

   private:
    OwnedValues removed_;  // dropped after the pass
  };

  // in ^= from
  class Toggling {
   public:
    [[nodiscard]] PassGoes prepare(Set& from, Set& in, Held held) noexcept {
      const PassGoes goes = adding_.prepare(from, in, held);
      return goes == PassGoes::kOn ? removing_.prepare(from, in, held) : goes;
    }
    [[nodiscard]] PassGoes act(Held held, const WantedKey& key, const Place& place) noexcept {
      return place.entry() == nullptr ? adding_.act(held, key, place)
                                      : removing_.act(held, key, place);
    }
    [[nodiscard]] Status later(const WantedKey&) const noexcept { return Status::kDone; }

   private:
    Adding adding_;
    Removing removing_;
  };

  // Those of the keys that are there, or those that are not, into a new set. It is made in the
  // first hold: until the end of that nobody else can reach it, and all keys are different. Later
  // somebody may have found it, and a key may be there already: it is added as others add.
  class Collecting {
   public:
    enum class Which : bool { kMissing, kFound };

    Collecting(Type& type, Which which) noexcept : type_(type), which_(which) {}

    // Nothing: there was no memory.
    [[nodiscard]] Ref<Set> result() noexcept { return std::move(made_); }

    [[nodiscard]] PassGoes prepare(Set&, Set&, Held) noexcept {
      if (made_) return PassGoes::kOn;
      made_ = Set::make(type_);
      is_reachable_ = false;
      return if_room(static_cast<bool>(made_));
    }
    [[nodiscard]] PassGoes act(Held, const WantedKey& key, const Place& place) noexcept {
      if ((place.entry() != nullptr) != (which_ == Which::kFound)) return PassGoes::kOn;
      return is_reachable_ ? PassGoes::kLater : if_room(add_new(key));
    }
    void let_go() noexcept { is_reachable_ = true; }
    [[nodiscard]] Status later(const WantedKey& key) noexcept { return made_->add(key); }

   private:
    [[nodiscard]] bool add_new(const WantedKey& key) noexcept {
      const Held made = Held::unreachable(*made_);
      if (!made_->entries_.make_room(made, 1)) return false;
      made_->entries_.insert_new(made, key.hash, [&](void* memory) {
        new (memory) SetEntry(key.hash, Ref<>::of(key.key));
      });
      return true;
    }

    Type& type_;
    const Which which_;
    Ref<Set> made_;
    bool is_reachable_ = true;
  };

  // Is there one for which it is so? That ends the pass.
  class Asking {
   public:
    enum class Whether : bool { kIsMissing, kIsFound };
    // How many keys the two may have for that to be a question at all.
    enum class Sizes : std::uint8_t { kAny, kAtMost, kLess, kSame };

    explicit Asking(Whether whether, Sizes sizes = Sizes::kAny) noexcept
        : whether_(whether), sizes_(sizes) {}
    [[nodiscard]] bool found_one() const noexcept { return found_one_; }

    [[nodiscard]] PassGoes prepare(Set& from, Set& in, Held) noexcept {
      return ends_if(!may_be(from.size(), in.size()));
    }
    [[nodiscard]] PassGoes act(Held, const WantedKey&, const Place& place) noexcept {
      return ends_if((place.entry() != nullptr) == (whether_ == Whether::kIsFound));
    }
    [[nodiscard]] Status later(const WantedKey&) const noexcept { return Status::kDone; }

   private:
    [[nodiscard]] bool may_be(std::size_t from, std::size_t in) const noexcept {
      switch (sizes_) {
        case Sizes::kAny:
          return true;
        case Sizes::kAtMost:
          return from <= in;
        case Sizes::kLess:
          return from < in;
        case Sizes::kSame:
          return from == in;
      }
      return true;
    }
    [[nodiscard]] PassGoes ends_if(bool found_one) noexcept {
      found_one_ = found_one;
      return found_one ? PassGoes::kEnds : PassGoes::kOn;
    }

    const Whether whether_;
    const Sizes sizes_;
    bool found_one_ = false;
  };

  template <class Act>
  [[nodiscard]] static Status pass(Set& from, Set& in, Act&& act) noexcept {
    return SetPass<std::remove_reference_t<Act>>(from, in, act).run();
  }

  // The set has from now on what `fresh` has, which is empty then. What it had is to be dropped
  // when no lock is held.
  [[nodiscard]] static TakenEntries<SetEntry> exchange(Set& set, Set& fresh) noexcept {
    const LockedPair locks(set, fresh);
    const NoSuspend whole;
    return set.entries_.take_for(locks.first(), locks.second(), fresh.entries_);
  }

  [[nodiscard]] static bool have_different_hashes(const Set& a, const Set& b) noexcept {
    const std::int64_t one = a.known_hash();
    const std::int64_t other = b.known_hash();
    return one != Set::kNoHash && other != Set::kNoHash && one != other;
  }

 private:
  [[nodiscard]] static PassGoes if_room(bool has_room) noexcept {
    return has_room ? PassGoes::kOn : PassGoes::kHasNoMemory;
  }
  [[nodiscard]] static Set& set_of(Held held) noexcept { return static_cast<Set&>(held.object()); }
};

namespace {

using Adding = SetAlgebra::Adding;
using Removing = SetAlgebra::Removing;
using Toggling = SetAlgebra::Toggling;
using Collecting = SetAlgebra::Collecting;
using Asking = SetAlgebra::Asking;

// Keys of iterables have a hash or raise, also where they are sets.
[[nodiscard]] Truth contains_hashed(Set& set, Value key) noexcept {
  WantedKey wanted{key, 0};
  return failed(hash_key(key, wanted.hash)) ? Truth::kFailed : set.contains(wanted);
}
[[nodiscard]] Status discard_hashed(Set& set, Value key) noexcept {
  WantedKey wanted{key, 0};
  if (failed(hash_key(key, wanted.hash))) return kRaised;
  return failed(set.discard(wanted)) ? Status::kFailed : Status::kDone;
}

// What is iterable as a set: itself, or a new one.
[[nodiscard]] Ref<Set> as_a_set(Value iterable) noexcept {
  Set* const set = as_any_set(iterable);
  return set != nullptr ? Ref<Set>::of(*set) : Set::from(iterable, set_type());
}

[[nodiscard]] Truth negated(Truth truth) noexcept {
  return failed(truth) ? truth : truth_of(truth == Truth::kFalse);
}

}  // namespace

// --- Changing a set. ---

Status update(Set& set, Value other) noexcept {
  Set* const more = as_any_set(other);
  if (more == nullptr)
    return for_each_item(other, [&set](Value key) noexcept { return set.add(key); });
  return more == &set ? Status::kDone : SetAlgebra::pass(*more, set, Adding());
}

Status difference_update(Set& set, Value other) noexcept {
  if (Set* const less = as_any_set(other)) return SetAlgebra::pass(*less, set, Removing());
  return for_each_item(other, [&set](Value key) noexcept { return discard_hashed(set, key); });
}

Status intersection_update(Set& set, Value other) noexcept {
  Set* const locked = as_any_set(other);
  if (locked == nullptr) return become(set, intersection(set, other));
  Ref<Set> common;
  // Dropped after the locks.
  const TakenEntries<SetEntry> before = [&] {
    const LockedPair both(set, *locked);
    common = intersection(set, other);
    return common ? SetAlgebra::exchange(set, *common) : TakenEntries<SetEntry>();
  }();
  return common ? Status::kDone : Status::kFailed;
}

Status symmetric_difference_update(Set& set, Value other) noexcept {
  const Ref<Set> keys = as_a_set(other);
  return keys ? SetAlgebra::pass(*keys, set, Toggling()) : Status{kRaised};
}

Status become(Set& set, Ref<Set> fresh) noexcept {
  if (!fresh) return kRaised;
  const TakenEntries<SetEntry> before = SetAlgebra::exchange(set, *fresh);
  return Status::kDone;
}

// --- New sets. ---

Type& base_type_of(const Set& set) noexcept {
  return set.is_frozen() ? frozenset_type() : set_type();
}

namespace {

// A copy of `set`, changed by what `other` has: as one step, if that is a set too.
[[nodiscard]] Ref<Set> copied_and(Status (*change)(Set&, Value) noexcept, Set& set,
                                  Value other) noexcept {
  const auto make = [&]() noexcept {
    Ref<Set> made = set.copy(base_type_of(set));
    return !made || failed(change(*made, other)) ? Ref<Set>() : std::move(made);
  };
  Set* const locked = as_any_set(other);
  if (locked == nullptr) return make();
  const LockedPair both(set, *locked);
  return make();
}

[[nodiscard]] Ref<Set> collected(Set& from, Set& in, Collecting::Which which, Type& type) noexcept {
  Collecting collecting(type, which);
  return failed(SetAlgebra::pass(from, in, collecting)) ? Ref<Set>() : collecting.result();
}

[[nodiscard]] Status add_if_common(Set& made, Set& set, Value key) noexcept {
  WantedKey wanted{key, 0};
  if (failed(hash_key(key, wanted.hash))) return kRaised;
  const Truth is_common = set.contains(wanted);
  if (failed(is_common)) return kRaised;
  return is_common == Truth::kTrue ? made.add(wanted) : Status::kDone;
}

}  // namespace

Ref<Set> union_of(Set& set, Value other) noexcept { return copied_and(update, set, other); }

Ref<Set> difference(Set& set, Value other) noexcept {
  Set* const less = as_any_set(other);
  if (less == nullptr) return copied_and(difference_update, set, other);
  return collected(set, *less, Collecting::Which::kMissing, base_type_of(set));
}

// Of two equal keys it is the smaller set's that is in both, or the other's.
Ref<Set> intersection(Set& set, Value other) noexcept {
  Type& type = base_type_of(set);
  if (Set* const with = as_any_set(other)) {
    const bool walks_set = with->size() > set.size();
    return collected(walks_set ? set : *with, walks_set ? *with : set, Collecting::Which::kFound,
                     type);
  }
  Ref<Set> made = Set::make(type);
  if (!made) return kRaised;
  const Status done =
      for_each_item(other, [&](Value key) noexcept { return add_if_common(*made, set, key); });
  return failed(done) ? Ref<Set>() : std::move(made);
}

// Of two equal keys there is none; where only one is, it is the one.
Ref<Set> symmetric_difference(Set& set, Value other) noexcept {
  return copied_and(symmetric_difference_update, set, other);
}

// --- Questions. ---

namespace {

// Is nothing of `from` an answer to what is asked about it in `in`?
[[nodiscard]] Truth none_is(Asking asking, Set& from, Set& in) noexcept {
  if (failed(SetAlgebra::pass(from, in, asking))) return kRaised;
  return truth_of(!asking.found_one());
}

[[nodiscard]] Truth all_are_in(Set& from, Set& in, Asking::Sizes sizes) noexcept {
  return none_is(Asking(Asking::Whether::kIsMissing, sizes), from, in);
}

}  // namespace

Truth is_disjoint(Set& set, Value other) noexcept {
  Set* const with = as_any_set(other);
  if (with == nullptr)
    return for_all_items(other,
                         [&](Value key) noexcept { return negated(contains_hashed(set, key)); });
  const bool walks_set = with->size() > set.size();
  return none_is(Asking(Asking::Whether::kIsFound), walks_set ? set : *with,
                 walks_set ? *with : set);
}

Truth is_subset(Set& set, Value other) noexcept {
  const Ref<Set> keys = as_a_set(other);
  return keys ? all_are_in(set, *keys, Asking::Sizes::kAtMost) : Truth{kRaised};
}

Truth is_superset(Set& set, Value other) noexcept {
  if (Set* const keys = as_any_set(other)) return is_subset(*keys, Value(&set));
  return for_all_items(other, [&](Value key) noexcept { return contains_hashed(set, key); });
}

Truth compare_sets(CompareOp op, Set& a, Set& b) noexcept {
  switch (op) {
    case CompareOp::kEqual:
      if (SetAlgebra::have_different_hashes(a, b)) return Truth::kFalse;
      return all_are_in(a, b, Asking::Sizes::kSame);
    case CompareOp::kNotEqual:
      return negated(compare_sets(CompareOp::kEqual, a, b));
    case CompareOp::kLess:
      return all_are_in(a, b, Asking::Sizes::kLess);
    case CompareOp::kLessEqual:
      return all_are_in(a, b, Asking::Sizes::kAtMost);
    case CompareOp::kGreater:
      return all_are_in(b, a, Asking::Sizes::kLess);
    case CompareOp::kGreaterEqual:
      return all_are_in(b, a, Asking::Sizes::kAtMost);
  }
  return Truth::kFalse;
}

}  // namespace orochi::inline OROCHI_DESIGN
