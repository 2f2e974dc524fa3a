// objects/types/range_iterator.h: going through a range.
//
//   range_iterator       of a range whose items are numbers of 64 bits: one multiplication each
//   longrange_iterator   of others
//
// Both know how many items they have given; an item depends on nothing else.
//
// Attached threads; threads may share one: objects/types/iterator_place.h.
// Tests: tests/objects/types/range_test.cc
#pragma once

#include <cstddef>

#include "objects/types/iterator_place.h"
#include "objects/types/range.h"

namespace orochi::inline OROCHI_DESIGN {

// Once, by make_range_type.
[[nodiscard]] Status make_range_iterator_types() noexcept;
[[nodiscard]] Type& range_iterator_type() noexcept;
[[nodiscard]] Type& long_range_iterator_type() noexcept;

class RangeIterator : public Object {
 public:
  RangeIterator(ShapeIndex shape, Ref<Range> range) noexcept;

  [[nodiscard]] static Ref<RangeIterator> make(Range& range) noexcept;

  // Nothing in `item`, which was empty: there are no more.
  [[nodiscard]] Status next(Ref<>& item) noexcept;
  // Empty: an exception is pending.
  [[nodiscard]] Ref<> remaining() const noexcept;
  // For copies: objects/types/iterator_state.h.
  [[nodiscard]] Ref<> reduce() const noexcept;
  [[nodiscard]] Status set_state(Value state) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(range_));
  }

 private:
  [[nodiscard]] const Range& range() const noexcept {
    return static_cast<const Range&>(*range_.get().object());
  }

  const ConstField range_;
  const std::size_t length_;  // or the largest number, of a range that is longer
  IteratorPlace place_{0};
};

}  // namespace orochi::inline OROCHI_DESIGN
