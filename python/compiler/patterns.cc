// match: `match`, `case` and `_` are keywords only where they begin or stand in such a statement.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// Null without an error: `match` was a name.
Stmt* Parser::match_statement() noexcept {
  const Place start = token().place;
  advance();
  if (!starts_expression()) return nullptr;
  Expr* const value = subject();
  if (value == nullptr || !header_colon() || !take(TokenKind::kNewline)) return nullptr;
  if (!take(TokenKind::kIndent)) {
    if (suggesting_ && !stopped()) raise_indent("'match' statement", start);
    return nullptr;
  }
  Collector<MatchCase*> cases(*this);
  while (at_name("case")) {
    if (!cases.add(match_case())) return nullptr;
  }
  Sequence<MatchCase*> list;
  if (cases.empty() || !take(TokenKind::kDedent) || !cases.finish(list)) return nullptr;
  return make<Match>(since(start), value, list);
}

// A starred expression has a comma behind it: it is part of a tuple.
Expr* Parser::subject() noexcept {
  const Place start = token().place;
  Expr* const first = star_named_expression();
  if (first == nullptr) return nullptr;
  if (at(TokenKind::kComma)) return tuple_after(first, start, &Parser::star_named_expression);
  return is<Starred>(first) ? nullptr : first;
}

MatchCase* Parser::match_case() noexcept {
  const Place start = token().place;
  advance();
  Pattern* const pattern = patterns();
  if (pattern == nullptr) return nullptr;
  Expr* guard = nullptr;
  if (take(TokenKind::kIf)) {
    guard = named_expression();
    if (guard == nullptr) return nullptr;
  }
  Statements body;
  if (!header_colon() || !block("'case' statement", start, body)) return nullptr;
  return make<MatchCase>(Place{}, pattern, guard, body);
}

// Without brackets, commas make a sequence.
Pattern* Parser::patterns() noexcept {
  const Place start = token().place;
  Pattern* const first = maybe_star_pattern();
  if (first == nullptr) return nullptr;
  if (!at(TokenKind::kComma)) return is<MatchStar>(first) ? nullptr : first;
  Collector<Pattern*> items(*this);
  if (!items.add(first)) return nullptr;
  while (take(TokenKind::kComma)) {
    if (at(TokenKind::kColon) || at(TokenKind::kIf)) break;
    if (!items.add(maybe_star_pattern())) return nullptr;
  }
  Sequence<Pattern*> list;
  return items.finish(list) ? make<MatchSequence>(since(start), list) : nullptr;
}

Pattern* Parser::maybe_star_pattern() noexcept {
  if (!at(TokenKind::kStar)) return pattern();
  const Place start = token().place;
  advance();
  Identifier name;
  if (!take_identifier(name)) return nullptr;
  return make<MatchStar>(since(start), name == "_" ? Identifier{} : name);
}

Pattern* Parser::pattern() noexcept {
  const Nesting nesting(*this);
  if (!nesting) return nullptr;
  const Place start = token().place;
  Pattern* const inner = or_pattern();
  return inner != nullptr && at(TokenKind::kAs) ? as_pattern(inner, start) : inner;
}

Pattern* Parser::as_pattern(Pattern* inner, const Place& start) noexcept {
  advance();
  if (suggesting_ && diagnose_as_target()) return nullptr;
  if (at_name("_")) return nullptr;
  Identifier name;
  return take_identifier(name) ? make<MatchAs>(since(start), inner, name) : nullptr;
}

Pattern* Parser::or_pattern() noexcept {
  const Place start = token().place;
  Pattern* const first = closed_pattern();
  if (first == nullptr || !at(TokenKind::kBar)) return first;
  Collector<Pattern*> items(*this);
  if (!items.add(first)) return nullptr;
  while (take(TokenKind::kBar)) {
    if (!items.add(closed_pattern())) return nullptr;
  }
  Sequence<Pattern*> list;
  return items.finish(list) ? make<MatchOr>(since(start), list) : nullptr;
}

Pattern* Parser::closed_pattern() noexcept {
  switch (kind()) {
    case TokenKind::kNumber:
    case TokenKind::kMinus:
      return value_pattern(pattern_number());
    case TokenKind::kString:
      return value_pattern(strings());
    case TokenKind::kNone:
      return singleton_pattern(Literal::Kind::kNone);
    case TokenKind::kTrue:
      return singleton_pattern(Literal::Kind::kTrue);
    case TokenKind::kFalse:
      return singleton_pattern(Literal::Kind::kFalse);
    case TokenKind::kName:
      return name_pattern();
    case TokenKind::kLeftParenthesis:
      return group_or_sequence_pattern();
    case TokenKind::kLeftBracket:
      return sequence_pattern();
    case TokenKind::kLeftBrace:
      return mapping_pattern();
    default:
      return nullptr;
  }
}

