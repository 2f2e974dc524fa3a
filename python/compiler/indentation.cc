// The beginning of a line: is it deeper than the one before, or less deep, and by how many blocks?
#include "python/compiler/lexer.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

constexpr std::uint32_t kTabStop = 8;

}  // namespace

bool Lexer::begin_line(Token& error) noexcept {
  at_line_start_ = false;
  Indent found{0, 0};
  if (!measure_indentation(found, error)) return false;
  blank_line_ = *next_ == '#' || *next_ == '\n';
  if (blank_line_ || level_ != 0) return true;
  return compare_indentation(found, error);
}

// A line that goes on behind a backslash is indented as its first part is, unless that is not at
// all.
bool Lexer::measure_indentation(Indent& found, Token& error) noexcept {
  std::uint32_t joined = 0;
  for (;; ++next_) {
    if (*next_ == ' ') {
      ++found.column;
      ++found.tabs_as_one;
    } else if (*next_ == '\t') {
      found.column = (found.column / kTabStop + 1) * kTabStop;
      ++found.tabs_as_one;
    } else if (*next_ == '\f') {
      found = {0, 0};
    } else if (*next_ == '\\') {
      joined = joined != 0 ? joined : found.column;
      if (!skip_continuation(error)) return false;
      --next_;
    } else {
      break;
    }
  }
  if (joined != 0) found = {joined, joined};
  return true;
}

bool Lexer::compare_indentation(Indent found, Token& error) noexcept {
  const Indent current = indents_[indent_];
  if (found.column > current.column) return indent(found, error);
  if (found.column < current.column && !dedent(found, error)) return false;
  if (found.tabs_as_one == indents_[indent_].tabs_as_one) return true;
  error = line_error(ErrorKind::kTab, "inconsistent use of tabs and spaces in indentation", 1, 0);
  return false;
}

bool Lexer::indent(Indent found, Token& error) noexcept {
  if (indent_ + 1 == kMostIndents) {
    error = line_error(ErrorKind::kIndentation, "too many levels of indentation", 1, 0);
    return false;
  }
  if (found.tabs_as_one <= indents_[indent_].tabs_as_one) {
    error = line_error(ErrorKind::kTab, "inconsistent use of tabs and spaces in indentation", 1, 0);
    return false;
  }
  indents_[++indent_] = found;  // I3
  pending_ = 1;
  return true;
}

bool Lexer::dedent(Indent found, Token& error) noexcept {
  while (found.column < indents_[indent_].column) {
    --indent_;
    --pending_;
  }
  if (found.column == indents_[indent_].column) return true;
  while (*next_ != '\n') ++next_;
  const auto column = static_cast<std::int32_t>(column_of(next_)) + 1;
  error = line_error(ErrorKind::kIndentation, "unindent does not match any outer indentation level",
                     column, -1);
  return false;
}

Token Lexer::pending_indentation() noexcept {
  const bool deeper = pending_ > 0;
  pending_ += deeper ? -1 : 1;
  return finish_end(deeper ? TokenKind::kIndent : TokenKind::kDedent, false);
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
