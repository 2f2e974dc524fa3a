// The extent of a string; what is in it is strings.h' business.
#include "python/compiler/lexer.h"
#include "python/compiler/number_text.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

Token Lexer::lex_string(const char* quote) noexcept {
  const char mark = *quote;
  const bool triple = quote[1] == mark && quote[2] == mark;
  next_ = quote + (triple ? 3 : 1);
  for (;;) {
    if (next_ == end_ || (*next_ == '\n' && !triple)) return unterminated_string(triple);
    if (*next_ == mark && (!triple || (next_[1] == mark && next_[2] == mark))) {
      next_ += triple ? 3 : 1;
      return finish(TokenKind::kString);
    }
    if (*next_ == '\\' && next_ + 1 != end_) ++next_;
    if (*next_ == '\n') {
      take_newline();
    } else {
      ++next_;
    }
  }
}

// The error is at the string's beginning; the line it was missed in is part of the message.
Token Lexer::unterminated_string(bool triple) noexcept {
  const Digits line(origin_.line + line_ - (next_ == end_ ? 2 : 1));
  const std::string_view what =
      triple ? "unterminated triple-quoted string literal" : "unterminated string literal";
  next_ = start_ + 1;
  line_ = first_line_;
  line_start_ = first_line_start_;
  return error(arena_.join({what, " (detected at line ", line.text(), ")"}));
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
