// objects/types/generic_alias_iterator.h: what `*list[int]` in brackets goes through: one item, the
// alias that stands for what is in it.
//
// Attached threads; of those that share one, one gets the item.
// Tests: tests/objects/types/generic_alias_test.cc
#pragma once

#include "objects/types/generic_alias.h"
#include "objects/types/iterator_place.h"

namespace orochi::inline OROCHI_DESIGN {

// Once, by make_generic_alias_type.
[[nodiscard]] Status make_generic_alias_iterator_type() noexcept;

class GenericAliasIterator : public Object {
 public:
  GenericAliasIterator(ShapeIndex shape, Ref<GenericAlias> item) noexcept
      : Object(shape), item_(std::move(item)) {}
  [[nodiscard]] static Ref<> make(Ref<GenericAlias> item) noexcept;

  // Nothing in `item`: it was given.
  void next(Ref<>& item) noexcept;
  // For copies: objects/types/iterator_state.h.
  [[nodiscard]] Ref<> reduce() const noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(item_));
  }

 private:
  const ConstField item_;
  IteratorPlace given_{0};
};

}  // namespace orochi::inline OROCHI_DESIGN
