// objects/text/format_layout.h: what stands around a formatted number or text: padding, sign,
// prefix, separators between digits.
//
//     const Padding padding = pad(spec, size);                     // a text
//
//     const NumberLayout layout = lay_out(spec, number);           // a number
//     void* out = ...;                        // layout.size code points, wide enough for spec.fill
//     write_number(out, width, layout, spec, number);
//
// Pure functions; any thread. Tests: tests/objects/text/format_layout_test.cc
#pragma once

#include <cstddef>
#include <string_view>

#include "objects/text/format_spec.h"

namespace orochi::inline OROCHI_DESIGN::text {

struct Padding {
  std::size_t left = 0;
  std::size_t right = 0;
};
// Of what has `size` code points. (= is > here.)
[[nodiscard]] Padding pad(const FormatSpec& spec, std::size_t size) noexcept;

// A number taken apart, all of it ASCII.
struct NumberText {
  bool negative = false;
  std::string_view prefix;  // 0x, where # wants it
  std::string_view digits;  // before the point: what is grouped
  std::string_view rest;    // and all behind them; inf and nan are only that
};

struct NumberLayout {
  std::size_t size = 0;  // of all
  Padding padding;
  std::size_t inner = 0;   // fill between prefix and digits: =
  std::size_t digits = 0;  // with zeros that make the digits as wide as asked
  char sign = '\0';
};
[[nodiscard]] NumberLayout lay_out(const FormatSpec& spec, const NumberText& number) noexcept;

// `width`: bytes of a code point: 1, 2, 4.
void write_number(void* out, std::size_t width, const NumberLayout& layout, const FormatSpec& spec,
                  const NumberText& number) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::text
