// objects/types/enumerate.h: `enumerate`: what an iterator gives, with a number before each.
//
// Attached threads; threads that share one get each number once, but not in the order in which they
// got the items. A step may run any code.
// Tests: tests/objects/types/enumerate_test.cc
#pragma once

#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/iterator_place.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& enumerate_type() noexcept;
// Once, after make_int_types and make_tuple_type.
[[nodiscard]] Status make_enumerate_type() noexcept;
// Once, when there can be functions.
[[nodiscard]] Status define_enumerate_methods() noexcept;

class Enumerate : public Object {
 public:
  Enumerate(ShapeIndex shape, Ref<> iterator, Ref<> start) noexcept
      : Object(shape), iterator_(std::move(iterator)), start_(std::move(start)) {}

  // Of enumerate_type() or a subtype.
  [[nodiscard]] static Ref<> make(Type& type, Value iterable, Value start) noexcept;

  // Done and nothing in `pair`: there are no more.
  [[nodiscard]] Status next(Ref<>& pair) noexcept;

  // enumerate, (iterator, number of the next)
  [[nodiscard]] Ref<> reduce() const noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(iterator_));
    visit(Children::of(start_));
  }

 private:
  [[nodiscard]] Ref<> number_of(std::size_t step) const noexcept;

  const ConstField iterator_;
  const ConstField start_;
  IteratorPlace given_{0};
};

}  // namespace orochi::inline OROCHI_DESIGN
