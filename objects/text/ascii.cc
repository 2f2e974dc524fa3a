#include "objects/text/ascii.h"

#include <algorithm>

#include "objects/text/code_points.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

[[nodiscard]] bool is_all(ByteSpan bytes, bool (*is_one)(std::uint8_t)) noexcept {
  return !bytes.empty() && std::ranges::all_of(bytes, is_one);
}

// There are letters of one case, and none of the other.
[[nodiscard]] bool has_only(ByteSpan bytes, bool (*wanted)(std::uint8_t),
                            bool (*other)(std::uint8_t)) noexcept {
  return std::ranges::any_of(bytes, wanted) && std::ranges::none_of(bytes, other);
}

[[nodiscard]] bool is_title(ByteSpan bytes) noexcept {
  bool has_letters = false;
  bool in_word = false;
  for (const std::uint8_t byte : bytes) {
    const bool is_letter = is_ascii_letter(byte);
    if (is_letter && is_ascii_upper(byte) == in_word) return false;
    has_letters = has_letters || is_letter;
    in_word = is_letter;
  }
  return has_letters;
}

[[nodiscard]] std::uint8_t swapped(std::uint8_t byte) noexcept {
  return is_ascii_upper(byte) ? to_ascii_lower(byte) : to_ascii_upper(byte);
}

void capitalize_words(std::uint8_t* out, ByteSpan bytes) noexcept {
  bool in_word = false;
  for (const std::uint8_t byte : bytes) {
    *out++ = in_word ? to_ascii_lower(byte) : to_ascii_upper(byte);
    in_word = is_ascii_letter(byte);
  }
}

}  // namespace

bool is_ascii_kind(ByteSpan bytes, AsciiKind kind) noexcept {
  switch (kind) {
    case AsciiKind::kAlphanumeric:
      return is_all(bytes, [](std::uint8_t b) { return is_ascii_letter(b) || is_ascii_digit(b); });
    case AsciiKind::kAlphabetic:
      return is_all(bytes, [](std::uint8_t b) { return is_ascii_letter(b); });
    case AsciiKind::kAscii:
      return is_ascii(bytes);
    case AsciiKind::kDigit:
      return is_all(bytes, [](std::uint8_t b) { return is_ascii_digit(b); });
    case AsciiKind::kLower:
      return has_only(bytes, is_ascii_lower, is_ascii_upper);
    case AsciiKind::kSpace:
      return is_all(bytes, [](std::uint8_t b) { return is_ascii_space(b); });
    case AsciiKind::kTitle:
      return is_title(bytes);
    case AsciiKind::kUpper:
      return has_only(bytes, is_ascii_upper, is_ascii_lower);
  }
  return false;
}

void change_ascii_case(std::uint8_t* out, ByteSpan bytes, AsciiCase to) noexcept {
  switch (to) {
    case AsciiCase::kLower:
      std::ranges::transform(bytes, out, to_ascii_lower);
      return;
    case AsciiCase::kUpper:
      std::ranges::transform(bytes, out, to_ascii_upper);
      return;
    case AsciiCase::kSwapped:
      std::ranges::transform(bytes, out, swapped);
      return;
    case AsciiCase::kTitle:
      capitalize_words(out, bytes);
      return;
    case AsciiCase::kCapitalized:
      if (bytes.empty()) return;
      *out = to_ascii_upper(bytes.front());
      std::ranges::transform(bytes.subspan(1), out + 1, to_ascii_lower);
  }
}

AsciiLine ascii_line(ByteSpan bytes, std::size_t begin) noexcept {
  const auto is_end = [](std::uint8_t byte) { return byte == '\n' || byte == '\r'; };
  std::size_t end = begin;
  while (end < bytes.size() && !is_end(bytes[end])) ++end;
  if (end == bytes.size()) return {end, end};
  const bool is_pair = bytes[end] == '\r' && end + 1 < bytes.size() && bytes[end + 1] == '\n';
  return {end, end + (is_pair ? 2 : 1)};
}

namespace {

// act(byte, times) for each byte, and for the spaces of each tab; false: no further.
template <class Act>
void for_each_expanded(ByteSpan bytes, std::size_t columns, Act act) noexcept {
  std::size_t column = 0;
  for (const std::uint8_t byte : bytes) {
    std::size_t times = 1;
    if (byte == '\t') times = columns == 0 ? 0 : columns - column % columns;
    column = byte == '\n' || byte == '\r' ? 0 : column + times;
    if (!act(byte == '\t' ? std::uint8_t{' '} : byte, times)) return;
  }
}

}  // namespace

std::size_t measure_expanded_tabs(ByteSpan bytes, std::size_t columns) noexcept {
  std::size_t size = 0;
  for_each_expanded(bytes, columns, [&size](std::uint8_t, std::size_t times) {
    const bool fits = !__builtin_add_overflow(size, times, &size) && size <= PTRDIFF_MAX;
    if (!fits) size = SIZE_MAX;
    return fits;
  });
  return size;
}

void expand_tabs(std::uint8_t* out, ByteSpan bytes, std::size_t columns) noexcept {
  for_each_expanded(bytes, columns, [&out](std::uint8_t byte, std::size_t times) {
    out = std::fill_n(out, times, byte);
    return true;
  });
}

}  // namespace orochi::inline OROCHI_DESIGN::text
