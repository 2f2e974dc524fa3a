// objects/types/sequence_iterator.h: going through whatever can be indexed by 0, 1, 2, ..., in
// either direction: `iterator` and `reversed`.
//
// Getting an item may run any code, so a step first moves the place on, and back if it fails: each
// place is given to one of the threads that share an iterator.
//
// I1  One that was at its end stays there, and keeps its sequence until it dies (rule 15).
//
// Attached threads; threads may share one: objects/types/iterator_place.h. A step may run any code.
// Tests: tests/objects/types/sequence_iterator_test.cc
#pragma once

#include <cstddef>

#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/iterator_place.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& sequence_iterator_type() noexcept;
[[nodiscard]] Type& reversed_type() noexcept;
// Both. Once, after start_model; from then on iterate() knows what to do with such values.
[[nodiscard]] Status make_sequence_iterator_types() noexcept;
// Once, when there can be functions.
[[nodiscard]] Status define_sequence_iterator_methods() noexcept;

class SequenceIterator : public Object {
 public:
  SequenceIterator(ShapeIndex shape, Ref<> sequence, std::size_t place) noexcept
      : Object(shape), sequence_(std::move(sequence)), place_(place) {}

  // Raises TypeError for what has no items by number, or says that it is not to be gone through.
  [[nodiscard]] static Ref<> make(Value sequence) noexcept;
  // What reversed(value) returns: what its __reversed__ says, or one of these, which is then of
  // `type`: reversed_type() or a subtype.
  [[nodiscard]] static Ref<> make_reversed(Type& type, Value value) noexcept;

  // Done and nothing in `item`: there are no more.
  [[nodiscard]] Status next(Ref<>& item) noexcept;
  [[nodiscard]] Status next_reversed(Ref<>& item) noexcept;
  [[nodiscard]] Status remaining(std::size_t& count) const noexcept;
  [[nodiscard]] Status remaining_reversed(std::size_t& count) const noexcept;

  // For copies: objects/types/iterator_state.h.
  [[nodiscard]] Ref<> reduce() const noexcept;
  [[nodiscard]] Ref<> reduce_reversed() const noexcept;
  [[nodiscard]] Status set_state(Value state) noexcept;
  [[nodiscard]] Status set_state_reversed(Value state) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(sequence_));
  }

 private:
  // The item at the place that `place` says; done and nothing in `item`: there is none.
  [[nodiscard]] Status get(std::size_t place, Ref<>& item) const noexcept;

  const ConstField sequence_;
  IteratorPlace place_;  // forward: of the next item; backward: one more than that
};

}  // namespace orochi::inline OROCHI_DESIGN
