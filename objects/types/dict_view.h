// objects/types/dict_view.h: what d.keys(), d.values() and d.items() give: a dict seen as its
// keys, its values or pairs of both.
//
// A view has nothing of its own: it says what the dict has now. Those of keys and of items compare
// as sets do, with sets too; who compares two of them sees each item at a moment of its own.
//
// Attached threads, as with the dict.
// Tests: tests/objects/types/dict_view_test.cc
#pragma once

#include "objects/types/dict.h"
#include "objects/types/dict_iterator.h"

namespace orochi::inline OROCHI_DESIGN {

// Once, by make_dict_type.
[[nodiscard]] Status make_dict_view_types() noexcept;
[[nodiscard]] Type& dict_view_type(DictPart part) noexcept;

class DictView : public Object {
 public:
  DictView(ShapeIndex shape, Ref<Dict> dict, DictPart part) noexcept
      : Object(shape), dict_(std::move(dict)), part_(part) {}

  [[nodiscard]] static Ref<DictView> make(Dict& dict, DictPart part) noexcept;

  [[nodiscard]] Dict& dict() const noexcept { return static_cast<Dict&>(*dict_.get().object()); }
  [[nodiscard]] DictPart part() const noexcept { return part_; }

  [[nodiscard]] Ref<DictIterator> iterate(
      Direction direction = Direction::kForward) const noexcept {
    return DictIterator::make(dict(), part_, direction);
  }
  [[nodiscard]] Truth contains(Value item) const noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(dict_));
  }

 private:
  const ConstField dict_;
  const DictPart part_;
};

}  // namespace orochi::inline OROCHI_DESIGN
