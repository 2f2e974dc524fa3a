// What is wrong with parameters. Names, defaults and separators are gone through once, and each is
// held against what came before it.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// One after the other; the first thing that may not stand where it does is reported.
bool Parser::diagnose_parameters(const ParameterStyle& style) noexcept {
  ParameterState state;
  while (!at(style.closing) && !stopped()) {
    const Mark before = mark();
    bool fits = false;
    switch (kind()) {
      case TokenKind::kName:
        fits = diagnose_plain_parameter(style, state);
        break;
      case TokenKind::kSlash:
        fits = diagnose_slash(style, state);
        break;
      case TokenKind::kStar:
        fits = diagnose_star(style, state);
        break;
      case TokenKind::kDoubleStar:
        return diagnose_double_star(style);
      case TokenKind::kLeftParenthesis:
        return diagnose_parenthesized_parameters(style, state);
      default:
        break;
    }
    if (!fits) return stopped();
    if (!take(TokenKind::kComma) && number_ == before.number) break;
  }
  return stopped();
}

bool Parser::diagnose_plain_parameter(const ParameterStyle& style, ParameterState& state) noexcept {
  const Place place = token().place;
  Parameter found;
  if (!parameter_with_default(style, found)) return false;
  const bool ends = at(TokenKind::kComma) || at(style.closing);
  if (!ends) return false;
  state.any = true;
  if (state.star) return true;
  if (state.had_default && found.fallback == nullptr) {
    raise_at(from_to(place, found.arg->place), "non-default argument follows default argument");
    return false;
  }
  state.had_default = found.fallback != nullptr;
  return true;
}

bool Parser::diagnose_slash(const ParameterStyle& style, ParameterState& state) noexcept {
  const Place place = token().place;
  if (state.slash && !state.star) {
    raise_at(place, "/ may appear only once");
  } else if (state.star) {
    raise_at(place, "/ must be ahead of *");
  } else if (!state.any && at_next(TokenKind::kComma)) {
    raise_at(place, "at least one argument must precede /");
  } else if (state.any && at_next(TokenKind::kStar)) {
    raise_at(peek(1).place, "expected comma between / and *");
  }
  if (stopped() || !state.any) return false;
  state.slash = true;
  advance();
  return at(TokenKind::kComma) || at(style.closing);
}

bool Parser::diagnose_star(const ParameterStyle& style, ParameterState& state) noexcept {
  const Place place = token().place;
  advance();
  if (state.star) {
    const bool counts = at(TokenKind::kComma) || parameter(style, true) != nullptr;
    const bool ends = at(TokenKind::kComma) || at(style.closing);
    if (counts && ends) raise_at(place, "* argument may appear only once");
    return false;
  }
  state.star = true;
  if (at(style.closing)) {
    raise_bare_star(style, place);
  } else if (at(TokenKind::kComma)) {
    const TokenKind next = peek(1).kind;
    if (next == style.closing || next == TokenKind::kDoubleStar) raise_bare_star(style, place);
  } else if (at(TokenKind::kName)) {
    if (parameter(style, true) == nullptr) return false;
    if (at(TokenKind::kEqual))
      raise_at(token().place, "var-positional argument cannot have default value");
  } else {
    return false;
  }
  return !stopped();
}

// The place differs, as it does in CPython.
void Parser::raise_bare_star(const ParameterStyle& style, const Place& star) noexcept {
  constexpr std::string_view kMessage = "named arguments must follow bare *";
  if (style.annotated) {
    raise_at(star, kMessage);
  } else {
    raise_last(kMessage);
  }
}

bool Parser::diagnose_double_star(const ParameterStyle& style) noexcept {
  advance();
  if (parameter(style, false) == nullptr) return stopped();
  if (at(TokenKind::kEqual)) {
    raise_at(token().place, "var-keyword argument cannot have default value");
  } else if (take(TokenKind::kComma)) {
    const Place place = token().place;
    const bool sign = at(TokenKind::kStar) || at(TokenKind::kDoubleStar) || at(TokenKind::kSlash);
    const bool more = sign || (at(TokenKind::kName) && parameter(style, false) != nullptr);
    if (more)
      raise_at(sign ? place : from_to(place, last_),
               "arguments cannot follow var-keyword argument");
  }
  return stopped();
}

// def f((a, b)): only names, without defaults, and nothing but such in front of them.
bool Parser::diagnose_parenthesized_parameters(const ParameterStyle& style,
                                               const ParameterState& state) noexcept {
  if (state.had_default || state.star || state.slash) return false;
  const Place opening = token().place;
  advance();
  if (!at(TokenKind::kName)) return false;
  while (at(TokenKind::kName)) {
    advance();
    if (!take(TokenKind::kComma)) break;
  }
  if (!at(TokenKind::kRightParenthesis)) return false;
  const bool lambda = style.closing == TokenKind::kColon;
  raise_range(opening, token().place,
              lambda ? "Lambda expression parameters cannot be parenthesized"
                     : "Function parameters cannot be parenthesized");
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
