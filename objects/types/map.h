// objects/types/map.h: `map`: what a function makes of the items of one or more iterators, until
// one of those has no more.
//
// Constant; all that changes are the iterators. Attached threads; a step may run any code, and each
// of its items is a step of its own, so threads that share one may get items that do not belong
// together.
// Tests: tests/objects/types/map_test.cc
#pragma once

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& map_type() noexcept;
// Once, after make_native_function_types.
[[nodiscard]] Status make_map_type() noexcept;

class Map : public Object {
 public:
  Map(ShapeIndex shape, Ref<> function, Ref<Tuple> iterators) noexcept
      : Object(shape), function_(std::move(function)), iterators_(std::move(iterators)) {}

  // Done and nothing in `item`: there are no more.
  [[nodiscard]] Status next(Ref<>& item) noexcept;
  // map, (function, iterators...)
  [[nodiscard]] Ref<> reduce() const noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(function_));
    visit(Children::of(iterators_));
  }

 private:
  [[nodiscard]] const Tuple& iterators() const noexcept {
    return static_cast<const Tuple&>(*iterators_.get().object());
  }

  const ConstField function_;
  const ConstField iterators_;  // a tuple
};

}  // namespace orochi::inline OROCHI_DESIGN
