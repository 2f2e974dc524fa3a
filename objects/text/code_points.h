// objects/text/code_points.h: text as a row of code points, each in as many bytes as the widest of
// them needs: 1, 2 or 4.
//
// T1  A text has the narrowest width that holds it; so two equal texts have equal bytes.
// T2  Surrogates are code points like others here: Python's str may hold single ones.
//
// Pure functions on memory of the caller's; any thread.
// Tests: tests/objects/text/code_points_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::text {

using CodePoint = std::uint32_t;
inline constexpr CodePoint kLastCodePoint = 0x10FFFF;

// What the widest code point of a text is one of.
enum class Repertoire : std::uint8_t { kAscii, kLatin1, kUcs2, kUcs4 };

[[nodiscard]] constexpr Repertoire repertoire_of(CodePoint widest) noexcept {
  if (widest < 0x80) return Repertoire::kAscii;
  if (widest < 0x100) return Repertoire::kLatin1;
  return widest < 0x10000 ? Repertoire::kUcs2 : Repertoire::kUcs4;
}
[[nodiscard]] constexpr std::size_t bytes_per_point(Repertoire repertoire) noexcept {
  if (repertoire <= Repertoire::kLatin1) return 1;
  return repertoire == Repertoire::kUcs2 ? 2 : 4;
}

[[nodiscard]] constexpr bool is_surrogate(CodePoint point) noexcept {
  return point >= 0xD800 && point <= 0xDFFF;
}

// Somebody's code points, of any width.
struct View {
  const void* data = nullptr;
  std::size_t size = 0;   // code points
  std::size_t width = 1;  // bytes of each: 1, 2 or 4

  template <class Unit>
  [[nodiscard]] std::span<const Unit> units() const noexcept {
    return {static_cast<const Unit*>(data), size};
  }
  [[nodiscard]] View slice(std::size_t begin, std::size_t end) const noexcept {
    return {static_cast<const std::uint8_t*>(data) + begin * width, end - begin, width};
  }
  [[nodiscard]] CodePoint operator[](std::size_t i) const noexcept {
    if (width == 1) return units<std::uint8_t>()[i];
    return width == 2 ? units<std::uint16_t>()[i] : units<std::uint32_t>()[i];
  }
};

template <class Unit>
[[nodiscard]] constexpr View view_of(std::span<const Unit> units) noexcept {
  return {units.data(), units.size(), sizeof(Unit)};
}

// Calls action(units) with a span of std::uint8_t, std::uint16_t or std::uint32_t.
template <class Action>
decltype(auto) with_units(View text, Action&& action) {
  if (text.width == 1) return action(text.units<std::uint8_t>());
  if (text.width == 2) return action(text.units<std::uint16_t>());
  return action(text.units<std::uint32_t>());
}

// How many of the first bytes are ASCII.
[[nodiscard]] std::size_t ascii_prefix(std::span<const std::uint8_t> bytes) noexcept;
[[nodiscard]] inline bool is_ascii(std::span<const std::uint8_t> bytes) noexcept {
  return ascii_prefix(bytes) == bytes.size();
}

// What the widest of them is one of: which width a slice or a replaced text gets (T1).
[[nodiscard]] Repertoire repertoire_of(View text) noexcept;

// Copies into units of another width. Requires: every code point fits.
void copy_points(void* out, std::size_t out_width, View text) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::text
