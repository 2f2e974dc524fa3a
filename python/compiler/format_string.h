// python/compiler/format_string.h: f-strings, and strings that stand side by side.
//
// All literals of one place make one: a constant if none of them is an f-string, else a JoinedStr
// in which neighbouring constants are one. The expressions in an f-string are text that a second
// lexer and parser read, put into parentheses, so that lines need no joining there.
//
// I1  The text that was gathered since the last expression is in `text_`; `flush` makes a node of
// it.
//
// Tests: tests/python/compiler/parser_test.cc
#pragma once

#include "python/compiler/literal_parser.h"
#include "python/compiler/parser.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

class FormatString {
 public:
  // `place`: of all literals together.
  FormatString(Parser& parser, const Place& place) noexcept : parser_(parser), place_(place) {}

  // False: an error was reported.
  [[nodiscard]] bool add(const Token& token, const StringParts& parts) noexcept;
  [[nodiscard]] Expr* finish(bool prefix_u) noexcept;

 private:
  using Values = Collector<Expr*>;
  // What one token is read with.
  struct Reader {
    const Token& token;
    bool raw;
    const char* next;
    const char* end;
  };

  [[nodiscard]] bool add_format(const Token& token, const StringParts& parts) noexcept;
  [[nodiscard]] bool read(Reader& reader, int depth, Values& values) noexcept;
  [[nodiscard]] bool read_text(Reader& reader, int depth) noexcept;
  [[nodiscard]] bool read_brace(Reader& reader, int depth) noexcept;
  [[nodiscard]] bool read_field(Reader& reader, int depth, Values& values) noexcept;
  [[nodiscard]] bool find_end_of_expression(Reader& reader) noexcept;
  [[nodiscard]] bool skip_in_expression(Reader& reader, struct OpenBrackets& open, char& quote,
                                        int& quotes) noexcept;
  [[nodiscard]] Expr* parse_expression(const Reader& reader, const char* begin,
                                       const char* end) noexcept;
  [[nodiscard]] bool read_conversion(Reader& reader, std::int32_t& conversion) noexcept;
  [[nodiscard]] Expr* read_format_spec(Reader& reader, int depth) noexcept;
  [[nodiscard]] bool append(const Reader& reader, const char* begin, const char* end) noexcept;
  [[nodiscard]] bool flush(Values& values, const Place& place) noexcept;
  [[nodiscard]] Expr* constant(Literal::Kind kind, bool prefix_u, const Place& place) noexcept;
  bool fail(std::string_view message) noexcept;
  [[nodiscard]] bool out_of_memory() noexcept;

  Parser& parser_;
  const Place place_;
  TextBuffer text_;
  bool bytes_ = false;
  bool has_format_ = false;
  GrowingArray<Expr*> values_;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
