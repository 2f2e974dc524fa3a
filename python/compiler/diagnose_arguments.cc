// What may have been meant where arguments do not fit.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

// The end of the last part of a comprehension.
const Place& end_of(const Comprehension* loop) noexcept {
  return loop->ifs.empty() ? loop->iter->place : loop->ifs.back()->place;
}

constexpr std::string_view kParenthesize = "Generator expression must be parenthesized";

}  // namespace

// Where `name=value` is expected.
bool Parser::diagnose_keyword_argument() noexcept {
  const Mark before = mark();
  const Token first = token();
  const bool is_constant = at(TokenKind::kTrue) || at(TokenKind::kFalse) || at(TokenKind::kNone);
  if (is_constant && at_next(TokenKind::kEqual)) {
    const Place equal = peek(1).place;
    raise_range(first.place, equal, shared_.arena.join({"cannot assign to ", first.text()}));
    return true;
  }
  const bool named = at(TokenKind::kName) && at_next(TokenKind::kEqual);
  if (named) return diagnose_generator_as_value(before);
  if (!starts_expression() || at(TokenKind::kStar)) return false;
  Expr* const target = expression();
  if (stopped()) return true;
  if (target != nullptr && at(TokenKind::kEqual)) {
    raise_range(target->place, token().place,
                "expression cannot contain assignment, perhaps you meant \"==\"?");
    return true;
  }
  go_back(before);
  return false;
}

// f(a=b for b in c)
bool Parser::diagnose_generator_as_value(const Mark& first) noexcept {
  const Place name = token().place;
  advance();
  const Place equal = token().place;
  advance();
  Sequence<Comprehension*> loops;
  Expr* const value = starts_expression() && !at(TokenKind::kStar) ? expression() : nullptr;
  if (value != nullptr && at_comprehension() && comprehensions(loops))
    raise_range(name, equal, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  if (stopped()) return true;
  go_back(first);
  return false;
}

bool Parser::diagnose_arguments(const Mark& first) noexcept {
  go_back(first);
  Arguments found{};
  if (args(nullptr, found) && take(TokenKind::kComma) && at(TokenKind::kStar)) {
    raise_at(found.place, "iterable argument unpacking follows keyword argument unpacking");
  }
  if (stopped()) return true;
  return diagnose_generator_argument(first) || diagnose_argument_order(first);
}

// A generator that is not alone: the first of several, and then any other.
bool Parser::diagnose_generator_argument(const Mark& first) noexcept {
  go_back(first);
  Sequence<Comprehension*> loops;
  Expr* const element = starts_expression() && !at(TokenKind::kStar) ? expression() : nullptr;
  if (element != nullptr && at_comprehension() && comprehensions(loops) &&
      take(TokenKind::kComma)) {
    raise_range(element->place, end_of(loops.back()), kParenthesize);
  }
  if (stopped()) return true;
  go_back(first);
  if (at(TokenKind::kName) && at_next(TokenKind::kEqual) && diagnose_generator_as_value(first))
    return true;
  go_back(first);
  Arguments found{};
  if (args(nullptr, found) && at_comprehension() && comprehensions(loops) && found.args.size > 1)
    raise_range(found.args.back()->place, end_of(loops.back()), kParenthesize);
  return stopped();
}

bool Parser::diagnose_argument_order(const Mark& first) noexcept {
  go_back(first);
  Arguments found{};
  if (!args(nullptr, found) || !take(TokenKind::kComma)) return stopped();
  const Mark rest = mark();
  Sequence<Comprehension*> loops;
  Expr* const element = starts_expression() && !at(TokenKind::kStar) ? expression() : nullptr;
  if (element != nullptr && at_comprehension() && comprehensions(loops))
    raise_range(element->place, end_of(loops.back()), kParenthesize);
  if (stopped()) return true;
  go_back(rest);
  Arguments behind{};
  if (!args(nullptr, behind)) return stopped();
  bool unpacks = false;
  for (const Keyword* const keyword : found.keywords) unpacks = unpacks || keyword->arg.empty();
  raise_last(unpacks ? "positional argument follows keyword argument unpacking"
                     : "positional argument follows keyword argument");
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
