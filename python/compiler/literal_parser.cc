#include "python/compiler/literal_parser.h"

#include <algorithm>

#include "python/compiler/characters.h"
#include "python/compiler/number_text.h"
#include "python/compiler/utf8.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

constexpr char32_t kLargestCode = 0x10FFFF;

bool is_octal(std::string_view body, std::size_t at) noexcept {
  return at < body.size() && body[at] >= '0' && body[at] <= '7';
}

// How long a character is once escapes of all that is not ASCII have been written out: positions in
// messages count so.
std::size_t escaped_length(std::string_view body) noexcept {
  constexpr std::size_t kEscape = 10;
  std::size_t length = 0;
  for (const char c : body)
    length += utf8::is_ascii(c) ? 1 : utf8::is_continuation(c) ? 0 : kEscape;
  return length;
}

}  // namespace

StringParts parts_of(const Token& string) noexcept {
  StringParts parts;
  std::string_view text = string.text();
  for (; text.front() != '"' && text.front() != '\''; text.remove_prefix(1)) {
    const char c = text.front();
    parts.bytes = parts.bytes || c == 'b' || c == 'B';
    parts.raw = parts.raw || c == 'r' || c == 'R';
    parts.format = parts.format || c == 'f' || c == 'F';
    parts.prefix_u = parts.prefix_u || c == 'u';
  }
  const bool triple = text.size() >= 6 && text[1] == text[0] && text[2] == text[0];
  const std::size_t quotes = triple ? 3 : 1;
  parts.body = text.substr(quotes, text.size() - 2 * quotes);
  return parts;
}

bool EscapeDecoder::append(char32_t code, TextBuffer& out) noexcept {
  char text[utf8::kLongest];
  if (!bytes_) return out.append(text, utf8::encode(code, text));
  return out.push(static_cast<char>(code & 0xFF));
}

bool EscapeDecoder::decode_text(std::string_view body, TextBuffer& out) noexcept {
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t escape_at = std::min(body.find('\\', at), body.size());
    if (!out.append(body.data() + at, escape_at - at)) return false;
    at = escape_at;
    if (at < body.size() && !escape(body, at, out)) return false;
  }
  return true;
}

bool EscapeDecoder::decode_bytes(std::string_view body, TextBuffer& out) noexcept {
  bytes_ = true;
  return decode_text(body, out);
}

// A backslash is at `at`. Only the text in front of a brace in an f-string can end with one.
bool EscapeDecoder::escape(std::string_view body, std::size_t& at, TextBuffer& out) noexcept {
  if (at + 1 == body.size()) return ++at, out.push('\\');
  const char c = body[at + 1];
  bool known = true;
  if (!simple_escape(c, out, known)) return false;
  if (known) {
    at += 2;
    return true;
  }
  if (is_octal(body, at + 1)) return octal(body, at, out);
  if (c == 'x') return bytes_ ? byte(body, at, out) : hexadecimal(body, at, 2, out);
  if (c == 'u' && !bytes_) return hexadecimal(body, at, 4, out);
  if (c == 'U' && !bytes_) return hexadecimal(body, at, 8, out);
  if (c == 'N' && !bytes_) return by_name(body, at, out);
  warn(body.substr(at + 1, utf8::size_by_first(c)));
  ++at;
  return out.push('\\');
}

bool EscapeDecoder::simple_escape(char c, TextBuffer& out, bool& known) noexcept {
  switch (c) {
    case '\n':
      return true;
    case '\\':
    case '\'':
    case '"':
      return out.push(c);
    case 'a':
      return out.push('\a');
    case 'b':
      return out.push('\b');
    case 'f':
      return out.push('\f');
    case 'n':
      return out.push('\n');
    case 'r':
      return out.push('\r');
    case 't':
      return out.push('\t');
    case 'v':
      return out.push('\v');
    default:
      known = false;
      return true;
  }
}

bool EscapeDecoder::octal(std::string_view body, std::size_t& at, TextBuffer& out) noexcept {
  char32_t code = 0;
  std::size_t digits = 0;
  for (; digits < 3 && is_octal(body, at + 1 + digits); ++digits)
    code = code * 8 + static_cast<char32_t>(body[at + 1 + digits] - '0');
  at += 1 + digits;
  return append(code, out);
}

bool EscapeDecoder::hexadecimal(std::string_view body, std::size_t& at, std::size_t digits,
                                TextBuffer& out) noexcept {
  char32_t code = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const std::size_t place = at + 2 + i;
    const unsigned digit = place < body.size() ? hex_digit(body[place]) : 16;
    if (digit == 16) {
      const std::string_view why = digits == 2   ? "truncated \\xXX escape"
                                   : digits == 4 ? "truncated \\uXX"
                                                   "XX escape"
                                                 : "truncated \\UXX"
                                                   "XX"
                                                   "XX"
                                                   "XX escape";
      return wrong(body, at, place - 1, why);
    }
    code = code * 16 + digit;
  }
  if (code > kLargestCode) return wrong(body, at, at + 1 + digits, "illegal Unicode character");
  at += 2 + digits;
  return append(code, out);
}

bool EscapeDecoder::by_name(std::string_view body, std::size_t& at, TextBuffer& out) noexcept {
  const std::size_t close = body.find('}', at);
  const bool opens = body.substr(at + 2, 1) == "{";
  if (!opens || close == std::string_view::npos || close == at + 3) {
    const std::size_t last = !opens ? at + 1 : std::min(close, body.size() - 1);
    return wrong(body, at, last, "malformed \\N character escape");
  }
  const auto find = options_.character_by_name;
  const char32_t code = find == nullptr ? 0 : find(body.substr(at + 3, close - at - 3));
  if (code == 0) return wrong(body, at, close, "unknown Unicode character name");
  at = close + 1;
  return append(code, out);
}

bool EscapeDecoder::byte(std::string_view body, std::size_t& at, TextBuffer& out) noexcept {
  const unsigned high = at + 2 < body.size() ? hex_digit(body[at + 2]) : 16;
  const unsigned low = at + 3 < body.size() ? hex_digit(body[at + 3]) : 16;
  if (high == 16 || low == 16) {
    const Digits position(at);
    message_ = arena_.join({"(value error) invalid \\x escape at position ", position.text()});
    return false;
  }
  at += 4;
  return out.push(static_cast<char>(high * 16 + low));
}

bool EscapeDecoder::wrong(std::string_view body, std::size_t first, std::size_t last,
                          std::string_view why) noexcept {
  const Digits from(escaped_length(body.substr(0, first)));
  const Digits to(escaped_length(body.substr(0, last + 1)) - 1);
  message_ = arena_.join({"(unicode error) 'unicodeescape' codec can't decode bytes in position ",
                          from.text(), "-", to.text(), ": ", why});
  return false;
}

// Once for each literal, for its first one.
void EscapeDecoder::warn(std::string_view escape) noexcept {
  if (warned_) return;
  warned_ = true;
  const std::string_view message = arena_.join({"invalid escape sequence '\\", escape, "'"});
  diagnostics_.warn(message, static_cast<std::int32_t>(token_.place.line));
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
