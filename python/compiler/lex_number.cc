// Numbers. A number ends where no more of it can follow; what stands there may not look like more.
#include "python/compiler/characters.h"
#include "python/compiler/lexer.h"
#include "python/compiler/utf8.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

constexpr char to_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_digit_of(int base, char c) noexcept {
  return hex_digit(c) < static_cast<unsigned>(base);
}

// The keywords that may follow a number without a blank, although that is deprecated.
bool is_keyword_behind_number(const char* at) noexcept {
  constexpr std::string_view kWhole[] = {"and", "else", "for", "or", "not", "if", "in", "is"};
  for (const std::string_view keyword : kWhole) {
    std::size_t same = 0;
    while (same < keyword.size() && at[same] == keyword[same]) ++same;
    if (same == keyword.size()) return true;
  }
  return false;
}

}  // namespace

Token Lexer::lex_number() noexcept {
  if (*next_ != '0') return *next_ == '.' ? lex_fraction_on() : lex_decimal();
  switch (to_lower(next_[1])) {
    case 'x':
      return lex_based(16, "hexadecimal");
    case 'o':
      return lex_based(8, "octal");
    case 'b':
      return lex_based(2, "binary");
    default:
      return lex_leading_zeros();
  }
}

Token Lexer::lex_based(int base, std::string_view name) noexcept {
  next_ += 2;
  do {
    if (*next_ == '_') ++next_;
    if (!is_digit_of(base, *next_)) return wrong_digit(base, name);
    while (is_digit_of(base, *next_)) ++next_;
  } while (*next_ == '_');
  if (is_digit(*next_)) return wrong_digit(base, name);
  return end_number(name);
}

// A decimal digit is the digit's fault, anything else the literal's.
Token Lexer::wrong_digit(int base, std::string_view name) noexcept {
  if (base == 16 || !is_digit(*next_)) return error(arena_.join({"invalid ", name, " literal"}));
  ++next_;
  return error(
      arena_.join({"invalid digit '", std::string_view(next_ - 1, 1), "' in ", name, " literal"}));
}

Token Lexer::lex_decimal() noexcept {
  Token error;
  return skip_digits(error) ? lex_fraction_on() : error;
}

// Digits with single underscores between them.
bool Lexer::skip_digits(Token& error) noexcept {
  for (;;) {
    while (is_digit(*next_)) ++next_;
    if (*next_ != '_') return true;
    ++next_;
    if (is_digit(*next_)) continue;
    error = this->error("invalid decimal literal");
    return false;
  }
}

// Zero may have leading zeros, and so may what is no integer.
Token Lexer::lex_leading_zeros() noexcept {
  Token error;
  while (*next_ == '0' || *next_ == '_') {
    const bool joint = *next_++ == '_';
    if (joint && !is_digit(*next_)) return this->error("invalid decimal literal");
  }
  const char* const zeros_end = next_;
  if (!is_digit(*next_)) return lex_fraction_on();
  if (!skip_digits(error)) return error;
  const char after = to_lower(*next_);
  if (after == '.' || after == 'e' || after == 'j') return lex_fraction_on();
  const auto column = static_cast<std::int32_t>(column_of(start_)) + 1;
  return error_at(
      "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal "
      "integers",
      column, static_cast<std::int32_t>(column_of(zeros_end)) + 1);
}

Token Lexer::lex_fraction_on() noexcept {
  Token error;
  if (*next_ == '.') {
    ++next_;
    if (is_digit(*next_) && !skip_digits(error)) return error;
  }
  return lex_exponent_on();
}

Token Lexer::lex_exponent_on() noexcept {
  if (to_lower(*next_) != 'e') return lex_imaginary();
  const bool has_sign = next_[1] == '+' || next_[1] == '-';
  if (!is_digit(next_[has_sign ? 2 : 1])) {
    if (!has_sign) return end_number("decimal");
    next_ += 2;
    return this->error("invalid decimal literal");
  }
  next_ += has_sign ? 2 : 1;
  Token error;
  return skip_digits(error) ? lex_imaginary() : error;
}

Token Lexer::lex_imaginary() noexcept {
  if (to_lower(*next_) != 'j') return end_number("decimal");
  ++next_;
  return end_number("imaginary");
}

Token Lexer::end_number(std::string_view name) noexcept {
  if (is_keyword_behind_number(next_)) {
    const std::string_view message = arena_.join({"invalid ", name, " literal"});
    diagnostics_.warn(message, static_cast<std::int32_t>(origin_.line + line_ - 1));
    return finish(TokenKind::kNumber);
  }
  if (!may_continue_name(*next_)) return finish(TokenKind::kNumber);
  return error(arena_.join({"invalid ", name, " literal"}));
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
