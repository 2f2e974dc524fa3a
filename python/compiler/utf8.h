// python/compiler/utf8.h: characters in source text, which is UTF-8 once it is decoded.
//
// One character at a time, where it stands; whole texts are checked and decoded by
// objects/text/utf8.h. Decoded string literals may hold lone surrogates; they stand there as three
// bytes each, in the same pattern. Source text never has any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::compiler::utf8 {

inline constexpr std::size_t kLongest = 4;

[[nodiscard]] constexpr bool is_continuation(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}
[[nodiscard]] constexpr bool is_ascii(char byte) noexcept {
  return static_cast<unsigned char>(byte) < 0x80;
}

// Of the character that begins with `first`; 1 for a byte that begins none.
[[nodiscard]] constexpr std::size_t size_by_first(char first) noexcept {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0xC0) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}
[[nodiscard]] constexpr std::size_t size_of_first(std::string_view text) noexcept {
  return text.empty() ? 1 : size_by_first(text.front());
}

[[nodiscard]] constexpr std::size_t length(std::string_view text) noexcept {
  std::size_t count = 0;
  for (const char byte : text) count += is_continuation(byte) ? 0U : 1U;
  return count;
}

// Requires: `text` begins with a whole character.
[[nodiscard]] constexpr char32_t decode_first(std::string_view text) noexcept {
  const std::size_t size = size_of_first(text);
  const auto first = static_cast<unsigned char>(text.front());
  if (size == 1) return first;
  char32_t code = first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i)
    code = (code << 6) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  return code;
}

// Returns how many bytes it wrote.
constexpr std::size_t encode(char32_t code, char* out) noexcept {
  if (code < 0x80) {
    out[0] = static_cast<char>(code);
    return 1;
  }
  const std::size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  for (std::size_t i = size - 1; i > 0; --i, code >>= 6)
    out[i] = static_cast<char>(0x80 | (code & 0x3F));
  out[0] = static_cast<char>((0xF00U >> size) | code);
  return size;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler::utf8
