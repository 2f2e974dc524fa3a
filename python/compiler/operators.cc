// Operators, from `or` down to what is applied to an atom.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

struct BinaryOperator {
  int precedence;  // 0: none
  Operator op;
};

constexpr int kLowest = 1;

BinaryOperator binary_operator(TokenKind kind) noexcept {
  switch (kind) {
    case TokenKind::kBar:
      return {1, Operator::kBitOr};
    case TokenKind::kCaret:
      return {2, Operator::kBitXor};
    case TokenKind::kAmpersand:
      return {3, Operator::kBitAnd};
    case TokenKind::kLeftShift:
      return {4, Operator::kLShift};
    case TokenKind::kRightShift:
      return {4, Operator::kRShift};
    case TokenKind::kPlus:
      return {5, Operator::kAdd};
    case TokenKind::kMinus:
      return {5, Operator::kSub};
    case TokenKind::kStar:
      return {6, Operator::kMult};
    case TokenKind::kSlash:
      return {6, Operator::kDiv};
    case TokenKind::kDoubleSlash:
      return {6, Operator::kFloorDiv};
    case TokenKind::kPercent:
      return {6, Operator::kMod};
    case TokenKind::kAt:
      return {6, Operator::kMatMult};
    default:
      return {0, Operator::kAdd};
  }
}

}  // namespace

// What the rule made of these tokens before, if that is known.
Expr* Parser::remembered(Rule rule, Item parse) noexcept {
  const std::uint64_t key = Memo::key_of(rule, number_);
  if (const Memo::Entry* const known = memo_.find(key)) {
    go_back({known->next_number, known->last});
    return known->result;
  }
  Expr* const result = (this->*parse)();
  if (!stopped()) memo_.remember({key, result, number_, last_});
  return result;
}

Expr* Parser::disjunction() noexcept {
  if (!diagnosing_) return parse_disjunction();
  return remembered(Rule::kDisjunction, &Parser::parse_disjunction);
}

Expr* Parser::parse_disjunction() noexcept {
  return chain(TokenKind::kOr, BoolOperator::kOr, &Parser::conjunction);
}

Expr* Parser::conjunction() noexcept {
  return chain(TokenKind::kAnd, BoolOperator::kAnd, &Parser::inversion);
}

// One node for any number of operands.
Expr* Parser::chain(TokenKind joint, BoolOperator op, Item item) noexcept {
  const Place start = token().place;
  Expr* const first = (this->*item)();
  if (first == nullptr || !at(joint)) return first;
  Collector<Expr*> values(*this);
  if (!values.add(first)) return nullptr;
  while (at(joint)) {
    const Mark before = mark();
    advance();
    Expr* const next = (this->*item)();
    if (next == nullptr) {
      if (!recover(before)) return nullptr;
      break;
    }
    if (!values.add(next)) return nullptr;
  }
  if (values.size() == 1) return first;
  Sequence<Expr*> list;
  return values.finish(list) ? make<BoolOp>(since(start), op, list) : nullptr;
}

Expr* Parser::inversion() noexcept {
  if (!at(TokenKind::kNot)) return comparison();
  const Nesting nesting(*this);
  if (!nesting) return nullptr;
  const Place start = token().place;
  advance();
  Expr* const operand = inversion();
  if (operand == nullptr) return nullptr;
  return make<UnaryOp>(since(start), UnaryOperator::kNot, operand);
}

// Takes it; false: there is none, and nothing was taken.
bool Parser::comparison_operator(Comparison& op) noexcept {
  const Mark before = mark();
  switch (kind()) {
    case TokenKind::kEqualEqual:
      op = Comparison::kEq;
      break;
    case TokenKind::kNotEqual:
      if (token().text() != "!=") return false;
      op = Comparison::kNotEq;
      break;
    case TokenKind::kLess:
      op = Comparison::kLt;
      break;
    case TokenKind::kLessEqual:
      op = Comparison::kLtE;
      break;
    case TokenKind::kGreater:
      op = Comparison::kGt;
      break;
    case TokenKind::kGreaterEqual:
      op = Comparison::kGtE;
      break;
    case TokenKind::kIn:
      op = Comparison::kIn;
      break;
    case TokenKind::kNot:
      advance();
      op = Comparison::kNotIn;
      if (at(TokenKind::kIn)) break;
      go_back(before);
      return false;
    case TokenKind::kIs:
      op = at_next(TokenKind::kNot) ? Comparison::kIsNot : Comparison::kIs;
      if (op == Comparison::kIsNot) advance();
      break;
    default:
      return false;
  }
  advance();
  return true;
}

