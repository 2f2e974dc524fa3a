// objects/types/slot_wrapper.h: native slots as attributes: int.__add__, and (1).__add__.
//
//     slot wrapper     of a type: a name, and the slot's function; takes the receiver first
//     method-wrapper   the same with its receiver
//
// Constant; attached threads. Tests: tests/objects/types/special_methods_test.cc
#pragma once

#include <utility>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/types/special_methods.h"

namespace orochi::inline OROCHI_DESIGN {

class SlotWrapper : public Object {
 public:
  SlotWrapper(ShapeIndex shape, Type& owner, std::size_t index, AnySlot call) noexcept
      : Object(shape), owner_(owner), index_(index), function_(call) {}
  // Lives for ever.
  [[nodiscard]] static Ref<SlotWrapper> make(Type& owner, std::size_t index,
                                             AnySlot function) noexcept;

  [[nodiscard]] Type& owner() const noexcept { return owner_; }
  [[nodiscard]] const SpecialMethod& method() const noexcept { return kSpecialMethods[index_]; }
  [[nodiscard]] Str& name() const noexcept { return special_name(index_); }
  [[nodiscard]] AnySlot function() const noexcept { return function_; }

 private:
  Type& owner_;
  const std::size_t index_;
  const AnySlot function_;
};

class MethodWrapper : public Object {
 public:
  MethodWrapper(ShapeIndex shape, Ref<SlotWrapper> wrapper, Ref<> self) noexcept
      : Object(shape), wrapper_(std::move(wrapper)), self_(std::move(self)) {}

  [[nodiscard]] const SlotWrapper& wrapper() const noexcept {
    return static_cast<const SlotWrapper&>(*wrapper_.get().object());
  }
  [[nodiscard]] Value self() const noexcept { return self_.get(); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(wrapper_));
    visit(Children::of(self_));
  }

 private:
  const ConstField wrapper_;
  const ConstField self_;
};

// Null: the value is none.
[[nodiscard]] const SlotWrapper* as_slot_wrapper(Value value) noexcept;

// What a slot is called with by its name. `self` is of a type that has the slot; `arguments` begin
// behind it. TypeError where they do not fit.
[[nodiscard]] Ref<> call_slot(const SpecialMethod& method, AnySlot function, Value self,
                              const Arguments& arguments) noexcept;

[[nodiscard]] Type& slot_wrapper_type() noexcept;
[[nodiscard]] Type& method_wrapper_type() noexcept;
// Both. Once, after make_native_function_types.
[[nodiscard]] Status make_slot_wrapper_types() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
