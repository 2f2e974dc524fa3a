// Calls. Positional arguments come first, then those by name, then those behind `**`; a starred one
// may stand anywhere before the last kind.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

Expr* Parser::call(Expr* function, const Place& start) noexcept {
  const Mark before = mark();
  Expr* first = nullptr;
  if (Expr* const found = generator_call(function, start, first)) return found;
  if (stopped()) return nullptr;
  if (first == nullptr) {
    // In the first pass nothing is read twice, or nested calls would take exponential time.
    const bool has_read = number_ != before.number + 1;
    if (has_read && !diagnosing_) return nullptr;
    go_back(before);
    advance();
  }
  Arguments found{};
  if (!at(TokenKind::kRightParenthesis) || first != nullptr) {
    if (!arguments(first, found)) return nullptr;
  }
  if (!take(TokenKind::kRightParenthesis)) return nullptr;
  return make<Call>(since(start), function, found.args, found.keywords);
}

// f(x for x in y): the call's parentheses are the generator's. Null: there is no such thing; in the
// first pass `first` is then what was read instead, so that nothing is read twice.
Expr* Parser::generator_call(Expr* function, const Place& start, Expr*& first) noexcept {
  const Place opening = token().place;
  advance();
  const bool named = at(TokenKind::kName) && at_next(TokenKind::kEqual);
  if (!starts_expression() || at(TokenKind::kStar) || named) return nullptr;
  first = at_assignment_expression() ? assignment_expression() : unnamed_expression();
  if (first == nullptr || !at_comprehension()) {
    const bool failed = first == nullptr || diagnosing_;
    if (failed) first = nullptr;
    return nullptr;
  }
  Expr* const generator = generator_after(first, opening);
  first = nullptr;
  Sequence<Expr*> one;
  if (generator == nullptr || !list_of_one(generator, one)) return nullptr;
  return make<Call>(since(start), function, one, Sequence<Keyword*>{});
}

// `first` was read before, or is null.
bool Parser::arguments(Expr* first, Arguments& found) noexcept {
  const Mark before = mark();
  const bool fits = args(first, found);
  if (fits) {
    static_cast<void>(take(TokenKind::kComma));
    if (at(TokenKind::kRightParenthesis)) return true;
  }
  if (suggesting_ && !stopped()) static_cast<void>(diagnose_arguments(before));
  return false;
}

// As many as fit. The comma behind the last one is left.
bool Parser::args(Expr* first, Arguments& found) noexcept {
  const Place start = token().place;
  Collector<OneArgument> all(*this);
  ArgumentPhase phase = ArgumentPhase::kPositional;
  Mark before = mark();
  if (first != nullptr) {
    if (!all.add({first, nullptr})) return false;
    if (!take(TokenKind::kComma)) return split_arguments(all, found);
  }
  while (!at(TokenKind::kRightParenthesis)) {
    OneArgument next;
    if (!argument(phase, next)) {
      if (all.empty() || !recover(before)) return false;
      break;
    }
    if (!all.add(next)) return false;
    before = mark();
    if (!take(TokenKind::kComma)) break;
  }
  if (at(TokenKind::kRightParenthesis)) go_back(before);
  found.place = since(start);
  return !all.empty() && split_arguments(all, found);
}

bool Parser::split_arguments(Collector<OneArgument>& all, Arguments& found) noexcept {
  Sequence<OneArgument> list;
  if (!all.finish(list)) return false;
  Collector<Expr*> positional(*this);
  for (const OneArgument& one : list)
    if (one.positional != nullptr && !positional.add(one.positional)) return false;
  if (!positional.finish(found.args)) return false;
  Collector<Keyword*> keywords(*this);
  for (const OneArgument& one : list)
    if (one.keyword != nullptr && !keywords.add(one.keyword)) return false;
  return keywords.finish(found.keywords);
}

bool Parser::argument(ArgumentPhase& phase, OneArgument& found) noexcept {
  if (at(TokenKind::kDoubleStar)) {
    phase = ArgumentPhase::kDoubleStar;
    return double_starred_argument(found);
  }
  if (at(TokenKind::kStar)) {
    if (phase == ArgumentPhase::kDoubleStar) return false;
    found.positional = starred_expression();
    return found.positional != nullptr;
  }
  const bool named = at(TokenKind::kName) && at_next(TokenKind::kEqual);
  if (phase != ArgumentPhase::kPositional || named) {
    if (phase == ArgumentPhase::kPositional) phase = ArgumentPhase::kKeyword;
    return keyword_argument(found);
  }
  return positional_argument(phase, found);
}

bool Parser::positional_argument(ArgumentPhase& phase, OneArgument& found) noexcept {
  const Mark before = mark();
  found.positional = at_assignment_expression() ? assignment_expression() : unnamed_expression();
  if (found.positional != nullptr && !at(TokenKind::kEqual)) return true;
  found.positional = nullptr;
  if (!recover(before)) return false;
  phase = ArgumentPhase::kKeyword;
  return keyword_argument(found);
}

bool Parser::keyword_argument(OneArgument& found) noexcept {
  if (suggesting_ && diagnose_keyword_argument()) return false;
  if (!at(TokenKind::kName) || !at_next(TokenKind::kEqual)) return false;
  const Place start = token().place;
  Identifier name;
  if (!take_identifier(name)) return false;
  advance();
  Expr* const value = expression();
  if (value == nullptr) return false;
  found.keyword = make<Keyword>(since(start), name, value);
  return found.keyword != nullptr;
}

bool Parser::double_starred_argument(OneArgument& found) noexcept {
  const Place start = token().place;
  advance();
  Expr* const value = expression();
  if (value == nullptr) return false;
  found.keyword = make<Keyword>(since(start), Identifier{}, value);
  return found.keyword != nullptr;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
