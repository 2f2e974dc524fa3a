// objects/types/slice.h: `start:stop:step`, and which items of a sequence that means.
//
//     SliceBounds bounds;
//     if (failed(bounds.read(slice))) return kRaised;        // may raise, and ask an __index__
//     const SlicePart part = bounds.within(size);            // in the hold that knows the size
//     for (std::size_t i = 0; i < part.count; ++i) ... part.place(i) ...
//
// A slice never changes. Attached threads.
// Tests: tests/objects/types/slice_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& slice_type() noexcept;
// Once, after make_int_types and make_tuple_type.
[[nodiscard]] Status make_slice_type() noexcept;
// Once, when there can be functions.
[[nodiscard]] Status define_slice_methods() noexcept;

class Slice : public Object {
 public:
  Slice(ShapeIndex shape, Ref<> start, Ref<> stop, Ref<> step) noexcept;

  // None where a bound is left out.
  [[nodiscard]] static Ref<Slice> make(Ref<> start, Ref<> stop, Ref<> step) noexcept;

  // Borrowed.
  [[nodiscard]] Value start() const noexcept { return start_.get(); }
  [[nodiscard]] Value stop() const noexcept { return stop_.get(); }
  [[nodiscard]] Value step() const noexcept { return step_.get(); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(start_));
    visit(Children::of(stop_));
    visit(Children::of(step_));
  }

 private:
  const ConstField start_;
  const ConstField stop_;
  const ConstField step_;
};

// The slice that a value is; null: it is none.
[[nodiscard]] const Slice* as_slice(Value value) noexcept;

// Places start, start + step, ... of a sequence, as many as `count`.
struct SlicePart {
  std::int64_t start = 0;  // where an insertion would go, if there are none
  std::int64_t step = 1;
  std::size_t count = 0;

  // Requires: i < count.
  [[nodiscard]] std::size_t place(std::size_t i) const noexcept {
    return static_cast<std::size_t>(start + static_cast<std::int64_t>(i) * step);
  }
  // The same places, the lowest first.
  [[nodiscard]] SlicePart ascending() const noexcept {
    if (step > 0 || count == 0) return *this;
    return {static_cast<std::int64_t>(place(count - 1)), -step, count};
  }
};

// The three numbers, each at most as far away as 64 bits reach.
struct SliceBounds {
  std::int64_t start = 0;
  std::int64_t stop = INT64_MAX;
  std::int64_t step = 1;  // not 0, and its negative is a number too

  // Raises for what is no integer and not None, and for a step of 0.
  [[nodiscard]] Status read(const Slice& slice) noexcept;
  [[nodiscard]] SlicePart within(std::size_t size) const noexcept;
};

// The bounds of any size, for a sequence of any length: what slice.indices() returns.
struct SliceIndices {
  Ref<> start;
  Ref<> stop;
  Ref<> step;

  // Requires: is_int(length), and it is not negative.
  [[nodiscard]] Status read(const Slice& slice, Value length) noexcept;
};

}  // namespace orochi::inline OROCHI_DESIGN
