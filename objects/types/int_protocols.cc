#include "objects/types/int_protocols.h"

#include "objects/types/float.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/number_format.h"
#include "objects/types/ordering.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// The two operands, if both are integers. A float has the next word: it is asked as the other one.
template <Ref<> (*kOperation)(Value, Value) noexcept>
Ref<> forward(Value self, Value other) noexcept {
  return is_int(other) ? kOperation(self, other) : Ref<>(Special::kNotImplemented);
}
template <Ref<> (*kOperation)(Value, Value) noexcept>
Ref<> backward(Value self, Value other) noexcept {
  return is_int(other) ? kOperation(other, self) : Ref<>(Special::kNotImplemented);
}

template <Ref<> (*kOperation)(Value, Value) noexcept>
void set_binary(Protocols& slots, BinaryOp op) noexcept {
  slots.binary[static_cast<std::size_t>(op)] = forward<kOperation>;
  slots.reflected[static_cast<std::size_t>(op)] = backward<kOperation>;
}

void set_unary(Protocols& slots, UnaryOp op, UnaryFunction function) noexcept {
  slots.unary[static_cast<std::size_t>(op)] = function;
}

Ref<> int_compare(CompareOp op, Value self, Value other) noexcept {
  if (!is_int(other)) return Special::kNotImplemented;
  return bool_of(holds(op, int_order(self, other)));
}

Status hash_of_int(Value self, std::int64_t& hash) noexcept {
  hash = int_hash(self);
  return Status::kDone;
}

Truth int_truth(Value self) noexcept { return truth_of(!IntView(self).is_zero()); }

Ref<> int_repr(Value self) noexcept { return print_int(self, 10); }

Ref<> int_to_float(Value self) noexcept {
  double number = 0;
  return failed(float_of(self, number)) ? Ref<>() : make_float(number);
}

// --- bool ---

Ref<> bool_repr(Value self) noexcept {
  return Str::of_ascii(self.is(Special::kTrue) ? "True" : "False");
}

// Two truths make a truth; a truth and a number make a number.
template <Ref<> (*kOperation)(Value, Value) noexcept>
Ref<> of_truths(Value self, Value other) noexcept {
  if (!other.is_bool()) return forward<kOperation>(self, other);
  const Ref<> bit = kOperation(self, other);
  return bool_of(bit.value().as_int() != 0);
}

template <Ref<> (*kOperation)(Value, Value) noexcept>
void set_of_truths(Protocols& slots, BinaryOp op) noexcept {
  slots.binary[static_cast<std::size_t>(op)] = of_truths<kOperation>;
  slots.reflected[static_cast<std::size_t>(op)] = of_truths<kOperation>;  // commutes
}

}  // namespace

Protocols int_protocols() noexcept {
  Protocols slots;
  slots.truth = int_truth;
  slots.hash = hash_of_int;
  slots.compare = int_compare;
  slots.repr = int_repr;
  slots.format = format_int;
  slots.index = int_positive;
  slots.to_int = int_positive;
  slots.to_float = int_to_float;
  set_binary<int_add>(slots, BinaryOp::kAdd);
  set_binary<int_subtract>(slots, BinaryOp::kSubtract);
  set_binary<int_multiply>(slots, BinaryOp::kMultiply);
  set_binary<int_true_divide>(slots, BinaryOp::kTrueDivide);
  set_binary<int_floor_divide>(slots, BinaryOp::kFloorDivide);
  set_binary<int_modulo>(slots, BinaryOp::kModulo);
  set_binary<int_divmod>(slots, BinaryOp::kDivmod);
  set_binary<int_power>(slots, BinaryOp::kPower);
  set_binary<int_left_shift>(slots, BinaryOp::kLeftShift);
  set_binary<int_right_shift>(slots, BinaryOp::kRightShift);
  set_binary<int_and>(slots, BinaryOp::kAnd);
  set_binary<int_xor>(slots, BinaryOp::kXor);
  set_binary<int_or>(slots, BinaryOp::kOr);
  set_unary(slots, UnaryOp::kNegative, int_negative);
  set_unary(slots, UnaryOp::kPositive, int_positive);
  set_unary(slots, UnaryOp::kInvert, int_invert);
  set_unary(slots, UnaryOp::kAbsolute, int_absolute);
  return slots;
}

Protocols bool_protocols() noexcept {
  Protocols slots;
  slots.repr = bool_repr;
  set_of_truths<int_and>(slots, BinaryOp::kAnd);
  set_of_truths<int_xor>(slots, BinaryOp::kXor);
  set_of_truths<int_or>(slots, BinaryOp::kOr);
  return slots;
}

}  // namespace orochi::inline OROCHI_DESIGN
