// objects/types/key_search.h: a search that may have to ask a key's own equality.
//
// That runs any code, so it is done without the lock, with both keys counted; then the search goes
// on where it was, if that is still the place:
//
//     KeySearch search(entries, wanted);
//     do {
//       const Locked lock(holder);
//       switch (search.look(lock.held())) {      // found, missing: act in this hold of the lock
//         ...
//       }
//     } while (search.ask() == Status::kDone);   // unknown: let go of the lock, ask, look again
//
// `locate` is all of it, and short for keys that need not be asked.
//
// I1  An answer counts for the table in which the question came up, as long as the entry still has
//     that key. Otherwise the search begins anew; an __eq__ that changes the container at each
//     question can keep it going for as long as it likes.
// I2  Nothing is dropped inside look(): candidates that are done with wait for ask() or the end.
//
// One thread each; `look` with the holder's lock, the rest without.
// Tests: tests/objects/types/dict_test.cc, tests/objects/types/set_test.cc
#pragma once

#include <cstdint>
#include <utility>

#include "objects/model/operations.h"
#include "objects/types/hashed_entries.h"

namespace orochi::inline OROCHI_DESIGN {

template <class Entry>
class KeySearch {
 public:
  KeySearch(const HashedEntries<Entry>& entries, const WantedKey& wanted) noexcept
      : entries_(entries), wanted_(wanted) {}

  [[nodiscard]] Search look(Held holder) noexcept {
    if (!is_still_there(holder)) {
      place_ = entries_.find(holder, wanted_);
    } else if (is_same_) {
      return Search::kFound;
    } else {
      place_ = entries_.table(holder)->find_behind(holder, wanted_, place_);
    }
    if (place_.answer() == Search::kUnknown) keep_candidate(holder);
    return place_.answer();
  }

  // After look() said that it is unknown. May run any code.
  [[nodiscard]] Status ask() noexcept {
    done_with_ = Ref<>();
    const Truth same = compare_truth(CompareOp::kEqual, candidate_.value(), wanted_.key);
    is_same_ = same == Truth::kTrue;
    return failed(same) ? Status::kFailed : Status::kDone;
  }

  // In the hold in which look() found it, or did not: where.
  [[nodiscard]] const HashPlace<Entry>& place() const noexcept { return place_; }

 private:
  // I1.
  [[nodiscard]] bool is_still_there(Held holder) const noexcept {
    return candidate_ && entries_.generation(holder) == generation_ &&
           place_.entry()->key.get(holder) == candidate_.value();
  }
  void keep_candidate(Held holder) noexcept {
    done_with_.swap(candidate_);  // I2. It was empty: ask() came before
    place_.entry()->key.load(holder).swap(candidate_);
    generation_ = entries_.generation(holder);
  }

  const HashedEntries<Entry>& entries_;
  const WantedKey wanted_;
  HashPlace<Entry> place_;
  Ref<> candidate_;
  Ref<> done_with_;
  std::uint64_t generation_ = 0;
  bool is_same_ = false;
};

namespace detail {

template <class Entry, class Act>
[[nodiscard, gnu::noinline]] Status locate_asking(Object& holder,
                                                  const HashedEntries<Entry>& entries,
                                                  const WantedKey& wanted, Act& act) noexcept {
  KeySearch<Entry> search(entries, wanted);
  do {
    const Locked lock(holder);
    const NoSuspend whole;
    if (search.look(lock.held()) == Search::kUnknown) continue;
    act(lock.held(), search.place());
    return Status::kDone;
  } while (!failed(search.ask()));
  return kRaised;
}

}  // namespace detail

// Searches, and acts in the hold of the lock in which the answer is known: act(Held, place), with
// the key's entry or none. Failed: an __eq__ raised.
template <class Entry, class Act>
[[nodiscard]] Status locate(Object& holder, const HashedEntries<Entry>& entries,
                            const WantedKey& wanted, Act act) noexcept {
  {
    const Locked lock(holder);
    const NoSuspend whole;
    const HashPlace<Entry> place = entries.find(lock.held(), wanted);
    if (place.answer() != Search::kUnknown) [[likely]] {
      act(lock.held(), place);
      return Status::kDone;
    }
  }
  return detail::locate_asking(holder, entries, wanted, act);
}

}  // namespace orochi::inline OROCHI_DESIGN
