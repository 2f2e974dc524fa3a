// What the lexer complains of, in the words and with the places of CPython 3.11.
#include "python/compiler/lexer.h"
#include "python/compiler/source.h"
#include "python/compiler/utf8.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

Token Lexer::failed() noexcept { return finish_end(TokenKind::kError, true); }

// Wrong text: the column of the last character that was read.
Token Lexer::error(std::string_view message) noexcept {
  const std::string_view read(line_start_, column_of(next_));
  const auto column = static_cast<std::int32_t>(utf8::length(read));
  return error_at(message, column, column);
}

Token Lexer::error_at(std::string_view message, std::int32_t column,
                      std::int32_t end_column) noexcept {
  error_is_of_text_ = true;
  return line_error(ErrorKind::kSyntax, message, column, end_column);
}

Token Lexer::line_error(ErrorKind kind, std::string_view message, std::int32_t column,
                        std::int32_t end_column) noexcept {
  const auto line = static_cast<std::int32_t>(line_ + origin_.line - 1);
  diagnostics_.set_error({kind, message, line_of(text_, line_), line, column, line, end_column});
  if (arena_.exhausted()) diagnostics_.out_of_memory();
  return failed();
}

Token Lexer::never_closed() noexcept {
  const Bracket& open = brackets_[level_ - 1];
  const std::string_view line = line_of(text_, open.line);
  const auto column = static_cast<std::int32_t>(utf8::length(line.substr(0, open.column))) + 1;
  const std::string_view opening(&open.opening, 1);
  const auto number = static_cast<std::int32_t>(open.line + origin_.line - 1);
  diagnostics_.set_error({ErrorKind::kSyntax, arena_.join({"'", opening, "' was never closed"}),
                          line, number, column, number, 0});
  if (arena_.exhausted()) diagnostics_.out_of_memory();
  return failed();
}

// Behind a backslash: the place is the end of the line with the backslash.
Token Lexer::unexpected_end() noexcept {
  --line_;
  const auto length = static_cast<std::int32_t>(utf8::length(line_of(text_, line_)));
  return line_error(ErrorKind::kSyntax, "unexpected EOF while parsing", length, -1);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
