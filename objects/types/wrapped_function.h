// objects/types/wrapped_function.h: staticmethod and classmethod: functions that a type keeps and
// does not bind to its instances.
//
// What a function says of itself (its name, its text, its module) its wrapper says too.
//
// Attached threads. Tests: tests/objects/types/wrapped_function_test.cc
#pragma once

#include <utility>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

class WrappedFunction : public Object {
 public:
  WrappedFunction(ShapeIndex shape, Ref<> function) noexcept
      : Object(shape), function_(std::move(function)) {}
  // `kind`: one of the two types below, or of a subtype.
  [[nodiscard]] static Ref<WrappedFunction> make(Type& kind, Ref<> function) noexcept;

  [[nodiscard]] Ref<> function() noexcept { return function_.load(*this); }
  void set_function(Ref<> function) noexcept { function_.store(*this, std::move(function)); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(function_));
  }
  void clear() noexcept { function_.store(*this, Ref<>()); }

 private:
  Field function_;  // empty: not initialised, or cleared by the collector
};

[[nodiscard]] Type& static_method_type() noexcept;
[[nodiscard]] Type& class_method_type() noexcept;
// Both. Once, before anything is defined (objects/types/native_function.h).
[[nodiscard]] Status make_wrapped_function_types() noexcept;
// Once, when there can be functions.
[[nodiscard]] Status define_wrapped_function_methods() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
