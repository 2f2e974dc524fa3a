// What may have been meant where an expression does not fit.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

// Or begins one: CPython compares no further than the name goes.
bool is_soft_keyword(std::string_view name) noexcept {
  constexpr std::string_view kAll[] = {"match", "case", "_"};
  for (const std::string_view keyword : kAll)
    if (keyword.substr(0, name.size()) == name) return true;
  return false;
}

bool was_statement(std::string_view name) noexcept { return name == "print" || name == "exec"; }

// What only looks ahead suggests nothing.
class Quiet {
 public:
  explicit Quiet(bool& suggesting) noexcept : suggesting_(suggesting), before_(suggesting) {
    suggesting_ = false;
  }
  ~Quiet() { suggesting_ = before_; }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

 private:
  bool& suggesting_;
  const bool before_;
};

}  // namespace

Expr* Parser::diagnosed_expression() noexcept {
  return remembered(Rule::kExpression, &Parser::look_at_expression);
}

Expr* Parser::look_at_expression() noexcept {
  const Mark before = mark();
  if (suggesting_) {
    if (diagnose_two_expressions()) return nullptr;
    go_back(before);
    if (diagnose_missing_else()) return nullptr;
    go_back(before);
    if (diagnose_legacy_statement()) return nullptr;
    go_back(before);
  }
  return plain_expression();
}

// a b
bool Parser::diagnose_two_expressions() noexcept {
  if (at(TokenKind::kName)) {
    if (is_soft_keyword(token().text()) || at_next(TokenKind::kString)) return false;
  }
  Expr* const first = disjunction();
  if (first == nullptr) return stopped();
  Expr* second;
  {
    const Quiet quiet(suggesting_);
    second = plain_expression();
  }
  if (second == nullptr) return stopped();
  if (is<Name>(first) && was_statement(as<Name>(first)->id)) return false;
  if (window_.at(number_ - 1).level == 0) return false;
  raise_range(first->place, second->place, "invalid syntax. Perhaps you forgot a comma?");
  return true;
}

// a if b
bool Parser::diagnose_missing_else() noexcept {
  Expr* const body = disjunction();
  if (body == nullptr || !take(TokenKind::kIf)) return stopped();
  Expr* const test = disjunction();
  if (test == nullptr) return stopped();
  if (at(TokenKind::kElse) || at(TokenKind::kColon)) return false;
  raise_range(body->place, test->place, "expected 'else' after 'if' expression");
  return true;
}

// print a
bool Parser::diagnose_legacy_statement() noexcept {
  if (!at(TokenKind::kName) || at_next(TokenKind::kLeftParenthesis)) return false;
  const Token keyword = token();
  advance();
  Expr* const rest = starts_expression() ? star_expressions() : nullptr;
  if (rest == nullptr) return stopped();
  if (!was_statement(keyword.text())) return false;
  raise_range(keyword.place, rest->place,
              shared_.arena.join({"Missing parentheses in call to '", keyword.text(),
                                  "'. Did you mean ", keyword.text(), "(...)?"}));
  return true;
}

// Where := may stand: what stands there instead of a name, or instead of :=.
bool Parser::diagnose_named_expression() noexcept {
  const Mark before = mark();
  Expr* const target = expression();
  if (stopped()) return true;
  if (target != nullptr && take(TokenKind::kColonEqual)) {
    if (expression() != nullptr) {
      raise_at(target->place,
               shared_.arena.join({"cannot use assignment expressions with ", describe(target)}));
    }
    if (stopped()) return true;
  }
  go_back(before);
  if (diagnose_assigned_name()) return true;
  go_back(before);
  const bool found = diagnose_assigned_expression();
  go_back(before);
  return found;
}

