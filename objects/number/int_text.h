// objects/number/int_text.h: integers as text in bases 2 to 36, as int() reads and str()
// writes them.
//
// Text is ASCII here. Python's int() also takes the digits and spaces of all scripts: whoever has
// such text maps it first (objects/text/unicode.h). There is no limit on the length of either;
// Python's limit of 4 300 digits is a setting of its `sys` and is checked by whoever knows that.
//
//     const std::optional<IntText> text = scan_int_text(chars, 10);     // nothing: not an integer
//     View value = parse_int(out, *text, scratch);
//
// Both directions take less than quadratic time.
// Conventions of rooms and scratch: objects/number/limbs.h
// Tests: tests/objects/number/int_text_test.cc   Cost: bench/objects/number/limbs_bench.cc
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "objects/number/limbs.h"

namespace orochi::inline OROCHI_DESIGN::integer {

inline constexpr int kMaxBase = 36;

// The value of a digit in the largest base, or kMaxBase.
[[nodiscard]] int digit_value(char c) noexcept;

// What was found to be an integer.
struct IntText {
  std::string_view digits;  // perhaps with underscores between them
  std::size_t count = 0;    // without those
  int base = 10;
  bool negative = false;
};

// By the rules of int(text, base): spaces around, a sign, a prefix that fits the base, underscores
// between digits and after a prefix. Base 0 asks the prefix; then a decimal has no leading zero.
// Requires: base is 0 or 2 to 36.
[[nodiscard]] std::optional<IntText> scan_int_text(std::string_view text, int base) noexcept;

[[nodiscard]] std::size_t parse_int_room(const IntText& text) noexcept;
[[nodiscard]] std::size_t parse_int_scratch(const IntText& text) noexcept;
View parse_int(Limb* out, const IntText& text, std::span<Limb> scratch) noexcept;

// Characters, with those of a sign.
[[nodiscard]] std::size_t print_int_room(View a, int base) noexcept;
[[nodiscard]] std::size_t print_int_scratch(View a, int base) noexcept;
// Returns how many there are. Lower case, no prefix.
std::size_t print_int(char* out, View a, int base, std::span<Limb> scratch) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::integer
