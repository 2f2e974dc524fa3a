// objects/types/complex.h: complex numbers: two doubles, in an object of 32 bytes.
//
// Beside it: complex_arithmetic.h (what operators do), complex_text.h (repr and reading).
// Attached threads. Nothing here locks or runs code of others.
// Tests: tests/objects/types/complex_test.cc
#pragma once

#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& complex_type() noexcept;
// Once, after make_float_type.
[[nodiscard]] Status make_complex_type() noexcept;

struct ComplexNumber {
  double real = 0;
  double imag = 0;

  friend bool operator==(const ComplexNumber&, const ComplexNumber&) noexcept = default;
};

class Complex : public Object {
 public:
  Complex(ShapeIndex shape, ComplexNumber number) noexcept : Object(shape), number_(number) {}

  [[nodiscard]] ComplexNumber number() const noexcept { return number_; }

 private:
  const ComplexNumber number_;
};
static_assert(sizeof(Complex) == 32);

// Empty: a MemoryError is pending.
[[nodiscard]] Ref<> make_complex(ComplexNumber number) noexcept;

// Of complex or a subtype.
[[nodiscard]] bool is_complex(Value value) noexcept;
// Requires: is_complex(value).
[[nodiscard]] inline ComplexNumber as_complex(Value value) noexcept {
  return static_cast<Complex*>(value.object())->number();
}

// A complex, a float or an int.
[[nodiscard]] bool is_number(Value value) noexcept;
// Requires: is_number(value). Failed: an int is too large, and an OverflowError is pending.
[[nodiscard]] Status complex_of(Value value, ComplexNumber& number) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
