// What may have been meant where a statement does not fit.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// A statement that began with an expression and was neither one nor an assignment.
bool Parser::diagnose_assignment() noexcept {
  const Mark before = mark();
  if (diagnose_annotation()) return true;
  go_back(before);
  if (diagnose_assignment_target()) return true;
  go_back(before);
  return diagnose_augmented_target();
}

// a, b: c   [a]: b   f(): c
bool Parser::diagnose_annotation() noexcept {
  if (!starts_expression()) return false;
  const Mark before = mark();
  Expr* const list =
      at(TokenKind::kLeftParenthesis) || at(TokenKind::kLeftBracket) ? atom() : nullptr;
  if (list != nullptr && (is<List>(list) || is<Tuple>(list)) && take(TokenKind::kColon)) {
    if (expression() != nullptr)
      raise_at(list->place, shared_.arena.join({"only single target (not ", describe(list),
                                                ") can be annotated"}));
  }
  if (stopped()) return true;
  go_back(before);
  Expr* const first = star_named_expression();
  if (first != nullptr && at(TokenKind::kComma)) {
    if (tuple_after(first, first->place, &Parser::star_named_expression) != nullptr &&
        take(TokenKind::kColon) && expression() != nullptr)
      raise_at(first->place, "only single target (not tuple) can be annotated");
  }
  if (stopped()) return true;
  go_back(before);
  Expr* const target = at(TokenKind::kStar) ? nullptr : expression();
  if (target != nullptr && take(TokenKind::kColon) && expression() != nullptr)
    raise_at(target->place, "illegal target for annotation");
  return stopped();
}

// a = f() = b
bool Parser::diagnose_assignment_target() noexcept {
  for (;;) {
    const Mark before = mark();
    if (at(TokenKind::kYield)) {
      Expr* const value = yield_expression();
      if (value != nullptr && at(TokenKind::kEqual))
        raise_at(value->place, "assignment to yield expression not possible");
      return stopped();
    }
    Expr* const target = starts_expression() ? star_expressions() : nullptr;
    if (target == nullptr || !at(TokenKind::kEqual)) return stopped();
    if (Expr* const wrong = invalid_target(target, TargetKind::kAssign)) {
      raise_at(wrong->place, shared_.arena.join({"cannot assign to ", describe(wrong)}));
      return true;
    }
    advance();
    if (number_ == before.number) return false;
  }
}

// f() += 1
bool Parser::diagnose_augmented_target() noexcept {
  Expr* const target = starts_expression() ? star_expressions() : nullptr;
  if (target == nullptr) return stopped();
  const bool augmented = kind() >= TokenKind::kPlusEqual && kind() <= TokenKind::kAtEqual;
  if (!augmented || is<Name>(target) || is<Attribute>(target) || is<Subscript>(target))
    return false;
  advance();
  if (yield_or_star_expressions() != nullptr)
    raise_at(target->place,
             shared_.arena.join(
                 {"'", describe(target), "' is an illegal expression for augmented assignment"}));
  return stopped();
}

// for f() in x, del f()
bool Parser::diagnose_target(Item item, TargetKind kind) noexcept {
  Expr* const target = starts_expression() ? (this->*item)() : nullptr;
  if (target == nullptr) return stopped();
  Expr* const wrong = invalid_target(target, kind);
  if (wrong == nullptr) return false;
  const std::string_view what =
      kind == TargetKind::kDelete ? "cannot delete " : "cannot assign to ";
  raise_at(wrong->place, shared_.arena.join({what, describe(wrong)}));
  return true;
}

// with a as f()
bool Parser::diagnose_with_item() noexcept {
  if (expression() == nullptr || !take(TokenKind::kAs) || !starts_expression()) return stopped();
  Expr* const target = at(TokenKind::kStar) ? nullptr : expression();
  if (target == nullptr) return stopped();
  if (!at(TokenKind::kComma) && !at(TokenKind::kRightParenthesis) && !at(TokenKind::kColon))
    return false;
  Expr* const wrong = invalid_target(target, TargetKind::kAssign);
  if (wrong == nullptr) return false;
  raise_at(wrong->place, shared_.arena.join({"cannot assign to ", describe(wrong)}));
  return true;
}

// except a, b: and except*:
bool Parser::diagnose_except() noexcept {
  const Mark before = mark();
  advance();
  const bool star = take(TokenKind::kStar);
  Expr* const type = starts_expression() && !at(TokenKind::kStar) ? expression() : nullptr;
  if (stopped()) return true;
  if (type != nullptr && take(TokenKind::kComma) && expressions() != nullptr) {
    if (take(TokenKind::kAs) && at(TokenKind::kName)) advance();
    if (at(TokenKind::kColon))
      raise_from(type->place, "multiple exception types must be parenthesized");
  } else if (type == nullptr && star && (at(TokenKind::kNewline) || at(TokenKind::kColon))) {
    raise_last("expected one or more exception types");
  }
  if (stopped()) return true;
  go_back(before);
  return false;
}

// case a as b.c, case a as _
bool Parser::diagnose_as_target() noexcept {
  if (at_name("_")) {
    raise_at(token().place, "cannot use '_' as a target");
    return true;
  }
  if (at(TokenKind::kName) || !starts_expression()) return false;
  const Mark before = mark();
  Expr* const target = expression();
  if (target != nullptr) raise_at(target->place, "invalid pattern target");
  go_back(before);
  return stopped();
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
