// Statements that begin with an expression.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

bool is_augmented(TokenKind kind) noexcept {
  return kind >= TokenKind::kPlusEqual && kind <= TokenKind::kAtEqual;
}

// The order of both is the same.
static_assert(static_cast<int>(TokenKind::kAtEqual) - static_cast<int>(TokenKind::kPlusEqual) ==
              static_cast<int>(Operator::kMatMult));
Operator operator_of(TokenKind augmented) noexcept {
  const int number = static_cast<int>(augmented) - static_cast<int>(TokenKind::kPlusEqual);
  return static_cast<Operator>(number);
}

bool is_single_target(const Expr* target) noexcept {
  return is<Name>(target) || is<Attribute>(target) || is<Subscript>(target);
}

}  // namespace

Stmt* Parser::assignment_or_expression() noexcept {
  const Mark before = mark();
  Stmt* const found = try_assignment_or_expression();
  const bool assigns = found != nullptr && !is<ExprStmt>(found);
  if (assigns || !suggesting_ || stopped()) return found;
  const Mark behind = mark();
  go_back(before);
  if (diagnose_assignment()) return nullptr;
  go_back(behind);
  return found;
}

Stmt* Parser::try_assignment_or_expression() noexcept {
  const Place start = token().place;
  const bool bare = at(TokenKind::kName);
  Expr* const first = star_expressions();
  if (first == nullptr) return nullptr;
  if (at(TokenKind::kEqual)) return plain_assignment(first, start);
  if (at(TokenKind::kColon) && is_single_target(first))
    return annotated_assignment(first, bare, start);
  if (is_augmented(kind())) return augmented_assignment(first, start);
  return make<ExprStmt>(since(start), first);
}

// a = b = value. Each part in front of a `=` must be a target.
Stmt* Parser::plain_assignment(Expr* first, const Place& start) noexcept {
  Collector<Expr*> targets(*this);
  Expr* value = first;
  while (at(TokenKind::kEqual)) {
    if (is<Yield>(value) || is<YieldFrom>(value)) return nullptr;
    if (invalid_target(value, TargetKind::kAssign) != nullptr) return nullptr;
    set_context(value, Context::kStore);
    if (!targets.add(value)) return nullptr;
    advance();
    value = yield_or_star_expressions();
    if (value == nullptr) return nullptr;
  }
  Sequence<Expr*> list;
  return targets.finish(list) ? make<Assign>(since(start), list, value) : nullptr;
}

// `bare`: the target is a name without parentheses around it.
Stmt* Parser::annotated_assignment(Expr* target, bool bare, const Place& start) noexcept {
  advance();
  Expr* const annotation = expression();
  if (annotation == nullptr) return nullptr;
  Expr* value = nullptr;
  if (at(TokenKind::kEqual)) {
    const Mark before = mark();
    advance();
    value = annotated_rhs();
    if (value == nullptr && !recover(before)) return nullptr;
  }
  set_context(target, Context::kStore);
  const std::int32_t simple = bare && is<Name>(target) ? 1 : 0;
  return make<AnnAssign>(since(start), target, annotation, value, simple);
}

Stmt* Parser::augmented_assignment(Expr* target, const Place& start) noexcept {
  if (!is_single_target(target)) return nullptr;
  const Operator op = operator_of(kind());
  advance();
  Expr* const value = yield_or_star_expressions();
  if (value == nullptr) return nullptr;
  set_context(target, Context::kStore);
  return make<AugAssign>(since(start), target, op, value);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
