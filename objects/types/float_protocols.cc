#include "objects/types/float_protocols.h"

#include <cmath>

#include "objects/number/int_double.h"
#include "objects/number/numeric_hash.h"
#include "objects/types/float.h"
#include "objects/types/float_arithmetic.h"
#include "objects/types/float_conversion.h"
#include "objects/types/int.h"
#include "objects/types/number_format.h"
#include "objects/types/ordering.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] bool is_number(Value value) noexcept { return is_float(value) || is_int(value); }

template <Ref<> (*kOperation)(double, double) noexcept>
Ref<> forward(Value self, Value other) noexcept {
  if (!is_number(other)) return Special::kNotImplemented;
  double b = 0;
  return failed(float_of(other, b)) ? Ref<>(kRaised) : kOperation(as_float(self), b);
}
template <Ref<> (*kOperation)(double, double) noexcept>
Ref<> backward(Value self, Value other) noexcept {
  if (!is_number(other)) return Special::kNotImplemented;
  double a = 0;
  return failed(float_of(other, a)) ? Ref<>(kRaised) : kOperation(a, as_float(self));
}

template <Ref<> (*kOperation)(double, double) noexcept>
void set_binary(Protocols& slots, BinaryOp op) noexcept {
  slots.binary[static_cast<std::size_t>(op)] = forward<kOperation>;
  slots.reflected[static_cast<std::size_t>(op)] = backward<kOperation>;
}

void set_unary(Protocols& slots, UnaryOp op, UnaryFunction function) noexcept {
  slots.unary[static_cast<std::size_t>(op)] = function;
}

// Exact, also beside integers that no double is equal to.
[[nodiscard]] std::partial_ordering order(double a, Value b) noexcept {
  if (is_float(b)) return a <=> as_float(b);
  const IntView number(b);
  return 0 <=> integer::compare_with_double(number.view(), a);
}

Ref<> float_compare(CompareOp op, Value self, Value other) noexcept {
  if (!is_number(other)) return Special::kNotImplemented;
  return bool_of(holds(op, order(as_float(self), other)));
}

// What is not a number is an object, and hashed by which one it is.
Status float_hash(Value self, std::int64_t& hash) noexcept {
  hash = hash_of_double(as_float(self), static_cast<std::int64_t>(self.word() >> 4));
  return Status::kDone;
}

Truth float_truth(Value self) noexcept { return truth_of(as_float(self) != 0); }
Ref<> float_to_text(Value self) noexcept { return float_repr(as_float(self)); }
Ref<> float_negative(Value self) noexcept { return make_float(-as_float(self)); }
Ref<> float_absolute(Value self) noexcept { return make_float(std::fabs(as_float(self))); }

Ref<> float_positive(Value self) noexcept {
  const bool is_exact = self.is_object() && &type_of(self) == &float_type();
  return is_exact ? Ref<>::of(self) : make_float(as_float(self));
}

}  // namespace

Protocols float_protocols() noexcept {
  Protocols slots;
  slots.truth = float_truth;
  slots.hash = float_hash;
  slots.compare = float_compare;
  slots.repr = float_to_text;
  slots.format = format_float;
  slots.to_int = [](Value self) noexcept { return float_truncate(as_float(self)); };
  slots.to_float = [](Value self) noexcept { return make_float(as_float(self)); };
  set_binary<float_add>(slots, BinaryOp::kAdd);
  set_binary<float_subtract>(slots, BinaryOp::kSubtract);
  set_binary<float_multiply>(slots, BinaryOp::kMultiply);
  set_binary<float_true_divide>(slots, BinaryOp::kTrueDivide);
  set_binary<float_floor_divide>(slots, BinaryOp::kFloorDivide);
  set_binary<float_modulo>(slots, BinaryOp::kModulo);
  set_binary<float_divmod>(slots, BinaryOp::kDivmod);
  set_binary<float_power>(slots, BinaryOp::kPower);
  set_unary(slots, UnaryOp::kNegative, float_negative);
  set_unary(slots, UnaryOp::kPositive, float_positive);
  set_unary(slots, UnaryOp::kAbsolute, float_absolute);
  return slots;
}

}  // namespace orochi::inline OROCHI_DESIGN
