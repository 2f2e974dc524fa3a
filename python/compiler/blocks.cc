// Compound statements that are no definitions, and the blocks below them.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

bool Parser::at_compound_statement() noexcept {
  switch (kind()) {
    case TokenKind::kAt:
    case TokenKind::kAsync:
    case TokenKind::kClass:
    case TokenKind::kDef:
    case TokenKind::kFor:
    case TokenKind::kIf:
    case TokenKind::kTry:
    case TokenKind::kWhile:
    case TokenKind::kWith:
      return true;
    default:
      return false;
  }
}

Stmt* Parser::compound_statement() noexcept {
  const Place start = token().place;
  switch (kind()) {
    case TokenKind::kAt:
      return decorated();
    case TokenKind::kAsync:
      return async_statement();
    case TokenKind::kClass:
      return class_definition({});
    case TokenKind::kDef:
      return function({}, start, false);
    case TokenKind::kFor:
      return for_statement(start, false);
    case TokenKind::kIf:
      return if_statement("'if' statement");
    case TokenKind::kTry:
      return try_statement();
    case TokenKind::kWhile:
      return while_statement();
    case TokenKind::kWith:
      return with_statement(start, false);
    default:
      return nullptr;
  }
}

Stmt* Parser::async_statement() noexcept {
  const Place start = token().place;
  advance();
  switch (kind()) {
    case TokenKind::kDef:
      return function({}, start, true);
    case TokenKind::kFor:
      return for_statement(start, true);
    case TokenKind::kWith:
      return with_statement(start, true);
    default:
      return nullptr;
  }
}

// Behind the colon. `what` and `keyword` say whose block it is, should there be none.
bool Parser::block(std::string_view what, const Place& keyword, Statements& body) noexcept {
  const Nesting nesting(*this);
  if (!nesting) return false;
  if (!take(TokenKind::kNewline)) {
    Collector<Stmt*> line(*this);
    return simple_statements(line) && line.finish(body);
  }
  if (!take(TokenKind::kIndent)) {
    if (suggesting_ && !stopped()) raise_indent(what, keyword);
    return false;
  }
  return statements_until(TokenKind::kDedent, body) && take(TokenKind::kDedent);
}

// The colon of a header. In the second pass, a header that ends without one is told so.
bool Parser::header_colon() noexcept {
  if (take(TokenKind::kColon)) return true;
  if (suggesting_ && at(TokenKind::kNewline)) raise_last("expected ':'");
  return false;
}

// What nothing else can stand in the place of. Missed in both passes.
bool Parser::forced(TokenKind kind, std::string_view message) noexcept {
  if (take(kind)) return true;
  if (!stopped() && !at(TokenKind::kError)) raise_forced(message);
  return false;
}

// `elif` is an `if` in the else block of the one before. The chain is built from its end, so that
// its length is limited by the tree's height alone.
Stmt* Parser::if_statement(std::string_view what) noexcept {
  Collector<Branch> branches(*this);
  Statements orelse;
  for (;;) {
    Branch branch{token().place, nullptr, {}};
    advance();
    branch.test = named_expression();
    if (branch.test == nullptr || !header_colon()) return nullptr;
    if (!block(what, branch.keyword, branch.body) || !branches.add(branch)) return nullptr;
    if (!at(TokenKind::kElif)) break;
    what = "'elif' statement";
  }
  if (!else_block(orelse)) return nullptr;
  Sequence<Branch> list;
  return branches.finish(list) ? join_branches(list, orelse) : nullptr;
}

Stmt* Parser::join_branches(const Sequence<Branch>& branches, Statements orelse) noexcept {
  Stmt* below = nullptr;
  for (std::uint32_t i = branches.size; i-- > 0;) {
    const Branch& branch = branches[i];
    if (below != nullptr && !list_of_one(below, orelse)) return nullptr;
    below = make<If>(since(branch.keyword), branch.test, branch.body, orelse);
    if (below == nullptr) return nullptr;
  }
  return below;
}

bool Parser::else_block(Statements& body) noexcept {
  body = {};
  if (!at(TokenKind::kElse)) return true;
  const Place keyword = token().place;
  advance();
  return forced(TokenKind::kColon, "expected ':'") && block("'else' statement", keyword, body);
}

Stmt* Parser::while_statement() noexcept {
  const Place start = token().place;
  advance();
  Expr* const test = named_expression();
  Statements body;
  Statements orelse;
  if (test == nullptr || !header_colon()) return nullptr;
  if (!block("'while' statement", start, body) || !else_block(orelse)) return nullptr;
  return make<While>(since(start), test, body, orelse);
}

// At `for`; `start` is that of `async`, if there is one.
Stmt* Parser::for_statement(const Place& start, bool async) noexcept {
  const Place keyword = token().place;
  advance();
  const Mark before = mark();
  Expr* const target = star_targets();
  if (target == nullptr || !take(TokenKind::kIn)) {
    if (!suggesting_ || stopped()) return nullptr;
    go_back(before);
    static_cast<void>(diagnose_target(&Parser::star_expressions, TargetKind::kFor));
    return nullptr;
  }
  Expr* const iter = star_expressions();
  Statements body;
  Statements orelse;
  if (iter == nullptr || !header_colon()) return nullptr;
  if (!block("'for' statement", keyword, body) || !else_block(orelse)) return nullptr;
  if (async) return make<AsyncFor>(since(start), target, iter, body, orelse);
  return make<For>(since(start), target, iter, body, orelse);
}

