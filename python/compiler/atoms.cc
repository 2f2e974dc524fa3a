// Atoms: names, constants, and what stands in brackets.
#include "python/compiler/number_value.h"
#include "python/compiler/parser.h"
#include "python/compiler/utf8.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

Expr* Parser::atom() noexcept {
  switch (kind()) {
    case TokenKind::kName:
      return name();
    case TokenKind::kTrue:
      return constant(Literal::Kind::kTrue);
    case TokenKind::kFalse:
      return constant(Literal::Kind::kFalse);
    case TokenKind::kNone:
      return constant(Literal::Kind::kNone);
    case TokenKind::kEllipsis:
      return constant(Literal::Kind::kEllipsis);
    case TokenKind::kString:
      return strings();
    case TokenKind::kNumber:
      return number();
    case TokenKind::kLeftParenthesis:
      return parenthesized();
    case TokenKind::kLeftBracket:
      return list_display();
    case TokenKind::kLeftBrace:
      return brace_display();
    default:
      return nullptr;
  }
}

Expr* Parser::constant(Literal::Kind kind) noexcept {
  advance();
  return make<Constant>(last_, Literal{kind, 0, {}}, false);
}

Expr* Parser::name() noexcept {
  Identifier id;
  return take_identifier(id) ? make<Name>(last_, id, Context::kLoad) : nullptr;
}

bool Parser::take_identifier(Identifier& name) noexcept {
  if (!at(TokenKind::kName)) return false;
  name = token().text();
  advance();
  const auto normalize = shared_.options.normalize;
  if (normalize == nullptr || utf8::length(name) == name.size()) return true;
  name = normalize(name, shared_.arena);
  return !name.empty() || out_of_memory<Expr>() != nullptr;
}

Expr* Parser::number() noexcept {
  Literal literal;
  if (!number_value(token().text(), shared_.arena, literal)) return out_of_memory<Expr>();
  advance();
  return make<Constant>(last_, literal, false);
}

// (): a tuple, a generator, or nothing but an expression.
Expr* Parser::parenthesized() noexcept {
  const Place start = token().place;
  const Mark before = mark();
  advance();
  if (at(TokenKind::kRightParenthesis)) return empty_tuple(start);
  if (at(TokenKind::kYield)) return group_of_yield();
  Expr* const first = starts_expression() ? star_named_expression() : nullptr;
  if (first != nullptr && at(TokenKind::kComma)) {
    Sequence<Expr*> list;
    if (rest_of_items(&Parser::star_named_expression, first, TokenKind::kRightParenthesis, list))
      return make<Tuple>(since(start), list, Context::kLoad);
  } else if (first != nullptr && !is<Starred>(first)) {
    if (at_comprehension()) {
      if (Expr* const found = generator_after(first, start)) return found;
    } else if (take(TokenKind::kRightParenthesis)) {
      return first;
    }
  }
  if (!suggesting_ || stopped()) return nullptr;
  go_back(before);
  if (diagnose_group()) return nullptr;
  static_cast<void>(diagnose_comprehension(TokenKind::kLeftParenthesis));
  return nullptr;
}

Expr* Parser::empty_tuple(const Place& start) noexcept {
  advance();
  return make<Tuple>(since(start), Sequence<Expr*>{}, Context::kLoad);
}

Expr* Parser::group_of_yield() noexcept {
  Expr* const value = yield_expression();
  return value != nullptr && take(TokenKind::kRightParenthesis) ? value : nullptr;
}

// The items behind `first`, with commas, up to and with the closing bracket.
bool Parser::rest_of_items(Item item, Expr* first, TokenKind closing,
                           Sequence<Expr*>& list) noexcept {
  Collector<Expr*> items(*this);
  if (!items.add(first)) return false;
  while (take(TokenKind::kComma)) {
    if (at(closing)) break;
    if (!items.add((this->*item)())) return false;
  }
  return take(closing) && items.finish(list);
}

Expr* Parser::list_display() noexcept {
  const Place start = token().place;
  const Mark before = mark();
  advance();
  if (take(TokenKind::kRightBracket))
    return make<List>(since(start), Sequence<Expr*>{}, Context::kLoad);
  Expr* const first = starts_expression() ? star_named_expression() : nullptr;
  if (first != nullptr && at_comprehension() && !is<Starred>(first)) {
    Sequence<Comprehension*> generators;
    if (comprehensions(generators) && take(TokenKind::kRightBracket))
      return make<ListComp>(since(start), first, generators);
  } else if (first != nullptr) {
    Sequence<Expr*> list;
    if (rest_of_items(&Parser::star_named_expression, first, TokenKind::kRightBracket, list))
      return make<List>(since(start), list, Context::kLoad);
  }
  if (!suggesting_ || stopped()) return nullptr;
  go_back(before);
  static_cast<void>(diagnose_comprehension(TokenKind::kLeftBracket));
  return nullptr;
}

// {}: a dict if its first item is one of a dict, else a set.
Expr* Parser::brace_display() noexcept {
  const Place start = token().place;
  const Mark before = mark();
  advance();
  if (take(TokenKind::kRightBrace))
    return make<Dict>(since(start), Sequence<Expr*>{}, Sequence<Expr*>{});
  if (!diagnosing_) return brace_display_once(start);
  const Mark inside = mark();
  if (Expr* const found = dict_display(start)) return found;
  if (!retry(inside)) return nullptr;
  if (suggesting_ && (diagnose_dict(inside) || diagnose_dict_comprehension(inside))) return nullptr;
  go_back(inside);
  if (Expr* const found = set_display(start)) return found;
  if (!suggesting_ || stopped()) return nullptr;
  go_back(before);
  static_cast<void>(diagnose_comprehension(TokenKind::kLeftBrace));
  return nullptr;
}