Pattern* Parser::value_pattern(Expr* value) noexcept {
  return value == nullptr ? nullptr : make<MatchValue>(value->place, value);
}

Pattern* Parser::singleton_pattern(Literal::Kind kind) noexcept {
  advance();
  return make<MatchSingleton>(last_, Literal{kind, 0, {}});
}

// A name captures, a dotted name is a value, and either with parentheses is a class.
Pattern* Parser::name_pattern() noexcept {
  const Place start = token().place;
  Identifier id;
  if (!take_identifier(id)) return nullptr;
  if (!at(TokenKind::kDot) && !at(TokenKind::kLeftParenthesis)) {
    if (at(TokenKind::kEqual)) return nullptr;
    return make<MatchAs>(since(start), static_cast<Pattern*>(nullptr),
                         id == "_" ? Identifier{} : id);
  }
  Expr* value = make<Name>(since(start), id, Context::kLoad);
  while (value != nullptr && take(TokenKind::kDot)) {
    Identifier attribute;
    if (!take_identifier(attribute)) return nullptr;
    value = make<Attribute>(since(start), value, attribute, Context::kLoad);
  }
  if (value == nullptr) return nullptr;
  if (at(TokenKind::kLeftParenthesis)) return class_pattern(value, start);
  return at(TokenKind::kEqual) ? nullptr : value_pattern(value);
}

Expr* Parser::signed_number() noexcept {
  const Place start = token().place;
  const bool negative = take(TokenKind::kMinus);
  if (!at(TokenKind::kNumber)) return nullptr;
  Expr* const value = number();
  if (value == nullptr || !negative) return value;
  return make<UnaryOp>(since(start), UnaryOperator::kUSub, value);
}

// A number with a sign, perhaps with an imaginary one behind it.
Expr* Parser::pattern_number() noexcept {
  const Place start = token().place;
  Expr* const real = signed_number();
  if (real == nullptr || (!at(TokenKind::kPlus) && !at(TokenKind::kMinus))) return real;
  const Expr* const digits = is<UnaryOp>(real) ? as<UnaryOp>(real)->operand : real;
  const bool complex = as<Constant>(digits)->value.kind == Literal::Kind::kComplex;
  const Operator op = at(TokenKind::kPlus) ? Operator::kAdd : Operator::kSub;
  const Place real_place = real->place;
  advance();
  if (!at(TokenKind::kNumber)) return nullptr;
  if (complex) return raise_at(real_place, "real number required in complex literal");
  Expr* const imaginary = number();
  if (imaginary == nullptr) return nullptr;
  if (as<Constant>(imaginary)->value.kind != Literal::Kind::kComplex)
    return raise_at(imaginary->place, "imaginary number required in complex literal");
  return make<BinOp>(since(start), real, op, imaginary);
}

// (a) is a; (a,) is a sequence.
Pattern* Parser::group_or_sequence_pattern() noexcept {
  const Place start = token().place;
  advance();
  if (take(TokenKind::kRightParenthesis))
    return make<MatchSequence>(since(start), Sequence<Pattern*>{});
  Pattern* const first = maybe_star_pattern();
  if (first == nullptr) return nullptr;
  if (!is<MatchStar>(first) && take(TokenKind::kRightParenthesis)) return first;
  if (!at(TokenKind::kComma)) return nullptr;
  Sequence<Pattern*> list;
  if (!pattern_list(first, TokenKind::kRightParenthesis, list)) return nullptr;
  return make<MatchSequence>(since(start), list);
}

Pattern* Parser::sequence_pattern() noexcept {
  const Place start = token().place;
  advance();
  Sequence<Pattern*> list;
  if (take(TokenKind::kRightBracket)) return make<MatchSequence>(since(start), list);
  Pattern* const first = maybe_star_pattern();
  if (first == nullptr || !pattern_list(first, TokenKind::kRightBracket, list)) return nullptr;
  return make<MatchSequence>(since(start), list);
}

