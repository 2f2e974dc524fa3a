#include "python/compiler/fold.h"

#include <charconv>
#include <cstring>

#include "python/compiler/constant_pool.h"
#include "python/compiler/number_text.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

using bytecode::Constant;
using Kind = Constant::Kind;
using namespace ast;  // NOLINT(google-build-using-namespace): this file walks the tree

// Texts that are longer than that are made when they are needed.
constexpr std::size_t kMostText = 4096;
constexpr std::int64_t kExactDouble = std::int64_t{1} << 53;

bool small_int(const Constant& value, std::int64_t& number) noexcept {
  if (value.kind == Kind::kTrue || value.kind == Kind::kFalse) {
    number = value.kind == Kind::kTrue ? 1 : 0;
    return true;
  }
  if (value.kind != Kind::kInt) return false;
  std::string_view text = value.text;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  int base = 10;
  if (text.size() > 1 && text[0] == '0' && text[1] >= 'b') {
    base = text[1] == 'x' ? 16 : text[1] == 'o' ? 8 : 2;
    text.remove_prefix(2);
  }
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (negative) number = -number;
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

bool real(const Constant& value, double& number) noexcept {
  if (value.kind == Kind::kFloat) {
    number = value.number;
    return true;
  }
  std::int64_t whole = 0;
  if (!small_int(value, whole) || whole > kExactDouble || whole < -kExactDouble) return false;
  number = static_cast<double>(whole);
  return true;
}

bool of_reals(Operator op, double left, double right, double& result) noexcept {
  switch (op) {
    case Operator::kAdd:
      result = left + right;
      return true;
    case Operator::kSub:
      result = left - right;
      return true;
    case Operator::kMult:
      result = left * right;
      return true;
    case Operator::kDiv:
      result = right == 0 ? 0 : left / right;
      return right != 0;
    default:
      return false;
  }
}

// A real number and an imaginary one, as in 1+2j.
bool of_complex(Operator op, const Constant& left, const Constant& right,
                Constant& value) noexcept {
  double number = 0;
  if (op != Operator::kAdd && op != Operator::kSub) return false;
  if (right.kind != Kind::kComplex || !real(left, number)) return false;
  const bool adds = op == Operator::kAdd;
  value.kind = Kind::kComplex;
  value.number = adds ? number + right.number : number - right.number;
  value.imaginary = adds ? 0.0 + right.imaginary : 0.0 - right.imaginary;
  return true;
}

bool floor_divide(std::int64_t left, std::int64_t right, std::int64_t& quotient,
                  std::int64_t& remainder) noexcept {
  if (right == 0 || right == -1) return false;
  quotient = left / right;
  remainder = left % right;
  if (remainder != 0 && (remainder < 0) != (right < 0)) {
    --quotient;
    remainder += right;
  }
  return true;
}

bool power(std::int64_t base, std::int64_t exponent, std::int64_t& result) noexcept {
  if (exponent < 0 || exponent > 63) return false;
  result = 1;
  for (; exponent > 0; --exponent)
    if (__builtin_mul_overflow(result, base, &result)) return false;
  return true;
}

bool shift_left(std::int64_t left, std::int64_t right, std::int64_t& result) noexcept {
  if (right < 0 || right > 62) return false;
  return !__builtin_mul_overflow(left, std::int64_t{1} << right, &result);
}

bool integers(Operator op, std::int64_t left, std::int64_t right, std::int64_t& result) noexcept {
  std::int64_t other = 0;
  switch (op) {
    case Operator::kAdd:
      return !__builtin_add_overflow(left, right, &result);
    case Operator::kSub:
      return !__builtin_sub_overflow(left, right, &result);
    case Operator::kMult:
      return !__builtin_mul_overflow(left, right, &result);
    case Operator::kFloorDiv:
      return floor_divide(left, right, result, other);
    case Operator::kMod:
      return floor_divide(left, right, other, result);
    case Operator::kPow:
      return power(left, right, result);
    case Operator::kLShift:
      return shift_left(left, right, result);
    case Operator::kRShift:
      result = right < 0 ? 0 : left >> (right > 63 ? 63 : right);
      return right >= 0;
    case Operator::kBitAnd:
      result = left & right;
      return true;
    case Operator::kBitOr:
      result = left | right;
      return true;
    case Operator::kBitXor:
      result = left ^ right;
      return true;
    default:
      return false;
  }
}

// As a number is written, in any base.
bool is_zero(std::string_view text) noexcept {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.size() > 1 && text[1] >= 'b') text.remove_prefix(2);
  return text.find_first_not_of('0') == std::string_view::npos;
}

