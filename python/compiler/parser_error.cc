// Where an error is said to be, in the numbers of CPython 3.11.
#include "python/compiler/number_text.h"
#include "python/compiler/parser.h"
#include "python/compiler/source.h"
#include "python/compiler/utf8.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

// A place in bytes of a line, as a number of characters. Beyond the line's end, bytes count.
std::int32_t characters(std::string_view line, std::int64_t column) noexcept {
  if (column <= 0) return static_cast<std::int32_t>(column);
  const auto bytes = static_cast<std::size_t>(column);
  const std::size_t beyond = bytes > line.size() ? bytes - line.size() : 0;
  return static_cast<std::int32_t>(utf8::length(line.substr(0, bytes)) + beyond);
}

}  // namespace

std::string_view Parser::prefixed(std::string_view message) noexcept {
  return in_string_ ? shared_.arena.join({"f-string: ", message}) : message;
}

// Columns are bytes here, from 1; 0 and less are passed on as they are. In a string, columns count
// from the opening brace, whose line is the only one shown.
void Parser::report(ErrorKind kind, std::string_view message, std::uint32_t line,
                    std::int64_t column, std::uint32_t end_line, std::int64_t end_column) noexcept {
  if (stopped()) return;
  const Origin& origin = lexer_.origin();
  if (in_string_) {
    column -= origin.column;
    end_column -= origin.column;
  }
  const std::string_view text = line_of(lexer_.text(), line - origin.line + 1);
  // One less and one more: the column is the number of the character behind `column - 1` bytes.
  const std::int32_t first = column > 0 ? characters(text, column - 1) + 1 : 0;
  const std::int32_t last =
      end_column > 0 ? characters(text, end_column - 1) + 1 : static_cast<std::int32_t>(end_column);
  shared_.diagnostics.set_error({kind, prefixed(message), text, static_cast<std::int32_t>(line),
                                 column > 0 ? first : static_cast<std::int32_t>(column),
                                 static_cast<std::int32_t>(end_line), last});
  if (shared_.arena.exhausted()) shared_.diagnostics.out_of_memory();
}

std::nullptr_t Parser::raise(ErrorKind kind, std::string_view message,
                             const Place& place) noexcept {
  report(kind, message, place.line, std::int64_t{place.column} + 1, place.end_line,
         std::int64_t{place.end_column} + 1);
  return nullptr;
}

// Tokens that stand for no text have no end, and their column is one less than others'.
std::nullptr_t Parser::raise_last(std::string_view message, ErrorKind kind) noexcept {
  static_cast<void>(token());
  const Token& where = furthest_;
  const bool is_text = where.kind != TokenKind::kEnd && where.kind != TokenKind::kIndent &&
                       where.kind != TokenKind::kDedent;
  if (is_text) return raise(kind, message, where.place);
  const Origin& origin = lexer_.origin();
  const bool at_end = where.begin == lexer_.text().data() + lexer_.text().size();
  const std::uint32_t line = where.place.line - (at_end && where.place.line > 1 ? 1 : 0);
  const std::string_view text = line_of(lexer_.text(), line - origin.line + 1);
  const std::size_t column = at_end ? text.size() : where.place.column;
  report(kind, message, line, static_cast<std::int64_t>(column), line, -1);
  return nullptr;
}

std::nullptr_t Parser::raise_from(const Place& first, std::string_view message) noexcept {
  static_cast<void>(token());
  report(ErrorKind::kSyntax, message, first.line, std::int64_t{first.column} + 1,
         lexer_.line() + lexer_.origin().line - 1, std::int64_t{lexer_.column()});
  return nullptr;
}

std::nullptr_t Parser::raise_indent(std::string_view what, const Place& keyword) noexcept {
  const Digits line(keyword.line);
  return raise_last(
      shared_.arena.join({"expected an indented block after ", what, " on line ", line.text()}),
      ErrorKind::kIndentation);
}

void Parser::raise_generic(const Token& where) noexcept {
  if (where.kind == TokenKind::kIndent) {
    raise_last("unexpected indent", ErrorKind::kIndentation);
  } else if (where.kind == TokenKind::kDedent) {
    raise_last("unexpected unindent", ErrorKind::kIndentation);
  } else if (where.kind == TokenKind::kEnd) {
    report(ErrorKind::kSyntax, "invalid syntax", where.place.line, 0, where.place.line, 0);
  } else {
    raise_at(where.place, "invalid syntax");
  }
}

// Wrong text further on is worth more than what the parser says, and so is a bracket that was
// opened on a line before and never closed.
void Parser::look_for_wrong_text() noexcept {
  const ErrorKind kind = shared_.diagnostics.error().kind;
  const bool is_of_syntax = kind == ErrorKind::kSyntax || kind == ErrorKind::kIndentation;
  if (!is_of_syntax || lexer_.has_failed()) return;
  const Diagnostic said = shared_.diagnostics.error();
  const std::uint32_t line = furthest_.place.line;
  for (;;) {
    const Token token = lexer_.next();
    if (token.kind == TokenKind::kEnd) return;
    if (token.kind == TokenKind::kError) break;
  }
  if (lexer_.error_is_of_text()) return;
  shared_.diagnostics.set_error(said);
  const Bracket* const open = lexer_.open_bracket();
  if (open != nullptr && line > open->line + lexer_.origin().line - 1) lexer_.report_never_closed();
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
