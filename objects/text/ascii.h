// objects/text/ascii.h: bytes seen as ASCII, as the methods of bytes and bytearray see them: what
// is not ASCII is nothing in particular, and stays as it is.
//
// Pure functions; any thread. Tests: tests/objects/types/bytes_methods_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::text {

using ByteSpan = std::span<const std::uint8_t>;

[[nodiscard]] constexpr bool is_ascii_upper(std::uint8_t byte) noexcept {
  return byte >= 'A' && byte <= 'Z';
}
[[nodiscard]] constexpr bool is_ascii_lower(std::uint8_t byte) noexcept {
  return byte >= 'a' && byte <= 'z';
}
[[nodiscard]] constexpr bool is_ascii_letter(std::uint8_t byte) noexcept {
  return is_ascii_upper(byte) || is_ascii_lower(byte);
}
[[nodiscard]] constexpr bool is_ascii_digit(std::uint8_t byte) noexcept {
  return byte >= '0' && byte <= '9';
}
[[nodiscard]] constexpr bool is_ascii_space(std::uint8_t byte) noexcept {
  return byte == ' ' || (byte >= '\t' && byte <= '\r');
}
[[nodiscard]] constexpr std::uint8_t to_ascii_lower(std::uint8_t byte) noexcept {
  return is_ascii_upper(byte) ? static_cast<std::uint8_t>(byte + ('a' - 'A')) : byte;
}
[[nodiscard]] constexpr std::uint8_t to_ascii_upper(std::uint8_t byte) noexcept {
  return is_ascii_lower(byte) ? static_cast<std::uint8_t>(byte - ('a' - 'A')) : byte;
}

// Which bytes.isxxx() it is.
enum class AsciiKind : std::uint8_t {
  kAlphanumeric,
  kAlphabetic,
  kAscii,
  kDigit,
  kLower,  // letters are, and there is one
  kSpace,
  kTitle,  // a letter is upper if none stands before it, and there is one
  kUpper,
};
[[nodiscard]] bool is_ascii_kind(ByteSpan bytes, AsciiKind kind) noexcept;

enum class AsciiCase : std::uint8_t { kLower, kUpper, kTitle, kCapitalized, kSwapped };
// Requires: `out` has room for as many bytes.
void change_ascii_case(std::uint8_t* out, ByteSpan bytes, AsciiCase to) noexcept;

// The end of the line that begins at `begin`, without what ends it, and where the next one begins.
struct AsciiLine {
  std::size_t end = 0;
  std::size_t next = 0;
};
[[nodiscard]] AsciiLine ascii_line(ByteSpan bytes, std::size_t begin) noexcept;

// With spaces up to the next multiple of `columns` in place of each tab; 0: with nothing.
// SIZE_MAX: more than anybody has memory for.
[[nodiscard]] std::size_t measure_expanded_tabs(ByteSpan bytes, std::size_t columns) noexcept;
void expand_tabs(std::uint8_t* out, ByteSpan bytes, std::size_t columns) noexcept;

// The value of a hexadecimal digit; 16: it is none.
[[nodiscard]] constexpr unsigned hex_value(std::uint8_t digit) noexcept {
  if (is_ascii_digit(digit)) return digit - unsigned{'0'};
  const std::uint8_t lower = to_ascii_lower(digit);
  return lower >= 'a' && lower <= 'f' ? lower - unsigned{'a'} + 10 : 16;
}

}  // namespace orochi::inline OROCHI_DESIGN::text
