// objects/text/format_spec.h: the mini-language of format(): what it says, what it must not say,
// and how much is put around a number or a text.
//
//     [[fill]align][sign][z][#][0][width][,|_][.precision][type]
//
// Pure functions; any thread. The digits themselves come from objects/number/.
// Tests: tests/objects/text/format_spec_test.cc, format_layout_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "objects/text/code_points.h"

namespace orochi::inline OROCHI_DESIGN::text {

struct FormatSpec {
  CodePoint fill = ' ';
  char align = '<';               // < > ^ =
  char sign = '\0';               // + - space, or none
  char grouping = '\0';           // , _ or none
  bool no_negative_zero = false;  // z
  bool alternate = false;         // #
  bool has_zero = false;          // 0 before the width, where no fill was given
  std::int64_t width = -1;        // none
  std::int64_t precision = -1;    // none
  CodePoint type = '\0';          // the default of the object, if none was given

  // How many digits stand between two separators.
  [[nodiscard]] std::size_t group_size() const noexcept {
    const bool is_binary = type == 'b' || type == 'o' || type == 'x' || type == 'X';
    return is_binary ? 4 : 3;
  }
};

enum class FormatFault : std::uint8_t {
  kNone,
  kTooManyDigits,
  kBothSeparators,
  kMissingPrecision,
  kSeparatorWithType,
  // "Invalid format specifier '...' for object of type '...'", with the whole specifier.
  kInvalidSpecifier,
  // "Unknown format code '...' for object of type '...'".
  kUnknownCode,
  kIntegerPrecision,
  kIntegerNegativeZero,
  kCharacterSign,
  kCharacterAlternate,
  kTextSign,
  kTextSpace,
  kTextNegativeZero,
  kTextAlternate,
  kTextAlign,
  kComplexZero,
  kComplexAlign,
  kPrecisionTooBig,
};

struct ParsedSpec {
  FormatSpec spec;
  FormatFault fault = FormatFault::kNone;
};
// `type` and `align` are what the object's type takes for granted: 'd' and '>', 's' and '<', ...
[[nodiscard]] ParsedSpec parse_format_spec(View text, char type, char align) noexcept;

// What these types have to complain about in a specifier that is well-formed. An integer whose type
// is one of eEfFgG% becomes a float, whose check comes next.
[[nodiscard]] FormatFault check_integer_spec(const FormatSpec& spec) noexcept;
[[nodiscard]] FormatFault check_float_spec(const FormatSpec& spec) noexcept;
[[nodiscard]] FormatFault check_complex_spec(const FormatSpec& spec) noexcept;
[[nodiscard]] FormatFault check_text_spec(const FormatSpec& spec) noexcept;

// What a ValueError says; returns its length. Not for kInvalidSpecifier, which quotes any length.
// `out` has kFormatMessageRoom and the length of `type_name`.
inline constexpr std::size_t kFormatMessageRoom = 96;
std::size_t print_format_fault(char* out, FormatFault fault, const FormatSpec& spec,
                               std::string_view type_name) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::text
