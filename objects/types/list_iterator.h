// objects/types/list_iterator.h: going through a list, from either end.
//
//     place   forward: of the next item; backward: one more than that
//
// I1  An iterator that was at its end stays there, and keeps its list until it dies (rule 15).
//
// Attached threads; threads may share one: objects/types/iterator_place.h. A step may park.
// Tests: tests/objects/types/list_iterator_test.cc
#pragma once

#include <cstddef>

#include "objects/types/iterator_place.h"
#include "objects/types/list.h"

namespace orochi::inline OROCHI_DESIGN {

// Once, by make_list_type.
[[nodiscard]] Status make_list_iterator_types() noexcept;
[[nodiscard]] Type& list_iterator_type() noexcept;
[[nodiscard]] Type& list_reverse_iterator_type() noexcept;

class ListIterator : public Object {
 public:
  ListIterator(ShapeIndex shape, Ref<List> list, std::size_t place) noexcept
      : Object(shape), list_(std::move(list)), place_(place) {}

  [[nodiscard]] static Ref<ListIterator> make(List& list) noexcept;
  [[nodiscard]] static Ref<ListIterator> make_reversed(List& list) noexcept;

  // Nothing in `item`, which was empty: there are no more.
  void next(Ref<>& item) noexcept;
  void next_reversed(Ref<>& item) noexcept;
  // How many are still to come, if nobody changes the list.
  [[nodiscard]] std::size_t remaining() const noexcept;
  [[nodiscard]] std::size_t remaining_reversed() const noexcept;

  // For copies: objects/types/iterator_state.h.
  [[nodiscard]] Ref<> reduce() const noexcept;
  [[nodiscard]] Ref<> reduce_reversed() const noexcept;
  [[nodiscard]] Status set_state(Value state) noexcept;
  [[nodiscard]] Status set_state_reversed(Value state) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(list_));
  }

 private:
  [[nodiscard]] List& list() const noexcept { return static_cast<List&>(*list_.get().object()); }

  const ConstField list_;
  IteratorPlace place_;
};

}  // namespace orochi::inline OROCHI_DESIGN
