// Expressions from the outside in, down to the conditional one; and what lists of them make.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// Whether an expression, starred or not, may begin with this token.
bool Parser::starts_expression() noexcept {
  switch (kind()) {
    case TokenKind::kName:
    case TokenKind::kNumber:
    case TokenKind::kString:
    case TokenKind::kLeftParenthesis:
    case TokenKind::kLeftBracket:
    case TokenKind::kLeftBrace:
    case TokenKind::kEllipsis:
    case TokenKind::kTilde:
    case TokenKind::kPlus:
    case TokenKind::kMinus:
    case TokenKind::kStar:
    case TokenKind::kFalse:
    case TokenKind::kNone:
    case TokenKind::kTrue:
    case TokenKind::kAwait:
    case TokenKind::kLambda:
    case TokenKind::kNot:
      return true;
    default:
      return false;
  }
}

Expr* Parser::star_expressions() noexcept { return maybe_tuple(&Parser::star_expression); }
Expr* Parser::expressions() noexcept { return maybe_tuple(&Parser::expression); }

Expr* Parser::maybe_tuple(Item item) noexcept {
  const Place start = token().place;
  Expr* const first = (this->*item)();
  if (first == nullptr || !at(TokenKind::kComma)) return first;
  return tuple_after(first, start, item);
}

// `first` is parsed, and a comma is next.
Expr* Parser::tuple_after(Expr* first, const Place& start, Item item) noexcept {
  Collector<Expr*> items(*this);
  if (!items.add(first)) return nullptr;
  while (at(TokenKind::kComma)) {
    advance();
    if (!starts_expression()) break;
    const Mark before = mark();
    Expr* const next = (this->*item)();
    if (next == nullptr) {
      if (!recover(before)) return nullptr;
      break;
    }
    if (!items.add(next)) return nullptr;
  }
  Sequence<Expr*> list;
  return items.finish(list) ? make<Tuple>(since(start), list, Context::kLoad) : nullptr;
}

Expr* Parser::starred() noexcept { return starred(&Parser::bitwise_or); }

// In calls and subscripts, and where a mistake is looked for.
Expr* Parser::starred_expression() noexcept { return starred(&Parser::expression); }

Expr* Parser::starred(Item item) noexcept {
  const Place start = token().place;
  advance();
  Expr* const value = (this->*item)();
  return value == nullptr ? nullptr : make<Starred>(since(start), value, Context::kLoad);
}

Expr* Parser::star_expression() noexcept { return at(TokenKind::kStar) ? starred() : expression(); }

Expr* Parser::star_named_expression() noexcept {
  return at(TokenKind::kStar) ? starred() : named_expression();
}

bool Parser::at_assignment_expression() noexcept {
  return at(TokenKind::kName) && at_next(TokenKind::kColonEqual);
}

Expr* Parser::assignment_expression() noexcept {
  const Place start = token().place;
  Identifier id;
  if (!take_identifier(id)) return nullptr;
  Expr* const target = make<Name>(start, id, Context::kStore);
  advance();
  Expr* const value = expression();
  if (target == nullptr || value == nullptr) return nullptr;
  return make<NamedExpr>(since(start), target, value);
}

Expr* Parser::named_expression() noexcept {
  if (at_assignment_expression()) return assignment_expression();
  if (suggesting_ && diagnose_named_expression()) return nullptr;
  return unnamed_expression();
}

// An expression that no := follows.
Expr* Parser::unnamed_expression() noexcept {
  Expr* const found = expression();
  return found == nullptr || at(TokenKind::kColonEqual) ? nullptr : found;
}

Expr* Parser::expression() noexcept {
  const Nesting nesting(*this);
  if (!nesting) return nullptr;
  return diagnosing_ ? diagnosed_expression() : plain_expression();
}

Expr* Parser::plain_expression() noexcept {
  if (at(TokenKind::kLambda)) return lambda();
  const Place start = token().place;
  Expr* const body = disjunction();
  if (body == nullptr || !at(TokenKind::kIf)) return body;
  const Mark before = mark();
  advance();
  Expr* const test = disjunction();
  if (test == nullptr || !take(TokenKind::kElse)) return recover(before) ? body : nullptr;
  Expr* const orelse = expression();
  if (orelse == nullptr) return recover(before) ? body : nullptr;
  return make<IfExp>(since(start), test, body, orelse);
}

Expr* Parser::lambda() noexcept {
  const Place start = token().place;
  advance();
  ast::Arguments* const args = parameters({TokenKind::kColon, false});
  if (args == nullptr || !take(TokenKind::kColon)) return nullptr;
  Expr* const body = expression();
  return body == nullptr ? nullptr : make<Lambda>(since(start), args, body);
}

Expr* Parser::yield_or_star_expressions() noexcept {
  return at(TokenKind::kYield) ? yield_expression() : star_expressions();
}

Expr* Parser::yield_expression() noexcept {
  const Place start = token().place;
  advance();
  if (take(TokenKind::kFrom)) {
    Expr* const value = expression();
    return value == nullptr ? nullptr : make<YieldFrom>(since(start), value);
  }
  Expr* value = nullptr;
  if (starts_expression()) {
    const Mark before = mark();
    value = star_expressions();
    if (value == nullptr && !recover(before)) return nullptr;
  }
  return make<Yield>(since(start), value);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
