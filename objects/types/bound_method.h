// objects/types/bound_method.h: a callable with the object that is its first argument.
//
// Made when a function is read as an attribute of an instance; calls of methods avoid it
// (objects/types/attribute.h).
//
// Constant; attached threads. Tests: tests/objects/types/native_function_test.cc
#pragma once

#include <utility>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

class BoundMethod : public Object {
 public:
  BoundMethod(ShapeIndex shape, Ref<> function, Ref<> self) noexcept
      : Object(shape), function_(std::move(function)), self_(std::move(self)) {}
  [[nodiscard]] static Ref<> make(Ref<> function, Ref<> self) noexcept;

  // Borrowed.
  [[nodiscard]] Value function() const noexcept { return function_.get(); }
  [[nodiscard]] Value self() const noexcept { return self_.get(); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(function_));
    visit(Children::of(self_));
  }

 private:
  const ConstField function_;
  const ConstField self_;
};

// Calls `callee` with one argument more before the others. May run any code.
[[nodiscard]] Ref<> call_with_first(Value callee, Value first, const Arguments& arguments) noexcept;

[[nodiscard]] Type& bound_method_type() noexcept;
// Once, after the types of str and tuple.
[[nodiscard]] Status make_bound_method_type() noexcept;
// Once, when there can be functions.
[[nodiscard]] Status define_bound_method_attributes() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
