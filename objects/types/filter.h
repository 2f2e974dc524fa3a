// objects/types/filter.h: `filter`: the items of an iterator of which a function says that they are
// true, or that are true themselves.
//
// Constant; all that changes is the iterator. Attached threads; threads that share one get each
// item at most once. A step may run any code.
// Tests: tests/objects/types/filter_test.cc
#pragma once

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& filter_type() noexcept;
// Once, after make_native_function_types.
[[nodiscard]] Status make_filter_type() noexcept;

class Filter : public Object {
 public:
  // None as function: items say themselves.
  Filter(ShapeIndex shape, Ref<> function, Ref<> iterator) noexcept
      : Object(shape), function_(std::move(function)), iterator_(std::move(iterator)) {}

  // Done and nothing in `item`: there are no more.
  [[nodiscard]] Status next(Ref<>& item) noexcept;
  // filter, (function, iterator)
  [[nodiscard]] Ref<> reduce() const noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(function_));
    visit(Children::of(iterator_));
  }

 private:
  [[nodiscard]] Truth is_wanted(Value item) const noexcept;

  const ConstField function_;
  const ConstField iterator_;
};

}  // namespace orochi::inline OROCHI_DESIGN
