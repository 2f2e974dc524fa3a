// Strings, where the parser meets them.
#include "python/compiler/format_string.h"
#include "python/compiler/utf8.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

bool is_ascii(std::string_view text) noexcept {
  for (const char c : text)
    if (!utf8::is_ascii(c)) return false;
  return true;
}

}  // namespace

// All that stand side by side.
Expr* Parser::strings() noexcept {
  const Place start = token().place;
  Collector<Token> tokens(*this);
  while (at(TokenKind::kString)) {
    const Token string = token();
    if (!tokens.add(string)) return nullptr;
    advance();
  }
  Sequence<Token> list;
  if (stopped() || !tokens.finish(list)) return nullptr;
  return join_strings(list, since(start));
}

Expr* Parser::join_strings(const Sequence<Token>& tokens, const Place& place) noexcept {
  FormatString joined(*this, place);
  const StringParts first = parts_of(tokens[0]);
  for (const Token& token : tokens) {
    const StringParts parts = parts_of(token);
    if (parts.bytes && !is_ascii(parts.body))
      return raise_last("bytes can only contain ASCII literal characters");
    if (parts.bytes != first.bytes) return raise_last("cannot mix bytes and nonbytes literals");
    if (!joined.add(token, parts)) return nullptr;
  }
  return joined.finish(first.prefix_u);
}

// `text` is in parentheses. A parser that fails is followed by one that looks for the reason.
Expr* parse_in_string(Compilation& shared, std::string_view text, const Origin& origin) noexcept {
  Lexer lexer(text, shared.arena, shared.diagnostics, origin);
  Parser parser(shared, lexer, false);
  Expr* const value = parser.parse_in_string();
  if (value != nullptr) return value;
  if (parser.stopped()) {
    parser.look_for_wrong_text();
    return nullptr;
  }
  Lexer second_lexer(text, shared.arena, shared.diagnostics, origin);
  Parser second(shared, second_lexer, true);
  second.start_from(parser.furthest(), parser.tokens_read());
  static_cast<void>(second.parse_in_string());
  if (!second.stopped()) second.raise_generic(parser.furthest());
  second.look_for_wrong_text();
  return nullptr;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
