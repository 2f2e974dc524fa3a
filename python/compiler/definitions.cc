// Functions and classes.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

Stmt* Parser::decorated() noexcept {
  Sequence<Expr*> list;
  if (!decorators(list)) return nullptr;
  const Place start = token().place;
  if (at(TokenKind::kClass)) return class_definition(list);
  const bool async = take(TokenKind::kAsync);
  return at(TokenKind::kDef) ? function(list, start, async) : nullptr;
}

bool Parser::decorators(Sequence<Expr*>& list) noexcept {
  Collector<Expr*> found(*this);
  while (take(TokenKind::kAt)) {
    if (!found.add(named_expression()) || !take(TokenKind::kNewline)) return false;
  }
  return found.finish(list);
}

// At `def`; `start` is that of `async`, if there is one.
Stmt* Parser::function(const Sequence<Expr*>& decorators, const Place& start, bool async) noexcept {
  const Place keyword = token().place;
  advance();
  Identifier name;
  if (!take_identifier(name)) return nullptr;
  if (!forced(TokenKind::kLeftParenthesis, "expected '('")) return nullptr;
  ast::Arguments* const args = parameters({TokenKind::kRightParenthesis, true});
  if (args == nullptr || !take(TokenKind::kRightParenthesis)) return nullptr;
  Expr* returns = nullptr;
  const Mark before = mark();
  if (take(TokenKind::kArrow)) {
    returns = expression();
    // Without one the arrow stands where the colon should.
    if (returns == nullptr && !retry(before)) return nullptr;
  }
  Statements body;
  if (!forced(TokenKind::kColon, "expected ':'")) return nullptr;
  if (!block("function definition", keyword, body)) return nullptr;
  if (async) return make<AsyncFunctionDef>(since(start), name, args, body, decorators, returns);
  return make<FunctionDef>(since(start), name, args, body, decorators, returns);
}

Stmt* Parser::class_definition(const Sequence<Expr*>& decorators) noexcept {
  const Place start = token().place;
  advance();
  Identifier name;
  if (!take_identifier(name)) return nullptr;
  Arguments found{};
  if (take(TokenKind::kLeftParenthesis)) {
    if (!at(TokenKind::kRightParenthesis) && !arguments(nullptr, found)) return nullptr;
    if (!take(TokenKind::kRightParenthesis)) return nullptr;
  }
  Statements body;
  if (!header_colon() || !block("class definition", start, body)) return nullptr;
  return make<ClassDef>(since(start), name, found.args, found.keywords, body, decorators);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
