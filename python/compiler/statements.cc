// Statements: lists of them, and the simple ones.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// Up to `end`, which is left; whatever cannot begin a statement is left too.
bool Parser::statements_until(TokenKind end, Statements& list) noexcept {
  Collector<Stmt*> found(*this);
  while (!at(end)) {
    if (!statement(found)) return false;
  }
  return found.finish(list);
}

bool Parser::statement(StatementList& list) noexcept {
  // Nobody goes back behind the beginning of a statement.
  window_.discard_before(number_);
  memo_.clear();
  if (at_compound_statement()) return list.add(compound_statement());
  if (at_name("match")) {
    const Mark before = mark();
    if (Stmt* const found = match_statement()) return list.add(found);
    // Once there was a block, it was no name.
    if (!window_.holds(before.number) || !retry(before)) return false;
  }
  return simple_statements(list);
}

// A line of them, with semicolons between, up to and with the end of the line.
bool Parser::simple_statements(StatementList& list) noexcept {
  for (;;) {
    if (!list.add(simple_statement())) return false;
    if (!take(TokenKind::kSemicolon)) break;
    if (at(TokenKind::kNewline)) break;
  }
  return take(TokenKind::kNewline);
}

Stmt* Parser::simple_statement() noexcept {
  switch (kind()) {
    case TokenKind::kPass:
      return keyword_statement<Pass>();
    case TokenKind::kBreak:
      return keyword_statement<Break>();
    case TokenKind::kContinue:
      return keyword_statement<Continue>();
    case TokenKind::kGlobal:
      return names_statement<Global>();
    case TokenKind::kNonlocal:
      return names_statement<Nonlocal>();
    case TokenKind::kReturn:
      return return_statement();
    case TokenKind::kRaise:
      return raise_statement();
    case TokenKind::kDel:
      return delete_statement();
    case TokenKind::kAssert:
      return assert_statement();
    case TokenKind::kYield:
      return yield_statement();
    case TokenKind::kImport:
      return import_statement();
    case TokenKind::kFrom:
      return from_statement();
    default:
      return starts_expression() ? assignment_or_expression() : nullptr;
  }
}

template <class N>
Stmt* Parser::keyword_statement() noexcept {
  advance();
  return make<N>(last_);
}

template <class N>
Stmt* Parser::names_statement() noexcept {
  const Place start = token().place;
  advance();
  Collector<Identifier> names(*this);
  do {
    Identifier name;
    if (!take_identifier(name) || !names.add(name)) return nullptr;
  } while (take(TokenKind::kComma));
  Sequence<Identifier> list;
  return names.finish(list) ? make<N>(since(start), list) : nullptr;
}

Stmt* Parser::return_statement() noexcept {
  const Place start = token().place;
  advance();
  Expr* value = nullptr;
  if (starts_expression()) {
    const Mark before = mark();
    value = star_expressions();
    if (value == nullptr && !recover(before)) return nullptr;
  }
  return make<Return>(since(start), value);
}

Stmt* Parser::raise_statement() noexcept {
  const Place start = token().place;
  advance();
  Expr* exception = nullptr;
  Expr* cause = nullptr;
  if (starts_expression() && !at(TokenKind::kStar)) {
    exception = expression();
    if (exception == nullptr) return nullptr;
    if (take(TokenKind::kFrom)) {
      cause = expression();
      if (cause == nullptr) return nullptr;
    }
  }
  return make<Raise>(since(start), exception, cause);
}

// Behind the targets the statement must end, or else they may be no targets.
Stmt* Parser::delete_statement() noexcept {
  const Place start = token().place;
  advance();
  const Mark before = mark();
  Collector<Expr*> targets(*this);
  bool fits = true;
  while (fits && starts_expression() && !at(TokenKind::kStar)) {
    Expr* const target = primary();
    fits = target != nullptr && invalid_target(target, TargetKind::kDelete) == nullptr &&
           targets.add(target);
    if (!fits || !take(TokenKind::kComma)) break;
  }
  fits = fits && !targets.empty() && (at(TokenKind::kNewline) || at(TokenKind::kSemicolon));
  if (!fits) {
    if (!suggesting_ || stopped()) return nullptr;
    go_back(before);
    static_cast<void>(diagnose_target(&Parser::star_expressions, TargetKind::kDelete));
    return nullptr;
  }
  Sequence<Expr*> list;
  if (!targets.finish(list)) return nullptr;
  for (Expr* const target : list) set_context(target, Context::kDel);
  return make<Delete>(since(start), list);
}

Stmt* Parser::assert_statement() noexcept {
  const Place start = token().place;
  advance();
  Expr* const test = expression();
  if (test == nullptr) return nullptr;
  Expr* message = nullptr;
  if (take(TokenKind::kComma)) {
    message = expression();
    if (message == nullptr) return nullptr;
  }
  return make<Assert>(since(start), test, message);
}

Stmt* Parser::yield_statement() noexcept {
  const Place start = token().place;
  const Mark before = mark();
  Expr* const value = yield_expression();
  if (value == nullptr) return nullptr;
  if (suggesting_ && at(TokenKind::kEqual)) {
    go_back(before);
    static_cast<void>(diagnose_assignment());
    return nullptr;
  }
  return make<ExprStmt>(since(start), value);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
