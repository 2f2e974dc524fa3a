// objects/types/tuple_iterator.h: going through a tuple.
//
// I1  An iterator that is at its end keeps its tuple until it dies (rule 15).
//
// Attached threads; threads may share one: objects/types/iterator_place.h.
// Tests: tests/objects/types/tuple_test.cc
#pragma once

#include <cstddef>

#include "objects/types/iterator_place.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

// Once, by make_tuple_type.
[[nodiscard]] Status make_tuple_iterator_type() noexcept;
[[nodiscard]] Type& tuple_iterator_type() noexcept;

class TupleIterator : public Object {
 public:
  TupleIterator(ShapeIndex shape, Ref<Tuple> tuple) noexcept
      : Object(shape), tuple_(std::move(tuple)) {}

  [[nodiscard]] static Ref<TupleIterator> make(Tuple& tuple) noexcept;

  // Nothing in `item`, which was empty: there are no more.
  void next(Ref<>& item) noexcept;
  [[nodiscard]] std::size_t remaining() const noexcept { return tuple().size() - place_.get(); }

  // For copies: objects/types/iterator_state.h.
  [[nodiscard]] Ref<> reduce() const noexcept;
  [[nodiscard]] Status set_state(Value state) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(tuple_));
  }

 private:
  [[nodiscard]] const Tuple& tuple() const noexcept {
    return static_cast<const Tuple&>(*tuple_.get().object());
  }

  const ConstField tuple_;
  IteratorPlace place_{0};
};

}  // namespace orochi::inline OROCHI_DESIGN
