// python/compiler/lexer.h: from text to tokens, one at a time.
//
// Indentation is a stack of columns, counted twice: with tabs to the next multiple of eight and
// with tabs as one. Lines whose order differs between the two are refused (TabError). Inside of
// brackets lines have no indentation and no end.
//
// A lexer may begin in the middle of a file: the expressions in an f-string are copied into
// brackets and read by a lexer of their own, whose origin is the place of the opening brace.
//
// I1  After kError or kEnd the same token comes for ever.
// I2  `brackets_[0 .. level_)` are open; level_ <= kMostBrackets.
// I3  indents_[0].column is 0; columns rise from entry to entry.
//
// The text must end with \n and have a NUL behind it, as decode_source provides.
// Files: lexer.cc (what begins what), indentation.cc, lex_number.cc, lex_string.cc, lex_name.cc.
// Tests: tests/python/compiler/lexer_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "python/compiler/arena.h"
#include "python/compiler/diagnostic.h"
#include "python/compiler/token.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

struct Origin {
  std::uint32_t line = 1;
  std::uint32_t column = 0;  // of the first line only
};

struct Bracket {
  char opening;
  std::uint32_t line;
  std::uint32_t column;
};

class Lexer {
 public:
  static constexpr std::uint32_t kMostBrackets = 200;
  static constexpr std::uint32_t kMostIndents = 100;

  Lexer(std::string_view text, Arena& arena, Diagnostics& diagnostics, Origin origin = {}) noexcept
      : text_(text),
        next_(text.data()),
        end_(text.data() + text.size()),
        line_start_(text.data()),
        origin_(origin),
        arena_(arena),
        diagnostics_(diagnostics) {}

  [[nodiscard]] Token next() noexcept;

  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  [[nodiscard]] const Origin& origin() const noexcept { return origin_; }
  // The innermost open bracket, or null.
  [[nodiscard]] const Bracket* open_bracket() const noexcept {
    return level_ == 0 ? nullptr : &brackets_[level_ - 1];
  }
  // Where the last token ended, counted as the lexer does: the first line is 1, no origin added.
  [[nodiscard]] std::uint32_t line() const noexcept { return line_; }
  [[nodiscard]] std::uint32_t column() const noexcept { return column_of(next_); }

  // The error after kError is wrong text, wherever it stands, not the end or the shape of lines:
  // such an error is worth more than what a parser said before it.
  [[nodiscard]] bool error_is_of_text() const noexcept { return error_is_of_text_; }
  [[nodiscard]] bool has_failed() const noexcept { return failed_; }

  // Requires: a bracket is open.
  void report_never_closed() noexcept { static_cast<void>(never_closed()); }

 private:
  struct Indent {
    std::uint32_t column;       // tabs count to the next multiple of 8
    std::uint32_t tabs_as_one;  // tabs count 1
  };

  // indentation.cc. False: `error` says what to return.
  [[nodiscard]] bool begin_line(Token& error) noexcept;
  [[nodiscard]] bool measure_indentation(Indent& found, Token& error) noexcept;
  [[nodiscard]] bool compare_indentation(Indent found, Token& error) noexcept;
  [[nodiscard]] bool indent(Indent found, Token& error) noexcept;
  [[nodiscard]] bool dedent(Indent found, Token& error) noexcept;
  [[nodiscard]] Token pending_indentation() noexcept;

  // lexer.cc
  [[nodiscard]] Token lex() noexcept;
  [[nodiscard]] Token lex_at_character() noexcept;
  void skip_blanks() noexcept;
  [[nodiscard]] bool skip_continuation(Token& error) noexcept;
  [[nodiscard]] Token lex_end() noexcept;
  [[nodiscard]] Token lex_operator() noexcept;
  [[nodiscard]] Token lex_bracket(TokenKind kind) noexcept;
  [[nodiscard]] Token open(TokenKind kind) noexcept;
  [[nodiscard]] Token close(TokenKind kind) noexcept;

  // lex_name.cc
  [[nodiscard]] Token lex_name() noexcept;
  [[nodiscard]] Token check_name() noexcept;
  [[nodiscard]] const char* quote_behind_prefix() const noexcept;

  // lex_string.cc
  [[nodiscard]] Token lex_string(const char* quote) noexcept;
  [[nodiscard]] Token unterminated_string(bool triple) noexcept;

  // lex_number.cc. Those that return bool fill in `error` when they return false.
  [[nodiscard]] Token lex_number() noexcept;
  [[nodiscard]] Token lex_based(int base, std::string_view name) noexcept;
  [[nodiscard]] Token lex_decimal() noexcept;
  [[nodiscard]] Token lex_leading_zeros() noexcept;
  [[nodiscard]] Token lex_fraction_on() noexcept;
  [[nodiscard]] Token lex_exponent_on() noexcept;
  [[nodiscard]] Token lex_imaginary() noexcept;
  [[nodiscard]] bool skip_digits(Token& error) noexcept;
  [[nodiscard]] Token wrong_digit(int base, std::string_view name) noexcept;
  [[nodiscard]] Token end_number(std::string_view name) noexcept;

  // Tokens from start_ to next_.
  void start_token() noexcept {
    start_ = next_;
    first_line_ = line_;
    first_line_start_ = line_start_;
  }
  [[nodiscard]] Token finish(TokenKind kind) noexcept;
  [[nodiscard]] Token finish_end(TokenKind kind, bool at_end) noexcept;
  void take_newline() noexcept {
    ++next_;
    ++line_;
    line_start_ = next_;
  }
  [[nodiscard]] std::uint32_t column_of(const char* at) const noexcept {
    return static_cast<std::uint32_t>(at - line_start_);
  }

  // lex_error.cc. The column of `next_`, and no end.
  [[nodiscard]] Token error(std::string_view message) noexcept;
  [[nodiscard]] Token error_at(std::string_view message, std::int32_t column,
                               std::int32_t end_column) noexcept;
  [[nodiscard]] Token line_error(ErrorKind kind, std::string_view message, std::int32_t column,
                                 std::int32_t end_column) noexcept;
  [[nodiscard]] Token never_closed() noexcept;
  [[nodiscard]] Token unexpected_end() noexcept;
  [[nodiscard]] Token failed() noexcept;

  // Constant after construction.
  const std::string_view text_;

  const char* next_;
  const char* const end_;
  const char* line_start_;
  const char* start_ = nullptr;
  const char* first_line_start_ = nullptr;
  std::uint32_t line_ = 1;
  std::uint32_t first_line_ = 1;
  const Origin origin_;

  bool at_line_start_ = true;
  bool blank_line_ = false;
  bool failed_ = false;
  bool error_is_of_text_ = false;
  std::int32_t pending_ = 0;  // indents still to be returned; negative: dedents
  std::uint32_t level_ = 0;
  std::uint32_t indent_ = 0;
  Indent indents_[kMostIndents] = {};
  Bracket brackets_[kMostBrackets];

  Arena& arena_;
  Diagnostics& diagnostics_;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