bool is_bool(const Constant& value) noexcept {
  return value.kind == Kind::kTrue || value.kind == Kind::kFalse;
}

}  // namespace

Constant constant_of(const Literal& literal) noexcept {
  Constant value;
  value.text = literal.text;
  switch (literal.kind) {
    case Literal::Kind::kNone:
      value.kind = Kind::kNone;
      break;
    case Literal::Kind::kFalse:
      value.kind = Kind::kFalse;
      break;
    case Literal::Kind::kTrue:
      value.kind = Kind::kTrue;
      break;
    case Literal::Kind::kEllipsis:
      value.kind = Kind::kEllipsis;
      break;
    case Literal::Kind::kInt:
      value.kind = Kind::kInt;
      break;
    case Literal::Kind::kFloat:
      value.kind = Kind::kFloat;
      value.number = literal.number;
      break;
    case Literal::Kind::kComplex:
      value.kind = Kind::kComplex;
      value.imaginary = literal.number;
      break;
    case Literal::Kind::kStr:
      value.kind = Kind::kStr;
      break;
    case Literal::Kind::kBytes:
      value.kind = Kind::kBytes;
      break;
  }
  return value;
}

Constant str_constant(std::string_view text) noexcept {
  Constant value;
  value.kind = Kind::kStr;
  value.text = text;
  return value;
}

bool are_one_key(const Constant& one, const Constant& other) noexcept {
  double number = 0;
  double second = 0;
  if (real(one, number) && real(other, second)) return number == second;
  return same(one, other);
}

bool truth_of(const Constant& value) noexcept {
  switch (value.kind) {
    case Kind::kNone:
    case Kind::kFalse:
      return false;
    case Kind::kInt:
      return !is_zero(value.text);
    case Kind::kFloat:
      return value.number != 0;
    case Kind::kComplex:
      return value.number != 0 || value.imaginary != 0;
    case Kind::kStr:
    case Kind::kBytes:
      return !value.text.empty();
    case Kind::kTuple:
    case Kind::kFrozenSet:
      return !value.items.empty();
    case Kind::kTrue:
    case Kind::kEllipsis:
    case Kind::kCode:
      return true;
  }
  return true;
}

bool Folder::fold(const Expr& expression, Constant& value) noexcept {
  switch (expression.kind) {
    case NodeKind::kConstant:
      value = constant_of(as<ast::Constant>(&expression)->value);
      return true;
    case NodeKind::kName:
      value.kind = debug_ ? Kind::kTrue : Kind::kFalse;
      return as<Name>(&expression)->id == "__debug__" &&
             as<Name>(&expression)->ctx == Context::kLoad;
    case NodeKind::kUnaryOp:
      return unary(*as<UnaryOp>(&expression), value);
    case NodeKind::kBinOp:
      return binary(*as<BinOp>(&expression), value);
    case NodeKind::kTuple:
      return as<Tuple>(&expression)->ctx == Context::kLoad &&
             fold_items(as<Tuple>(&expression)->elts, value);
    default:
      return false;
  }
}

bool Folder::fold_container(const Expr& expression, Constant& value) noexcept {
  if (is<List>(&expression)) return fold_items(as<List>(&expression)->elts, value);
  if (is<Set>(&expression)) return fold_items(as<Set>(&expression)->elts, value, Kind::kFrozenSet);
  return fold(expression, value);
}

