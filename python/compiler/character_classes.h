// python/compiler/character_classes.h: which characters may stand in names, and which can be seen.
//
// The tables are those of Unicode 14, as CPython 3.11 has them.
// tools/generate_character_classes.py writes the rows.
//
// Tests: tests/python/compiler/lexer_test.cc
#pragma once

#include <cstdint>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

enum class CharacterClass : std::uint8_t { kOther, kNonprintable, kStartsName, kContinuesName };

// Requires: `code` is not ASCII.
[[nodiscard]] CharacterClass character_class(char32_t code) noexcept;

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
