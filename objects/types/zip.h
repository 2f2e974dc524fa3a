// objects/types/zip.h: `zip`: tuples of what several iterators give, until one has no more.
//
// Constant, but for what copies are told; all that changes are the iterators. Attached threads; a
// step may run any code, and each of its items is a step of its own, so threads that share one may
// get items that do not belong together.
// Tests: tests/objects/types/zip_test.cc
#pragma once

#include <cstddef>

#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

class Tuple;

[[nodiscard]] Type& zip_type() noexcept;
// Once, after make_tuple_type.
[[nodiscard]] Status make_zip_type() noexcept;
// Once, when there can be functions.
[[nodiscard]] Status define_zip_methods() noexcept;

class Zip : public Object {
 public:
  // Strict: that one ends before the others is a ValueError.
  enum class Ends : bool { kAny, kStrict };

  Zip(ShapeIndex shape, Ref<> iterators, Ends ends) noexcept
      : Object(shape), iterators_(std::move(iterators)), ends_(ends) {}

  // Of zip_type() or a subtype.
  [[nodiscard]] static Ref<> make(Type& type, const Tuple& iterables, Ends ends) noexcept;

  // Done and nothing in `items`: there are no more.
  [[nodiscard]] Status next(Ref<>& items) noexcept;

  // zip, iterators; and True as the state of a strict one.
  [[nodiscard]] Ref<> reduce() const noexcept;
  [[nodiscard]] Status set_state(Value state) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(iterators_));
  }

 private:
  [[nodiscard]] const Tuple& iterators() const noexcept;
  // The iterator at `place` has ended, and those before it have not.
  [[nodiscard]] Status check_ends(std::size_t place) noexcept;

  const ConstField iterators_;  // a tuple
  Atomic<Ends> ends_;           // relaxed: what copies are told before they are used
};

}  // namespace orochi::inline OROCHI_DESIGN
