// objects/types/float.h: doubles.
//
// Most are in the Value itself (objects/model/value.h). The very large, the very small, infinities
// and what is not a number are objects of 24 bytes.
//
// I1  An object that is exactly a float never holds what fits into a Value.
//
// Beside it: float_arithmetic.h (what operators do), float_conversion.h (to and from integers and
// text).
// Attached threads. Nothing here locks or runs code of others.
// Tests: tests/objects/types/float_test.cc
#pragma once

#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& float_type() noexcept;
// Once, after make_int_types.
[[nodiscard]] Status make_float_type() noexcept;

class Float : public Object {
 public:
  explicit Float(ShapeIndex shape, double number) noexcept : Object(shape), number_(number) {}

  [[nodiscard]] double number() const noexcept { return number_; }

 private:
  const double number_;
};
static_assert(sizeof(Float) == 24);

// Empty: a MemoryError is pending.
[[nodiscard]] Ref<> make_float(double number) noexcept;

// Of float or a subtype.
[[nodiscard]] bool is_float(Value value) noexcept;
// Requires: is_float(value).
[[nodiscard]] inline double as_float(Value value) noexcept {
  return value.is_float() ? value.as_float() : static_cast<Float*>(value.object())->number();
}

// Of an int or a float. Failed: the int is too large, and an OverflowError is pending.
// Requires: is_float(value) or is_int(value).
[[nodiscard]] Status float_of(Value value, double& number) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
