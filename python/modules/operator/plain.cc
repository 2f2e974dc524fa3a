// The operators of the language as functions.

#include "objects/model/operations.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int_arithmetic.h"
#include "python/modules/operator/parts.h"

namespace orochi::inline OROCHI_DESIGN::operators {
namespace {

template <BinaryOp kOp>
Ref<> binary_of(const Value* arguments) noexcept {
  return binary(kOp, arguments[0], arguments[1]);
}
template <BinaryOp kOp>
Ref<> in_place_of(const Value* arguments) noexcept {
  return in_place(kOp, arguments[0], arguments[1]);
}
template <UnaryOp kOp>
Ref<> unary_of(const Value* arguments) noexcept {
  return unary(kOp, arguments[0]);
}
template <CompareOp kOp>
Ref<> compare_of(const Value* arguments) noexcept {
  return compare(kOp, arguments[0], arguments[1]);
}

[[nodiscard]] Ref<> answer(Truth truth, bool is_negated = false) noexcept {
  return failed(truth) ? Ref<>() : truth_value((truth == Truth::kTrue) != is_negated);
}

Ref<> truth_of_it(const Value* arguments) noexcept { return answer(truth(arguments[0])); }
Ref<> not_it(const Value* arguments) noexcept { return answer(truth(arguments[0]), true); }
Ref<> is_same(const Value* arguments) noexcept { return truth_value(arguments[0] == arguments[1]); }
Ref<> is_another(const Value* arguments) noexcept {
  return truth_value(arguments[0] != arguments[1]);
}
Ref<> contains_it(const Value* arguments) noexcept {
  return answer(contains(arguments[0], arguments[1]));
}
// Exactly an int.
Ref<> index_of_it(const Value* arguments) noexcept {
  const Ref<> number = to_index(arguments[0]);
  return number ? int_positive(number.value()) : Ref<>();
}

constexpr NativeSpec kFunctions[] = {
    {"truth(a, /)", truth_of_it, "Return True if a is true, False otherwise."},
    {"not_(a, /)", not_it, "Same as not a."},
    {"is_(a, b, /)", is_same, "Same as a is b."},
    {"is_not(a, b, /)", is_another, "Same as a is not b."},
    {"contains(a, b, /)", contains_it, "Same as b in a (note reversed operands)."},
    {"index(a, /)", index_of_it, "Same as a.__index__()"},
    {"neg(a, /)", unary_of<UnaryOp::kNegative>, "Same as -a."},
    {"pos(a, /)", unary_of<UnaryOp::kPositive>, "Same as +a."},
    {"abs(a, /)", unary_of<UnaryOp::kAbsolute>, "Same as abs(a)."},
    {"inv(a, /)", unary_of<UnaryOp::kInvert>, "Same as ~a."},
    {"invert(a, /)", unary_of<UnaryOp::kInvert>, "Same as ~a."},
    {"add(a, b, /)", binary_of<BinaryOp::kAdd>, "Same as a + b."},
    {"sub(a, b, /)", binary_of<BinaryOp::kSubtract>, "Same as a - b."},
    {"mul(a, b, /)", binary_of<BinaryOp::kMultiply>, "Same as a * b."},
    {"matmul(a, b, /)", binary_of<BinaryOp::kMatrixMultiply>, "Same as a @ b."},
    {"truediv(a, b, /)", binary_of<BinaryOp::kTrueDivide>, "Same as a / b."},
    {"floordiv(a, b, /)", binary_of<BinaryOp::kFloorDivide>, "Same as a // b."},
    {"mod(a, b, /)", binary_of<BinaryOp::kModulo>, "Same as a % b."},
    {"pow(a, b, /)", binary_of<BinaryOp::kPower>, "Same as a ** b."},
    {"lshift(a, b, /)", binary_of<BinaryOp::kLeftShift>, "Same as a << b."},
    {"rshift(a, b, /)", binary_of<BinaryOp::kRightShift>, "Same as a >> b."},
    {"and_(a, b, /)", binary_of<BinaryOp::kAnd>, "Same as a & b."},
    {"xor(a, b, /)", binary_of<BinaryOp::kXor>, "Same as a ^ b."},
    {"or_(a, b, /)", binary_of<BinaryOp::kOr>, "Same as a | b."},
    {"iadd(a, b, /)", in_place_of<BinaryOp::kAdd>, "Same as a += b."},
    {"isub(a, b, /)", in_place_of<BinaryOp::kSubtract>, "Same as a -= b."},
    {"imul(a, b, /)", in_place_of<BinaryOp::kMultiply>, "Same as a *= b."},
    {"imatmul(a, b, /)", in_place_of<BinaryOp::kMatrixMultiply>, "Same as a @= b."},
    {"itruediv(a, b, /)", in_place_of<BinaryOp::kTrueDivide>, "Same as a /= b."},
    {"ifloordiv(a, b, /)", in_place_of<BinaryOp::kFloorDivide>, "Same as a //= b."},
    {"imod(a, b, /)", in_place_of<BinaryOp::kModulo>, "Same as a %= b."},
    {"ipow(a, b, /)", in_place_of<BinaryOp::kPower>, "Same as a **= b."},
    {"ilshift(a, b, /)", in_place_of<BinaryOp::kLeftShift>, "Same as a <<= b."},
    {"irshift(a, b, /)", in_place_of<BinaryOp::kRightShift>, "Same as a >>= b."},
    {"iand(a, b, /)", in_place_of<BinaryOp::kAnd>, "Same as a &= b."},
    {"ixor(a, b, /)", in_place_of<BinaryOp::kXor>, "Same as a ^= b."},
    {"ior(a, b, /)", in_place_of<BinaryOp::kOr>, "Same as a |= b."},
    {"lt(a, b, /)", compare_of<CompareOp::kLess>, "Same as a < b."},
    {"le(a, b, /)", compare_of<CompareOp::kLessEqual>, "Same as a <= b."},
    {"eq(a, b, /)", compare_of<CompareOp::kEqual>, "Same as a == b."},
    {"ne(a, b, /)", compare_of<CompareOp::kNotEqual>, "Same as a != b."},
    {"ge(a, b, /)", compare_of<CompareOp::kGreaterEqual>, "Same as a >= b."},
    {"gt(a, b, /)", compare_of<CompareOp::kGreater>, "Same as a > b."},
};

}  // namespace

std::span<const NativeSpec> plain_functions() noexcept { return kFunctions; }

}  // namespace orochi::inline OROCHI_DESIGN::operators
