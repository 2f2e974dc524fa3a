// What makes a list, a set, a dict or a generator of a loop.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

bool Parser::at_comprehension() noexcept {
  return at(TokenKind::kFor) || (at(TokenKind::kAsync) && at_next(TokenKind::kFor));
}

bool Parser::comprehensions(Sequence<Comprehension*>& list) noexcept {
  Collector<Comprehension*> found(*this);
  while (at_comprehension()) {
    if (!found.add(comprehension())) return false;
  }
  return !found.empty() && found.finish(list);
}

Comprehension* Parser::comprehension() noexcept {
  const Place start = token().place;
  const bool async = take(TokenKind::kAsync);
  const Mark before = mark();
  advance();
  Expr* const target = star_targets();
  if (target == nullptr || !take(TokenKind::kIn)) {
    if (suggesting_ && !stopped()) {
      go_back(before);
      advance();
      static_cast<void>(diagnose_target(&Parser::star_expressions, TargetKind::kFor));
    }
    return nullptr;
  }
  Expr* const iter = disjunction();
  if (iter == nullptr) return nullptr;
  Collector<Expr*> conditions(*this);
  while (take(TokenKind::kIf)) {
    if (!conditions.add(disjunction())) return nullptr;
  }
  Sequence<Expr*> ifs;
  if (!conditions.finish(ifs)) return nullptr;
  return make<Comprehension>(since(start), target, iter, ifs, async ? 1 : 0);
}

// `element` is parsed, and `for` is next; up to and with the closing parenthesis.
Expr* Parser::generator_after(Expr* element, const Place& start) noexcept {
  Sequence<Comprehension*> generators;
  if (!comprehensions(generators) || !take(TokenKind::kRightParenthesis)) return nullptr;
  return make<GeneratorExp>(since(start), element, generators);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