Expr* Parser::comparison() noexcept {
  const Place start = token().place;
  Expr* const left = bitwise_or();
  if (left == nullptr) return nullptr;
  Collector<OneComparison> chain(*this);
  for (;;) {
    const Mark before = mark();
    OneComparison next{};
    if (!comparison_operator(next.op)) break;
    next.right = bitwise_or();
    if (next.right == nullptr) {
      if (!recover(before)) return nullptr;
      break;
    }
    if (!chain.add(next)) return nullptr;
  }
  if (chain.empty()) return left;
  Sequence<OneComparison> found;
  return chain.finish(found) ? make_comparison(left, found, since(start)) : nullptr;
}

Expr* Parser::make_comparison(Expr* left, const Sequence<OneComparison>& chain,
                              const Place& place) noexcept {
  Sequence<Comparison> ops{shared_.arena.allocate_array<Comparison>(chain.size), chain.size};
  Sequence<Expr*> right{shared_.arena.allocate_array<Expr*>(chain.size), chain.size};
  if (ops.items == nullptr || right.items == nullptr) return out_of_memory<Expr>();
  for (std::uint32_t i = 0; i < chain.size; ++i) {
    ops[i] = chain[i].op;
    right[i] = chain[i].right;
  }
  return make<Compare>(place, left, ops, right);
}

Expr* Parser::bitwise_or() noexcept {
  if (!diagnosing_) return binary(kLowest);
  return remembered(Rule::kBitwiseOr, &Parser::lowest_binary);
}

Expr* Parser::lowest_binary() noexcept { return binary(kLowest); }

// Operators that bind at least as strongly as `lowest`, from left to right.
Expr* Parser::binary(int lowest) noexcept {
  const Place start = token().place;
  Expr* left = unary();
  while (left != nullptr) {
    const BinaryOperator found = binary_operator(kind());
    if (found.precedence < lowest) break;
    const Mark before = mark();
    advance();
    Expr* const right = binary(found.precedence + 1);
    if (right == nullptr) return recover(before) ? left : nullptr;
    left = make<BinOp>(since(start), left, found.op, right);
  }
  return left;
}

Expr* Parser::unary() noexcept {
  UnaryOperator op;
  switch (kind()) {
    case TokenKind::kPlus:
      op = UnaryOperator::kUAdd;
      break;
    case TokenKind::kMinus:
      op = UnaryOperator::kUSub;
      break;
    case TokenKind::kTilde:
      op = UnaryOperator::kInvert;
      break;
    default:
      return power();
  }
  const Nesting nesting(*this);
  if (!nesting) return nullptr;
  const Place start = token().place;
  advance();
  Expr* const operand = unary();
  return operand == nullptr ? nullptr : make<UnaryOp>(since(start), op, operand);
}

// Binds to the right, and more strongly than a sign on its left.
Expr* Parser::power() noexcept {
  const Place start = token().place;
  Expr* const left = await_primary();
  if (left == nullptr || !at(TokenKind::kDoubleStar)) return left;
  const Nesting nesting(*this);
  if (!nesting) return nullptr;
  const Mark before = mark();
  advance();
  Expr* const right = unary();
  if (right == nullptr) return recover(before) ? left : nullptr;
  return make<BinOp>(since(start), left, Operator::kPow, right);
}

Expr* Parser::await_primary() noexcept {
  if (!diagnosing_) return parse_await_primary();
  return remembered(Rule::kAwaitPrimary, &Parser::parse_await_primary);
}

Expr* Parser::parse_await_primary() noexcept {
  if (!at(TokenKind::kAwait)) return primary();
  const Place start = token().place;
  advance();
  Expr* const value = primary();
  return value == nullptr ? nullptr : make<Await>(since(start), value);
}

Expr* Parser::primary() noexcept {
  const Place start = token().place;
  Expr* value = atom();
  for (bool more = true; value != nullptr && more;) {
    switch (kind()) {
      case TokenKind::kDot:
      case TokenKind::kLeftParenthesis:
      case TokenKind::kLeftBracket: {
        const Mark before = mark();
        Expr* const longer = after_primary(value, start);
        if (longer == nullptr) return recover(before) ? value : nullptr;
        value = longer;
        break;
      }
      default:
        more = false;
    }
  }
  return value;
}

Expr* Parser::after_primary(Expr* value, const Place& start) noexcept {
  if (at(TokenKind::kLeftParenthesis)) return call(value, start);
  if (take(TokenKind::kDot)) {
    Identifier attribute;
    if (!take_identifier(attribute)) return nullptr;
    return make<Attribute>(since(start), value, attribute, Context::kLoad);
  }
  advance();
  Expr* const index = slices();
  if (index == nullptr || !take(TokenKind::kRightBracket)) return nullptr;
  return make<Subscript>(since(start), value, index, Context::kLoad);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
