// python/compiler/literal_parser.h: the text of a string literal without its quotes and escapes.
//
// Errors are told as text; where they are is the parser's business.
//
// Tests: tests/python/compiler/parser_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "python/compiler/arena.h"
#include "python/compiler/diagnostic.h"
#include "python/compiler/growing_array.h"
#include "python/compiler/parse.h"
#include "python/compiler/token.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// A string token, taken apart.
struct StringParts {
  bool bytes = false;
  bool raw = false;
  bool format = false;
  bool prefix_u = false;
  std::string_view body;
};
[[nodiscard]] StringParts parts_of(const Token& string) noexcept;

// Where decoded text gathers.
using TextBuffer = GrowingArray<char>;

class EscapeDecoder {
 public:
  EscapeDecoder(Arena& arena, Diagnostics& diagnostics, const ParseOptions& options,
                const Token& token) noexcept
      : arena_(arena), diagnostics_(diagnostics), options_(options), token_(token) {}

  // Appends what `body` means. False: `message` says why, or is empty: no memory.
  [[nodiscard]] bool decode_text(std::string_view body, TextBuffer& out) noexcept;
  [[nodiscard]] bool decode_bytes(std::string_view body, TextBuffer& out) noexcept;
  [[nodiscard]] std::string_view message() const noexcept { return message_; }

 private:
  [[nodiscard]] bool escape(std::string_view body, std::size_t& at, TextBuffer& out) noexcept;
  [[nodiscard]] bool simple_escape(char c, TextBuffer& out, bool& known) noexcept;
  [[nodiscard]] bool octal(std::string_view body, std::size_t& at, TextBuffer& out) noexcept;
  [[nodiscard]] bool hexadecimal(std::string_view body, std::size_t& at, std::size_t digits,
                                 TextBuffer& out) noexcept;
  [[nodiscard]] bool by_name(std::string_view body, std::size_t& at, TextBuffer& out) noexcept;
  [[nodiscard]] bool byte(std::string_view body, std::size_t& at, TextBuffer& out) noexcept;
  [[nodiscard]] bool append(char32_t code, TextBuffer& out) noexcept;
  [[nodiscard]] bool wrong(std::string_view body, std::size_t first, std::size_t last,
                           std::string_view why) noexcept;
  void warn(std::string_view escape) noexcept;

  Arena& arena_;
  Diagnostics& diagnostics_;
  const ParseOptions& options_;
  const Token& token_;
  bool bytes_ = false;
  bool warned_ = false;
  std::string_view message_;
};

}  // namespace orochi::inline OROCHI_DESIGN::compiler