// The same, without reading anything twice.
Expr* Parser::brace_display_once(const Place& start) noexcept {
  if (at(TokenKind::kDoubleStar)) return dict_display(start);
  const Place inside = token().place;
  Expr* const first = starts_expression() ? star_named_expression() : nullptr;
  if (first == nullptr) return nullptr;
  // In parentheses, an assignment expression begins behind where the display's inside does.
  const bool bare_walrus = is<NamedExpr>(first) && first->place.line == inside.line &&
                           first->place.column == inside.column;
  const bool may_be_key = !is<Starred>(first) && !bare_walrus;
  if (!may_be_key || !at(TokenKind::kColon)) return set_after(first, start);
  advance();
  Expr* const value = expression();
  return value == nullptr ? nullptr : dict_after(first, value, start);
}

Expr* Parser::set_display(const Place& start) noexcept {
  Expr* const first = starts_expression() ? star_named_expression() : nullptr;
  return first == nullptr ? nullptr : set_after(first, start);
}

Expr* Parser::set_after(Expr* first, const Place& start) noexcept {
  if (at_comprehension() && !is<Starred>(first)) {
    Sequence<Comprehension*> generators;
    if (!comprehensions(generators) || !take(TokenKind::kRightBrace)) return nullptr;
    return make<SetComp>(since(start), first, generators);
  }
  Sequence<Expr*> list;
  if (!rest_of_items(&Parser::star_named_expression, first, TokenKind::kRightBrace, list))
    return nullptr;
  return make<Set>(since(start), list);
}

// `key: value` or `**mapping`; the latter has no key.
bool Parser::dict_item(Expr*& key, Expr*& value) noexcept {
  key = nullptr;
  if (take(TokenKind::kDoubleStar)) {
    value = bitwise_or();
    return value != nullptr;
  }
  key = expression();
  if (key == nullptr || !take(TokenKind::kColon)) return false;
  value = expression();
  return value != nullptr;
}

Expr* Parser::dict_display(const Place& start) noexcept {
  Expr* key;
  Expr* value;
  return dict_item(key, value) ? dict_after(key, value, start) : nullptr;
}

Expr* Parser::dict_after(Expr* key, Expr* value, const Place& start) noexcept {
  if (key == nullptr || !at_comprehension()) return dict_items(key, value, start);
  Sequence<Comprehension*> generators;
  if (!comprehensions(generators) || !take(TokenKind::kRightBrace)) return nullptr;
  return make<DictComp>(since(start), key, value, generators);
}

Expr* Parser::dict_items(Expr* key, Expr* value, const Place& start) noexcept {
  struct Pair {
    Expr* key;
    Expr* value;
  };
  Collector<Pair> pairs(*this);
  if (!pairs.add({key, value})) return nullptr;
  while (take(TokenKind::kComma)) {
    if (at(TokenKind::kRightBrace)) break;
    if (!dict_item(key, value) || !pairs.add({key, value})) return nullptr;
  }
  Sequence<Pair> found;
  if (!take(TokenKind::kRightBrace) || !pairs.finish(found)) return nullptr;
  Sequence<Expr*> keys{shared_.arena.allocate_array<Expr*>(found.size), found.size};
  Sequence<Expr*> values{shared_.arena.allocate_array<Expr*>(found.size), found.size};
  if (keys.items == nullptr || values.items == nullptr) return out_of_memory<Expr>();
  for (std::uint32_t i = 0; i < found.size; ++i) {
    keys[i] = found[i].key;
    values[i] = found[i].value;
  }
  return make<Dict>(since(start), keys, values);
}

// What stands between the brackets of a subscript.
Expr* Parser::slices() noexcept {
  const Place start = token().place;
  Expr* const first = slice_or_starred();
  if (first == nullptr) return nullptr;
  if (!at(TokenKind::kComma)) {
    if (!is<Starred>(first)) return first;
    Sequence<Expr*> one;
    if (!list_of_one(first, one)) return nullptr;
    return make<Tuple>(since(start), one, Context::kLoad);
  }
  Collector<Expr*> items(*this);
  if (!items.add(first)) return nullptr;
  while (take(TokenKind::kComma)) {
    if (at(TokenKind::kRightBracket)) break;
    if (!items.add(slice_or_starred())) return nullptr;
  }
  Sequence<Expr*> list;
  return items.finish(list) ? make<Tuple>(since(start), list, Context::kLoad) : nullptr;
}

Expr* Parser::slice_or_starred() noexcept {
  return at(TokenKind::kStar) ? starred_expression() : slice();
}

Expr* Parser::slice() noexcept {
  const Place start = token().place;
  if (at(TokenKind::kColon)) return slice_after(nullptr, start);
  const Mark before = mark();
  // In the second pass the grammar's order matters: a slice is tried before a named expression.
  Expr* const lower = at_assignment_expression() ? nullptr : expression();
  if (lower != nullptr && at(TokenKind::kColon)) return slice_after(lower, start);
  if (lower != nullptr && !diagnosing_) return at(TokenKind::kColonEqual) ? nullptr : lower;
  // Nothing is read twice in the first pass; in the second one it is remembered.
  const bool again = diagnosing_ || number_ == before.number;
  return again && retry(before) ? named_expression() : nullptr;
}

// A colon is next.
Expr* Parser::slice_after(Expr* lower, const Place& start) noexcept {
  const auto bound = [this](Expr*& found) {
    found = nullptr;
    if (!starts_expression() || at(TokenKind::kStar)) return true;
    found = expression();
    return found != nullptr;
  };
  advance();
  Expr* upper;
  Expr* step = nullptr;
  if (!bound(upper)) return nullptr;
  if (take(TokenKind::kColon) && !bound(step)) return nullptr;
  return make<Slice>(since(start), lower, upper, step);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
