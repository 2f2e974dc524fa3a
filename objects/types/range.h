// objects/types/range.h: start, start + step, ... before stop, as a sequence of ints of any size.
//
// A range never changes; its length is computed once. Where start, step and length are numbers of
// 64 bits, so that each item is one too, items are made by a multiplication; else by the arithmetic
// of ints.
//
// Beside it: range_iterator.h, range_type.cc (what operators do).
// Attached threads. Nothing here locks or runs code of others.
// Tests: tests/objects/types/range_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/slice.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& range_type() noexcept;
// Once, after make_slice_type. Its iterators too.
[[nodiscard]] Status make_range_type() noexcept;
// Once, when there can be functions.
[[nodiscard]] Status define_range_methods() noexcept;

class Range : public Object {
 public:
  Range(ShapeIndex shape, Ref<> start, Ref<> stop, Ref<> step, Ref<> length) noexcept;

  // Of integers. Raises ValueError for a step of 0.
  [[nodiscard]] static Ref<Range> make(Value start, Value stop, Value step) noexcept;

  // Borrowed; ints, not of a subtype.
  [[nodiscard]] Value start() const noexcept { return start_.get(); }
  [[nodiscard]] Value stop() const noexcept { return stop_.get(); }
  [[nodiscard]] Value step() const noexcept { return step_.get(); }
  [[nodiscard]] Value length() const noexcept { return length_.get(); }

  // Each item is a number of 64 bits, and so is the length.
  [[nodiscard]] bool is_small() const noexcept { return is_small_; }
  // Requires: is_small(), and there is such an item.
  [[nodiscard]] std::int64_t small_item(std::int64_t index) const noexcept;

  // The item at an index of any size, which may count from the end; raises IndexError.
  [[nodiscard]] Ref<> item(Value index) const noexcept;
  [[nodiscard]] Ref<Range> part(const Slice& slice) const noexcept;
  [[nodiscard]] Ref<Range> reversed() const noexcept;
  // What would come behind the last item.
  [[nodiscard]] Ref<> end() const noexcept { return item_at(length()); }

  // Where an integer is; nothing in `index`: nowhere.
  [[nodiscard]] Status find(Value number, Ref<>& index) const noexcept;
  [[nodiscard]] static bool equal(const Range& a, const Range& b) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(start_));
    visit(Children::of(stop_));
    visit(Children::of(step_));
    visit(Children::of(length_));
  }

 private:
  // start + index * step; without regard to the length.
  [[nodiscard]] Ref<> item_at(Value index) const noexcept;

  const ConstField start_;
  const ConstField stop_;
  const ConstField step_;
  const ConstField length_;
  const bool is_small_;
};

// The range that a value is; null: it is none.
[[nodiscard]] Range* as_range(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