Stmt* Parser::with_statement(const Place& start, bool async) noexcept {
  const Place keyword = token().place;
  advance();
  Sequence<WithItem*> items;
  Statements body;
  if (!with_items(items) || !header_colon()) return nullptr;
  if (!block("'with' statement", keyword, body)) return nullptr;
  if (async) return make<AsyncWith>(since(start), items, body);
  return make<With>(since(start), items, body);
}

// Parentheses may belong to the statement or to its first expression; what follows them tells.
bool Parser::with_items(Sequence<WithItem*>& items) noexcept {
  const Mark before = mark();
  if (at(TokenKind::kLeftParenthesis)) {
    if (parenthesized_with_items(items)) return true;
    if (!retry(before)) return false;
  }
  return with_item_list(false, items);
}

bool Parser::parenthesized_with_items(Sequence<WithItem*>& items) noexcept {
  advance();
  if (!with_item_list(true, items) || !take(TokenKind::kRightParenthesis)) return false;
  return at(TokenKind::kColon) || (suggesting_ && at(TokenKind::kNewline));
}

bool Parser::with_item_list(bool parenthesized, Sequence<WithItem*>& items) noexcept {
  Collector<WithItem*> found(*this);
  do {
    if (parenthesized && !found.empty() && at(TokenKind::kRightParenthesis)) break;
    if (!found.add(with_item())) return false;
  } while (take(TokenKind::kComma));
  return found.finish(items);
}

WithItem* Parser::with_item() noexcept {
  const Mark before = mark();
  Expr* const context = expression();
  if (context == nullptr) return nullptr;
  if (!take(TokenKind::kAs)) return make<WithItem>(Place{}, context, static_cast<Expr*>(nullptr));
  Expr* const target = star_target();
  const bool ends = at(TokenKind::kComma) || at(TokenKind::kRightParenthesis) ||
                    at(TokenKind::kColon) || (suggesting_ && at(TokenKind::kNewline));
  if (target != nullptr && ends) return make<WithItem>(Place{}, context, target);
  if (suggesting_ && !stopped()) {
    go_back(before);
    if (diagnose_with_item()) return nullptr;
  }
  return nullptr;
}

Stmt* Parser::try_statement() noexcept {
  const Place start = token().place;
  advance();
  Statements body;
  Sequence<ExceptHandler*> handlers;
  Statements orelse;
  Statements finally;
  bool star = false;
  if (!forced(TokenKind::kColon, "expected ':'") || !block("'try' statement", start, body))
    return nullptr;
  if (suggesting_ && !at(TokenKind::kExcept) && !at(TokenKind::kFinally))
    return raise_last("expected 'except' or 'finally' block");
  if (!this->handlers(handlers, star)) return nullptr;
  if (!handlers.empty() && !else_block(orelse)) return nullptr;
  if (!finally_block(finally) || (handlers.empty() && finally.empty())) return nullptr;
  if (star) return make<TryStar>(since(start), body, handlers, orelse, finally);
  return make<Try>(since(start), body, handlers, orelse, finally);
}

// All of one sort: with a star or without.
bool Parser::handlers(Sequence<ExceptHandler*>& list, bool& star) noexcept {
  Collector<ExceptHandler*> found(*this);
  while (at(TokenKind::kExcept)) {
    const bool has_star = at_next(TokenKind::kStar);
    if (found.empty()) star = has_star;
    if (has_star != star) {
      const Place other = has_star ? from_to(token().place, peek(1).place) : token().place;
      if (suggesting_ && handler() != nullptr)
        raise_at(other, "cannot have both 'except' and 'except*' on the same 'try'");
      return false;
    }
    if (!found.add(handler())) return false;
  }
  return found.finish(list);
}

ExceptHandler* Parser::handler() noexcept {
  const Place start = token().place;
  if (suggesting_ && diagnose_except()) return nullptr;
  advance();
  const bool star = take(TokenKind::kStar);
  Expr* type = nullptr;
  Identifier name;
  if (star || !at(TokenKind::kColon)) {
    type = expression();
    if (type == nullptr) return nullptr;
    if (take(TokenKind::kAs) && !take_identifier(name)) return nullptr;
  }
  Statements body;
  const std::string_view what = star ? "'except*' statement" : "'except' statement";
  if (!header_colon() || !block(what, start, body)) return nullptr;
  return make<ExceptHandler>(since(start), type, name, body);
}

bool Parser::finally_block(Statements& body) noexcept {
  body = {};
  if (!at(TokenKind::kFinally)) return true;
  const Place keyword = token().place;
  advance();
  return forced(TokenKind::kColon, "expected ':'") && block("'finally' statement", keyword, body);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
