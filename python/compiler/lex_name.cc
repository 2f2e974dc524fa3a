// Names, keywords, and the prefixes of strings, which begin as names do.
#include "objects/text/unicode.h"
#include "python/compiler/characters.h"
#include "python/compiler/lexer.h"
#include "python/compiler/number_text.h"
#include "python/compiler/utf8.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

constexpr char to_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_prefix(char first) noexcept {
  return first == 'b' || first == 'f' || first == 'r' || first == 'u';
}

// b, f, r, u; and r with b or with f, in any order.
constexpr bool is_prefix(char first, char second) noexcept {
  return (first == 'r' && (second == 'b' || second == 'f')) ||
         (second == 'r' && (first == 'b' || first == 'f'));
}

constexpr bool is_quote(char c) noexcept { return c == '"' || c == '\''; }

}  // namespace

// The quote, if what begins here is a string with a prefix; or null.
const char* Lexer::quote_behind_prefix() const noexcept {
  const char first = to_lower(next_[0]);
  if (!is_prefix(first)) return nullptr;
  if (is_quote(next_[1])) return next_ + 1;
  return is_prefix(first, to_lower(next_[1])) && is_quote(next_[2]) ? next_ + 2 : nullptr;
}

Token Lexer::lex_name() noexcept {
  if (const char* const quote = quote_behind_prefix()) return lex_string(quote);
  bool ascii = true;
  while (may_continue_name(*next_)) ascii = utf8::is_ascii(*next_++) && ascii;
  if (!ascii) return check_name();
  Token token = finish(TokenKind::kName);
  token.kind = keyword_or_name(token.text());
  return token;
}

// Looks at each character of a name that is not ASCII alone.
Token Lexer::check_name() noexcept {
  const char* const end = next_;
  for (const char* at = start_; at != end; at += utf8::size_by_first(*at)) {
    if (utf8::is_ascii(*at)) continue;
    const std::string_view rest(at, static_cast<std::size_t>(end - at));
    const char32_t code = utf8::decode_first(rest);
    if (at == start_ ? text::begins_identifier(code) : text::continues_identifier(code)) continue;
    next_ = at + utf8::size_by_first(*at);
    const Hex hex(static_cast<std::uint32_t>(code), 4, true);
    if (!text::is_printable(code))
      return error(arena_.join({"invalid non-printable character U+", hex.text()}));
    const std::string_view character = rest.substr(0, utf8::size_by_first(*at));
    return error(arena_.join({"invalid character '", character, "' (U+", hex.text(), ")"}));
  }
  return finish(TokenKind::kName);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
