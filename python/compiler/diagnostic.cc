#include "python/compiler/diagnostic.h"

#include <algorithm>
#include <charconv>

#include "python/compiler/utf8.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

using Write = FunctionRef<void(std::string_view)>;

void write_number(std::int32_t number, Write write) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  write({digits, static_cast<std::size_t>(end - digits)});
}

void repeat(std::string_view what, std::int32_t times, Write write) {
  for (std::int32_t i = 0; i < times; ++i) write(what);
}

std::string_view without_newline(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

// The column after the last marked one. An unknown end, or one on another line, marks one place;
// nothing is marked beyond the line.
std::int32_t end_of_marks(const Diagnostic& error, std::int32_t length) {
  if (error.end_line != error.line && error.end_line > 0) return length + 1;
  const std::int32_t end = error.end_column > 0 ? error.end_column : error.column;
  return std::max(std::min(end, length + 1), error.column + 1);
}

void print_line_and_carets(const Diagnostic& error, Write write) {
  const std::string_view line = without_newline(error.text);
  const std::size_t indent = std::min(line.find_first_not_of(" \t\f"), line.size());
  const std::string_view shown = line.substr(indent);
  write("    ");
  write(shown);
  write("\n");
  if (error.column < 1) return;
  const auto length = static_cast<std::int32_t>(utf8::length(line));
  const auto skipped = static_cast<std::int32_t>(indent);
  const std::int32_t first = std::max(error.column - 1 - skipped, 0);
  write("    ");
  // What the line is indented by is kept, so that tabs line up.
  std::size_t at = 0;
  for (std::int32_t i = 0; i < first; ++i) {
    const bool blank = at < shown.size() && (shown[at] == '\t' || shown[at] == '\f');
    write(blank ? shown.substr(at, 1) : std::string_view(" "));
    at = std::min(shown.size(), at + utf8::size_of_first(shown.substr(at)));
  }
  repeat("^", end_of_marks(error, length) - std::max(error.column, skipped + 1), write);
  write("\n");
}

}  // namespace

std::string_view name_of(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::kNone:
      return {};
    case ErrorKind::kSyntax:
      return "SyntaxError";
    case ErrorKind::kIndentation:
      return "IndentationError";
    case ErrorKind::kTab:
      return "TabError";
    case ErrorKind::kMemory:
      return "MemoryError";
    case ErrorKind::kRecursion:
      return "RecursionError";
    case ErrorKind::kValue:
      return "ValueError";
    case ErrorKind::kOverflow:
      return "OverflowError";
  }
  return {};
}

void Diagnostics::warn(std::string_view message, std::int32_t line, WarningKind kind) noexcept {
  static_cast<void>(warnings_.push({message, line, kind}));
}

void print_error(const Diagnostic& error, std::string_view filename,
                 FunctionRef<void(std::string_view)> write) noexcept {
  if (error.line > 0) {
    write("  File \"");
    write(filename);
    write("\", line ");
    write_number(error.line, write);
    write("\n");
    if (!error.text.empty()) print_line_and_carets(error, write);
  }
  write(name_of(error.kind));
  if (!error.message.empty()) {
    write(": ");
    write(error.message);
  }
  write("\n");
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
