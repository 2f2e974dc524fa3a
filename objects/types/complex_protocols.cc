#include "objects/types/complex_protocols.h"

#include "objects/model/operations.h"
#include "objects/number/int_double.h"
#include "objects/number/numeric_hash.h"
#include "objects/types/complex.h"
#include "objects/types/complex_arithmetic.h"
#include "objects/types/complex_text.h"
#include "objects/types/float.h"
#include "objects/types/int.h"
#include "objects/types/number_format.h"
#include "objects/types/ordering.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

template <Ref<> (*kOperation)(ComplexNumber, ComplexNumber) noexcept>
Ref<> forward(Value self, Value other) noexcept {
  if (!is_number(other)) return Special::kNotImplemented;
  ComplexNumber b;
  return failed(complex_of(other, b)) ? Ref<>(kRaised) : kOperation(as_complex(self), b);
}
template <Ref<> (*kOperation)(ComplexNumber, ComplexNumber) noexcept>
Ref<> backward(Value self, Value other) noexcept {
  if (!is_number(other)) return Special::kNotImplemented;
  ComplexNumber a;
  return failed(complex_of(other, a)) ? Ref<>(kRaised) : kOperation(a, as_complex(self));
}

template <Ref<> (*kOperation)(ComplexNumber, ComplexNumber) noexcept>
void set_binary(Protocols& slots, BinaryOp op) noexcept {
  slots.binary[static_cast<std::size_t>(op)] = forward<kOperation>;
  slots.reflected[static_cast<std::size_t>(op)] = backward<kOperation>;
}

void set_unary(Protocols& slots, UnaryOp op, UnaryFunction function) noexcept {
  slots.unary[static_cast<std::size_t>(op)] = function;
}

// Exact, also beside integers that no double is equal to.
[[nodiscard]] bool equals(ComplexNumber a, Value b) noexcept {
  if (is_complex(b)) return a == as_complex(b);
  if (a.imag != 0) return false;
  if (is_float(b)) return a.real == as_float(b);
  const IntView number(b);
  return integer::compare_with_double(number.view(), a.real) == 0;
}

// There is no order.
Ref<> complex_compare(CompareOp op, Value self, Value other) noexcept {
  const bool is_asked = op == CompareOp::kEqual || op == CompareOp::kNotEqual;
  if (!is_asked || !is_number(other)) return Special::kNotImplemented;
  return bool_of(equals(as_complex(self), other) == (op == CompareOp::kEqual));
}

// That of a float or an int where it is equal to one.
Status complex_hash(Value self, std::int64_t& hash) noexcept {
  const ComplexNumber number = as_complex(self);
  const auto identity = static_cast<std::int64_t>(self.word() >> 4);
  constexpr std::uint64_t kImaginary = 1'000'003;
  const auto real = static_cast<std::uint64_t>(hash_of_double(number.real, identity));
  const auto imag = static_cast<std::uint64_t>(hash_of_double(number.imag, identity));
  hash = static_cast<std::int64_t>(real + kImaginary * imag);
  if (hash == -1) hash = -2;
  return Status::kDone;
}

Truth complex_truth(Value self) noexcept {
  const ComplexNumber number = as_complex(self);
  return truth_of(number.real != 0 || number.imag != 0);
}

Ref<> complex_to_text(Value self) noexcept { return complex_repr(as_complex(self)); }

Ref<> complex_negative(Value self) noexcept {
  const ComplexNumber number = as_complex(self);
  return make_complex({-number.real, -number.imag});
}

Ref<> complex_positive(Value self) noexcept {
  return &type_of(self) == &complex_type() ? Ref<>::of(self) : make_complex(as_complex(self));
}

Ref<> absolute_of(Value self) noexcept { return complex_absolute(as_complex(self)); }

}  // namespace

Protocols complex_protocols() noexcept {
  Protocols slots;
  slots.truth = complex_truth;
  slots.hash = complex_hash;
  slots.compare = complex_compare;
  slots.repr = complex_to_text;
  slots.format = format_complex;
  set_binary<complex_add>(slots, BinaryOp::kAdd);
  set_binary<complex_subtract>(slots, BinaryOp::kSubtract);
  set_binary<complex_multiply>(slots, BinaryOp::kMultiply);
  set_binary<complex_true_divide>(slots, BinaryOp::kTrueDivide);
  set_binary<complex_power>(slots, BinaryOp::kPower);
  set_unary(slots, UnaryOp::kNegative, complex_negative);
  set_unary(slots, UnaryOp::kPositive, complex_positive);
  set_unary(slots, UnaryOp::kAbsolute, absolute_of);
  return slots;
}

}  // namespace orochi::inline OROCHI_DESIGN