bool Folder::fold_items(const Sequence<Expr*>& elements, Constant& value, Kind kind) noexcept {
  Constant item;
  for (std::uint32_t i = 0; i < elements.size; ++i)
    if (!fold(*elements[i], item)) return false;
  auto* const list = context_.arena().allocate_array<Constant>(elements.size + 1U);
  if (list == nullptr) return false;
  for (std::uint32_t i = 0; i < elements.size; ++i) {
    list[i] = {};
    if (!fold(*elements[i], list[i])) return false;
  }
  value = {};
  value.kind = kind;
  value.items = {list, elements.size};
  return true;
}

bool Folder::unary(const UnaryOp& node, Constant& value) noexcept {
  if (!fold(*node.operand, value)) return false;
  if (node.op == UnaryOperator::kNot) {
    const bool truth = truth_of(value);
    value = {};
    value.kind = truth ? Kind::kFalse : Kind::kTrue;
    return true;
  }
  std::int64_t number = 0;
  if (small_int(value, number)) {
    value = {};
    if (node.op == UnaryOperator::kInvert) return make_int(~number, value);
    return make_int(node.op == UnaryOperator::kUSub ? -number : number, value);
  }
  if (node.op == UnaryOperator::kInvert) return false;
  if (value.kind != Kind::kFloat && value.kind != Kind::kComplex && value.kind != Kind::kInt)
    return false;
  if (node.op == UnaryOperator::kUAdd) return true;
  value.number = -value.number;
  value.imaginary = -value.imaginary;
  if (value.kind != Kind::kInt) return true;
  const bool negative = value.text.starts_with('-');
  value.text = negative ? value.text.substr(1) : context_.arena().join({"-", value.text});
  value.number = value.imaginary = 0;
  return !value.text.empty();
}

bool Folder::binary(const BinOp& node, Constant& value) noexcept {
  Constant left;
  Constant right;
  if (!fold(*node.left, left) || !fold(*node.right, right)) return false;
  value = {};
  if (of_ints(node.op, left, right, value) || of_text(node.op, left, right, value)) return true;
  if (of_complex(node.op, left, right, value)) return true;
  double one = 0;
  double other = 0;
  const bool is_float =
      left.kind == Kind::kFloat || right.kind == Kind::kFloat || node.op == Operator::kDiv;
  value.kind = Kind::kFloat;
  return is_float && real(left, one) && real(right, other) &&
         of_reals(node.op, one, other, value.number);
}

bool Folder::of_ints(Operator op, const Constant& left, const Constant& right,
                     Constant& value) noexcept {
  std::int64_t one = 0;
  std::int64_t other = 0;
  std::int64_t result = 0;
  if (is_bool(left) && is_bool(right)) return false;
  if (!small_int(left, one) || !small_int(right, other)) return false;
  return integers(op, one, other, result) && make_int(result, value);
}

// Two joined, or one repeated.
bool Folder::of_text(Operator op, const Constant& left, const Constant& right,
                     Constant& value) noexcept {
  if (left.kind != Kind::kStr && left.kind != Kind::kBytes) return false;
  value.kind = left.kind;
  if (op == Operator::kAdd && right.kind == left.kind) {
    if (left.text.size() + right.text.size() > kMostText) return false;
    value.text = context_.arena().join({left.text, right.text});
    return !context_.arena().exhausted();
  }
  std::int64_t times = 0;
  if (op != Operator::kMult || !small_int(right, times) || times < 0) return false;
  const std::size_t size = left.text.size();
  if (size != 0 && static_cast<std::size_t>(times) > kMostText / size) return false;
  const std::size_t whole = size * static_cast<std::size_t>(size == 0 ? 0 : times);
  char* const text = context_.arena().allocate_array<char>(whole + 1);
  if (text == nullptr) return false;
  for (std::size_t at = 0; at < whole; at += size) std::memcpy(text + at, left.text.data(), size);
  value.text = {text, whole};
  return true;
}

bool Folder::make_int(std::int64_t number, Constant& value) noexcept {
  const bool negative = number < 0;
  const auto size = static_cast<std::uint64_t>(number);
  const Digits digits(negative ? 0 - size : size);
  value.kind = Kind::kInt;
  value.text = context_.arena().join({negative ? "-" : "", digits.text()});
  return !value.text.empty();
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