bool Parser::diagnose_assigned_name() noexcept {
  const Place start = token().place;
  if (!at(TokenKind::kName) || !at_next(TokenKind::kEqual)) return false;
  advance();
  advance();
  Expr* const value = bitwise_or();
  if (value == nullptr) return stopped();
  if (at(TokenKind::kEqual) || at(TokenKind::kColonEqual)) return false;
  raise_range(start, value->place, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  return true;
}

bool Parser::diagnose_assigned_expression() noexcept {
  if (at(TokenKind::kTrue) || at(TokenKind::kFalse) || at(TokenKind::kNone)) return false;
  const bool bracket = at(TokenKind::kLeftParenthesis) || at(TokenKind::kLeftBracket);
  const Mark before = mark();
  Expr* const first = bracket ? atom() : nullptr;
  if (stopped()) return true;
  go_back(before);
  if (first != nullptr && first->place.column == token().place.column &&
      first->place.line == token().place.line &&
      (is<List>(first) || is<Tuple>(first) || is<GeneratorExp>(first)))
    return false;
  Expr* const target = bitwise_or();
  if (target == nullptr || !take(TokenKind::kEqual)) return stopped();
  if (bitwise_or() == nullptr) return stopped();
  if (at(TokenKind::kEqual) || at(TokenKind::kColonEqual)) return false;
  raise_at(target->place, shared_.arena.join({"cannot assign to ", describe(target),
                                              " here. Maybe you meant '==' instead of '='?"}));
  return true;
}

// Behind an opening bracket: what no comprehension can be made of.
bool Parser::diagnose_comprehension(TokenKind opening) noexcept {
  const Mark before = mark();
  advance();
  if (at(TokenKind::kStar)) {
    Expr* const value = starred_expression();
    if (stopped()) return true;
    Sequence<Comprehension*> loops;
    if (value != nullptr && at_comprehension() && comprehensions(loops)) {
      raise_at(value->place, "iterable unpacking cannot be used in comprehension");
      return true;
    }
  }
  if (stopped() || opening == TokenKind::kLeftParenthesis) return stopped();
  go_back(before);
  advance();
  return diagnose_comprehension_target();
}

// [a, b for ...]
bool Parser::diagnose_comprehension_target() noexcept {
  Expr* const first = starts_expression() ? star_named_expression() : nullptr;
  if (first == nullptr || !at(TokenKind::kComma)) return stopped();
  Place last = token().place;
  advance();
  while (starts_expression()) {
    Expr* const next = star_named_expression();
    if (next == nullptr) return stopped();
    last = next->place;
    if (!take(TokenKind::kComma)) break;
  }
  Sequence<Comprehension*> loops;
  if (!at_comprehension() || !comprehensions(loops)) return stopped();
  raise_range(first->place, last, "did you forget parentheses around the comprehension target?");
  return true;
}

// (*a) or (**a)
bool Parser::diagnose_group() noexcept {
  const Mark before = mark();
  advance();
  const Place stars = token().place;
  Expr* value = nullptr;
  if (at(TokenKind::kStar)) {
    value = starred_expression();
    if (value != nullptr && at(TokenKind::kRightParenthesis))
      raise_at(value->place, "cannot use starred expression here");
  } else if (take(TokenKind::kDoubleStar)) {
    value = expression();
    if (value != nullptr && at(TokenKind::kRightParenthesis))
      raise_at(stars, "cannot use double starred expression here");
  }
  if (stopped()) return true;
  go_back(before);
  return false;
}

// {**a for ...}; a brace was taken.
bool Parser::diagnose_dict_comprehension(const Mark& first) noexcept {
  go_back(first);
  const Place stars = token().place;
  if (!take(TokenKind::kDoubleStar)) return false;
  Sequence<Comprehension*> loops;
  if (bitwise_or() == nullptr || !at_comprehension() || !comprehensions(loops)) return stopped();
  if (!at(TokenKind::kRightBrace)) return false;
  raise_at(stars, "dict unpacking cannot be used in dict comprehension");
  return true;
}

// {a: b, c}; a brace was taken. The items that fit are skipped.
bool Parser::diagnose_dict(const Mark& first) noexcept {
  go_back(first);
  bool missing_colon = false;
  for (;;) {
    const Mark item = mark();
    Expr* key;
    Expr* value;
    const bool fits = dict_item(key, value);
    if (stopped()) return true;
    if (!fits || !take(TokenKind::kComma)) {
      go_back(item);
      break;
    }
    missing_colon = true;
  }
  return diagnose_dict_item(missing_colon);
}

// The item that does not fit: a key without a colon (behind others), or without a value.
bool Parser::diagnose_dict_item(bool missing_colon) noexcept {
  if (!starts_expression() || at(TokenKind::kStar)) return false;
  Expr* const key = expression();
  if (key == nullptr) return stopped();
  if (!at(TokenKind::kColon)) {
    if (!missing_colon) return false;
    report(ErrorKind::kSyntax, "':' expected after dictionary key", key->place.line,
           key->place.end_column, key->place.end_line, 0);
    return true;
  }
  const Place colon = token().place;
  advance();
  if (at(TokenKind::kStar)) {
    const Place star = token().place;
    advance();
    if (bitwise_or() != nullptr)
      raise_from(star, "cannot use a starred expression in a dictionary value");
  } else if (at(TokenKind::kRightBrace) || at(TokenKind::kComma)) {
    raise_at(colon, "expression expected after dictionary key and ':'");
  }
  return stopped();
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
