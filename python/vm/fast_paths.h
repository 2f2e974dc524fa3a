// python/vm/fast_paths.h: what the interpreter does itself, without a call, where operands are what
// they are most: small numbers, and values that nobody counts.
//
// A fast path that does not fit says false and has done nothing.
//
// The machine's own thread. Tests: tests/python/language/numbers.py
#pragma once

#include <utility>

#include "objects/model/protocols.h"
#include "python/vm/call.h"

namespace orochi::inline OROCHI_DESIGN::fast {

using bytecode::Instruction;
using bytecode::kMarkA;
using bytecode::kMarkB;
using bytecode::kMarkC;

// --- Results. ---

// A is the result of numbers, which nobody counts; what was read for the last time is emptied.
inline void give(Value* registers, Instruction at, Value result) noexcept {
  if ((at.marks & kMarkB) != 0) registers[at.b] = Value();
  if ((at.marks & kMarkC) != 0) registers[at.c] = Value();
  const Value before = std::exchange(registers[at.a], result);
  if ((at.marks & kMarkA) != 0) drop(before);
}

// A is the value; no other operand is a register that is read.
inline void write(Value* registers, Instruction at, Ref<> value) noexcept {
  const Value before = std::exchange(registers[at.a], value.release());
  if ((at.marks & kMarkA) != 0) drop(before);
}

// A is the value, B was read.
inline void give_object(Value* registers, Instruction at, Ref<> value) noexcept {
  const Value b = (at.marks & kMarkB) == 0 ? Value() : std::exchange(registers[at.b], Value());
  write(registers, at, std::move(value));
  if (!b.is_empty()) drop(b);
}

inline void move(Value* registers, Instruction at) noexcept {
  Value value = registers[at.b];
  if ((at.marks & kMarkB) != 0)
    registers[at.b] = Value();
  else
    retain(value);
  write(registers, at, Ref<>::adopt(value));
}

// What a test has read for the last time.
inline void drop_read(Value* registers, Instruction at) noexcept {
  const Ref<> a =
      Ref<>::adopt((at.marks & kMarkA) == 0 ? Value() : std::exchange(registers[at.a], Value()));
  const Ref<> b =
      Ref<>::adopt((at.marks & kMarkB) == 0 ? Value() : std::exchange(registers[at.b], Value()));
}

// --- Calls. ---

// The result of the call at which the frame stands.
inline void end_call(Frame& frame, Ref<> result) noexcept {
  const Instruction at = *frame.next;
  const Value callable = std::exchange(frame.registers[at.b], Value());
  write(frame.registers, at, std::move(result));
  drop(callable);
}

// The frame is over; its temporaries are empty. True: whoever entered it gets the result.
inline bool end(Machine& machine, Frame& frame) noexcept {
  if (frame.duties == 0) [[likely]] {
    empty_registers(frame.registers, frame.registers + frame.code->code().local_count);
    machine.frame = frame.caller;
    machine.stack.give_back(frame);
    return false;
  }
  const bool leaves = (frame.duties & kLeaveMachine) != 0;
  end_frame(machine, frame);
  return leaves;
}

[[nodiscard]] inline const bytecode::Shape& shape_of(const Frame& frame, Instruction at) noexcept {
  return frame.code->code().shapes[at.c];
}
// Of a call whose last arguments have names.
[[nodiscard]] inline Object* keywords(const Frame& frame, Instruction at) noexcept {
  return frame.code->constant(shape_of(frame, at).second).object();
}
[[nodiscard]] inline std::size_t positional(const Frame& frame, Instruction at) noexcept {
  return shape_of(frame, at).first - static_cast<Tuple*>(keywords(frame, at))->size();
}

// --- Truth. ---

[[nodiscard]] inline bool truth(Value value, Truth& result) noexcept {
  if (value.is_special()) {
    result = truth_of(value.is(Special::kTrue) || value.is(Special::kEllipsis));
    return !value.is(Special::kNotImplemented);
  }
  if (!value.is_int()) return false;
  result = truth_of(value.as_int() != 0);
  return true;
}

// --- Numbers. ---

// Both as floats, if one is a float and the other a number that a float holds exactly.
[[nodiscard]] inline bool as_floats(Value a, Value b, double& x, double& y) noexcept {
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  const auto as_float = [](Value value, double& number) noexcept {
    if (value.is_float()) {
      number = value.as_float();
      return true;
    }
    if (!value.is_int() || value.as_int() > kExact || value.as_int() < -kExact) return false;
    number = static_cast<double>(value.as_int());
    return true;
  };
  return as_float(a, x) && as_float(b, y);
}

[[nodiscard]] inline bool give_float(double number, Value& result) noexcept {
  if (!Value::fits(number)) return false;
  result = Value::of_float(number);
  return true;
}
[[nodiscard]] inline bool give_int(std::int64_t number, Value& result) noexcept {
  if (!Value::fits(number)) return false;
  result = Value::of_int(number);
  return true;
}

[[nodiscard]] inline bool Add(Value a, Value b, Value& result) noexcept {
  if (a.is_int() && b.is_int()) return try_add(a, b, result);
  double x = 0, y = 0;
  return as_floats(a, b, x, y) && give_float(x + y, result);
}

[[nodiscard]] inline bool Subtract(Value a, Value b, Value& result) noexcept {
  if (a.is_int() && b.is_int()) return try_subtract(a, b, result);
  double x = 0, y = 0;
  return as_floats(a, b, x, y) && give_float(x - y, result);
}

[[nodiscard]] inline bool Multiply(Value a, Value b, Value& result) noexcept {
  if (a.is_int() && b.is_int()) return try_multiply(a, b, result);
  double x = 0, y = 0;
  return as_floats(a, b, x, y) && give_float(x * y, result);
}

[[nodiscard]] inline bool Divide(Value a, Value b, Value& result) noexcept {
  double x = 0, y = 0;
  return as_floats(a, b, x, y) && y != 0 && give_float(x / y, result);
}

// Rounded down, as is what is left then.
[[nodiscard]] inline bool FloorDivide(Value a, Value b, Value& result) noexcept {
  if (!a.is_int() || !b.is_int() || b.as_int() == 0) return false;
  const std::int64_t x = a.as_int(), y = b.as_int();
  const std::int64_t quotient = x / y;
  return give_int(quotient - (x % y != 0 && (x < 0) != (y < 0) ? 1 : 0), result);
}

[[nodiscard]] inline bool Remainder(Value a, Value b, Value& result) noexcept {
  if (!a.is_int() || !b.is_int() || b.as_int() == 0) return false;
  const std::int64_t y = b.as_int();
  const std::int64_t left = a.as_int() % y;
  return give_int(left != 0 && (left < 0) != (y < 0) ? left + y : left, result);
}

[[nodiscard]] inline bool Power(Value, Value, Value&) noexcept { return false; }
[[nodiscard]] inline bool MatrixMultiply(Value, Value, Value&) noexcept { return false; }

[[nodiscard]] inline bool ShiftLeft(Value a, Value b, Value& result) noexcept {
  if (!a.is_int() || !b.is_int()) return false;
  const std::int64_t by = b.as_int();
  std::int64_t shifted = 0;
  if (by < 0 || by > 60 || __builtin_mul_overflow(a.as_int(), std::int64_t{1} << by, &shifted))
    return false;
  return give_int(shifted, result);
}

[[nodiscard]] inline bool ShiftRight(Value a, Value b, Value& result) noexcept {
  if (!a.is_int() || !b.is_int() || b.as_int() < 0) return false;
  return give_int(a.as_int() >> (b.as_int() > 63 ? 63 : b.as_int()), result);
}

[[nodiscard]] inline bool And(Value a, Value b, Value& result) noexcept {
  return a.is_int() && b.is_int() && give_int(a.as_int() & b.as_int(), result);
}
[[nodiscard]] inline bool Or(Value a, Value b, Value& result) noexcept {
  return a.is_int() && b.is_int() && give_int(a.as_int() | b.as_int(), result);
}
[[nodiscard]] inline bool Xor(Value a, Value b, Value& result) noexcept {
  return a.is_int() && b.is_int() && give_int(a.as_int() ^ b.as_int(), result);
}

template <CompareOp kOp, class Number>
[[nodiscard]] constexpr bool holds(Number a, Number b) noexcept {
  switch (kOp) {
    case CompareOp::kLess:
      return a < b;
    case CompareOp::kLessEqual:
      return a <= b;
    case CompareOp::kEqual:
      return a == b;
    case CompareOp::kNotEqual:
      return a != b;
    case CompareOp::kGreater:
      return a > b;
    case CompareOp::kGreaterEqual:
      return a >= b;
  }
  return false;
}

template <CompareOp kOp>
[[nodiscard]] inline bool compare(Value a, Value b, Truth& result) noexcept {
  if (a.is_int() && b.is_int()) {
    result = truth_of(holds<kOp>(a.as_int(), b.as_int()));
    return true;
  }
  double x = 0, y = 0;
  if (!as_floats(a, b, x, y)) return false;
  result = truth_of(holds<kOp>(x, y));
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN::fast
