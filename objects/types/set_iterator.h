// objects/types/set_iterator.h: going through a set, and what tells that it has changed.
//
// What tells is objects/types/hashed_cursor.h; a set whose size is the same is gone through to the
// end, whatever has come in place of what.
//
// All that changes in an iterator is guarded by the lock of its set, which it takes for each key:
// so several threads may share one, and each key is given to one of them.
//
// I1  An iterator that is at its end keeps its set until it dies (rule 15).
//
// Attached threads. Each step may park.
// Tests: tests/objects/types/set_iterator_test.cc
#pragma once

#include <cstddef>

#include "objects/types/hashed_cursor.h"
#include "objects/types/set.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& set_iterator_type() noexcept;
// Once, by make_set_types.
[[nodiscard]] Status make_set_iterator_type() noexcept;

class SetIterator : public Object {
 public:
  SetIterator(ShapeIndex shape, Ref<Set> set) noexcept
      : Object(shape), set_(std::move(set)), cursor_(this->set().size(), Direction::kForward) {}

  [[nodiscard]] static Ref<SetIterator> make(Set& set) noexcept;

  // Done and nothing in `key`: there are no more.
  [[nodiscard]] Status next(Ref<>& key) noexcept;
  // How many are still to come, as far as one can say.
  [[nodiscard]] std::size_t remaining() noexcept;
  // For copies: objects/types/iterator_state.h.
  [[nodiscard]] Ref<> reduce() const noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(set_));
  }

 private:
  using Cursor = HashedCursor<SetEntry>;

  [[nodiscard]] Set& set() const noexcept { return static_cast<Set&>(*set_.get().object()); }

  const ConstField set_;  // constant
  Cursor cursor_;         // with the set's lock
};

}  // namespace orochi::inline OROCHI_DESIGN