// The patterns behind `first`, up to and with the closing bracket.
bool Parser::pattern_list(Pattern* first, TokenKind closing, Sequence<Pattern*>& list) noexcept {
  Collector<Pattern*> items(*this);
  if (!items.add(first)) return false;
  while (take(TokenKind::kComma)) {
    if (at(closing)) break;
    if (!items.add(maybe_star_pattern())) return false;
  }
  return take(closing) && items.finish(list);
}

Expr* Parser::mapping_key() noexcept {
  switch (kind()) {
    case TokenKind::kNumber:
    case TokenKind::kMinus:
      return pattern_number();
    case TokenKind::kString:
      return strings();
    case TokenKind::kNone:
      return constant(Literal::Kind::kNone);
    case TokenKind::kTrue:
      return constant(Literal::Kind::kTrue);
    case TokenKind::kFalse:
      return constant(Literal::Kind::kFalse);
    case TokenKind::kName:
      break;
    default:
      return nullptr;
  }
  const Place start = token().place;
  Expr* value = name();
  if (value == nullptr || !at(TokenKind::kDot)) return nullptr;
  while (value != nullptr && take(TokenKind::kDot)) {
    Identifier attribute;
    if (!take_identifier(attribute)) return nullptr;
    value = make<Attribute>(since(start), value, attribute, Context::kLoad);
  }
  return value;
}

// What is left over, behind `**`, comes last.
Pattern* Parser::mapping_pattern() noexcept {
  const Place start = token().place;
  advance();
  Collector<Expr*> keys(*this);
  Sequence<Expr*> key_list;
  GrowingArray<Pattern*> patterns;
  Identifier rest;
  while (!at(TokenKind::kRightBrace)) {
    if (take(TokenKind::kDoubleStar)) {
      if (at_name("_") || !take_identifier(rest)) return nullptr;
      static_cast<void>(take(TokenKind::kComma));
      break;
    }
    if (!keys.add(mapping_key()) || !take(TokenKind::kColon)) return nullptr;
    Pattern* const value = pattern();
    if (value == nullptr) return nullptr;
    if (!patterns.push(value)) return out_of_memory<Pattern>();
    if (!take(TokenKind::kComma)) break;
  }
  Sequence<Pattern*> pattern_list;
  if (!take(TokenKind::kRightBrace) || !keys.finish(key_list)) return nullptr;
  if (!copy_list(patterns.data(), patterns.size(), pattern_list)) return nullptr;
  return make<MatchMapping>(since(start), key_list, pattern_list, rest);
}

// Patterns by place come first, then those by name.
Pattern* Parser::class_pattern(Expr* cls, const Place& start) noexcept {
  advance();
  struct Named {
    Identifier name;
    Pattern* pattern;
  };
  GrowingArray<Pattern*> positional;
  GrowingArray<Identifier> names;
  GrowingArray<Pattern*> named;
  while (!at(TokenKind::kRightParenthesis)) {
    if (at(TokenKind::kName) && at_next(TokenKind::kEqual)) {
      Identifier name;
      if (!take_identifier(name)) return nullptr;
      advance();
      Pattern* const value = pattern();
      if (value == nullptr) return nullptr;
      if (!names.push(name) || !named.push(value)) return out_of_memory<Pattern>();
    } else {
      const Place first = token().place;
      if (names.size() != 0 && !suggesting_) return nullptr;
      Pattern* const value = pattern();
      if (value == nullptr) return nullptr;
      if (names.size() != 0) return positional_behind_named(first);
      if (!positional.push(value)) return out_of_memory<Pattern>();
    }
    if (!take(TokenKind::kComma)) break;
  }
  Sequence<Pattern*> positional_list;
  Sequence<Identifier> name_list;
  Sequence<Pattern*> named_list;
  if (!take(TokenKind::kRightParenthesis)) return nullptr;
  if (!copy_list(positional.data(), positional.size(), positional_list)) return nullptr;
  if (!copy_list(names.data(), names.size(), name_list)) return nullptr;
  if (!copy_list(named.data(), named.size(), named_list)) return nullptr;
  return make<MatchClass>(since(start), cls, positional_list, name_list, named_list);
}

// One was read; the error covers those that follow it, too.
Pattern* Parser::positional_behind_named(const Place& first) noexcept {
  Place last = last_;
  while (take(TokenKind::kComma) && !(at(TokenKind::kName) && at_next(TokenKind::kEqual))) {
    if (pattern() == nullptr) break;
    last = last_;
  }
  if (stopped()) return nullptr;
  return raise_range(first, last, "positional patterns follow keyword patterns");
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
