// python/compiler/characters.h: what kind of character a byte of source text is.
//
// Bytes of characters that are not ASCII pass for letters until the whole name is looked at, by
// objects/text/unicode.h (lex_name.cc). Pure functions; any thread.
//
// Tests: tests/python/compiler/lexer_test.cc
#pragma once

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// Of ASCII, and of all others until they are looked at closely.
[[nodiscard]] constexpr bool may_start_name(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool may_continue_name(char c) noexcept {
  return may_start_name(c) || is_digit(c);
}
// The value of a hexadecimal digit, or 16.
[[nodiscard]] constexpr unsigned hex_digit(char c) noexcept {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  return c >= 'A' && c <= 'F' ? static_cast<unsigned>(c - 'A') + 10 : 16;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
