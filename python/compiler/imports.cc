// `import` and `from ... import`.
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

Stmt* Parser::import_statement() noexcept {
  const Place start = token().place;
  advance();
  Collector<Alias*> names(*this);
  do {
    if (!names.add(dotted_alias())) return nullptr;
  } while (take(TokenKind::kComma));
  Sequence<Alias*> list;
  return names.finish(list) ? make<Import>(since(start), list) : nullptr;
}

// a.b.c as one name. Where it is written with blanks, it is put together anew.
bool Parser::dotted_name(Identifier& name) noexcept {
  if (!take_identifier(name)) return false;
  while (at(TokenKind::kDot)) {
    advance();
    Identifier next;
    if (!take_identifier(next)) return false;
    const bool neighbours = name.data() + name.size() + 1 == next.data();
    const std::string_view together(name.data(), name.size() + 1 + next.size());
    name = neighbours ? together : shared_.arena.join({name, ".", next});
    if (name.empty()) return out_of_memory<Expr>() != nullptr;
  }
  return true;
}

// False: there is `as`, and no name behind it.
bool Parser::alias_after(Identifier& asname) noexcept {
  return !take(TokenKind::kAs) || take_identifier(asname);
}

Alias* Parser::dotted_alias() noexcept {
  const Place start = token().place;
  Identifier name;
  Identifier asname;
  if (!dotted_name(name) || !alias_after(asname)) return nullptr;
  return make<Alias>(since(start), name, asname);
}

Alias* Parser::plain_alias() noexcept {
  const Place start = token().place;
  Identifier name;
  Identifier asname;
  if (!take_identifier(name) || !alias_after(asname)) return nullptr;
  return make<Alias>(since(start), name, asname);
}

// How far up a relative import goes.
std::int32_t Parser::take_dots() noexcept {
  std::int32_t level = 0;
  for (;;) {
    if (take(TokenKind::kDot)) {
      ++level;
    } else if (take(TokenKind::kEllipsis)) {
      level += 3;
    } else {
      return level;
    }
  }
}

Stmt* Parser::from_statement() noexcept {
  const Place start = token().place;
  advance();
  const std::int32_t level = take_dots();
  Identifier module;
  const bool needs_name = level == 0 || at(TokenKind::kName);
  if (needs_name && !dotted_name(module)) return nullptr;
  Sequence<Alias*> names;
  if (!take(TokenKind::kImport) || !imported_names(names)) return nullptr;
  return make<ImportFrom>(since(start), module, names, level);
}

// `*`, names, or names in parentheses, where alone a comma may stand at the end.
bool Parser::imported_names(Sequence<Alias*>& names) noexcept {
  if (at(TokenKind::kStar)) {
    advance();
    return list_of_one(make<Alias>(last_, Identifier("*"), Identifier{}), names) &&
           names[0] != nullptr;
  }
  const bool parenthesized = take(TokenKind::kLeftParenthesis);
  Collector<Alias*> found(*this);
  do {
    if (parenthesized && !found.empty() && at(TokenKind::kRightParenthesis)) break;
    if (suggesting_ && !parenthesized && !found.empty() && at(TokenKind::kNewline)) {
      raise_last("trailing comma not allowed without surrounding parentheses");
      return false;
    }
    if (!found.add(plain_alias())) return false;
  } while (take(TokenKind::kComma));
  if (parenthesized && !take(TokenKind::kRightParenthesis)) return false;
  return found.finish(names);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
