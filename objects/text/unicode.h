// objects/text/unicode.h: what kind of character a code point is, as the methods of str ask.
//
// Unicode 14.0, as Python 3.11. Code points above U+10FFFF do not exist and may not be asked about.
// Cases are in case_mapping.h. Pure functions; any thread.
// Tests: tests/objects/text/unicode_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "objects/text/code_points.h"

namespace orochi::inline OROCHI_DESIGN::text {

// The general categories, kUnassigned first. make_tables.py has the same order.
enum class Category : std::uint8_t {
  kUnassigned,
  kUppercaseLetter,
  kLowercaseLetter,
  kTitlecaseLetter,
  kModifierLetter,
  kOtherLetter,
  kNonspacingMark,
  kSpacingMark,
  kEnclosingMark,
  kDecimalNumber,
  kLetterNumber,
  kOtherNumber,
  kConnectorPunctuation,
  kDashPunctuation,
  kOpenPunctuation,
  kClosePunctuation,
  kInitialPunctuation,
  kFinalPunctuation,
  kOtherPunctuation,
  kMathSymbol,
  kCurrencySymbol,
  kModifierSymbol,
  kOtherSymbol,
  kSpaceSeparator,
  kLineSeparator,
  kParagraphSeparator,
  kControl,
  kFormat,
  kSurrogate,
  kPrivateUse,
};

[[nodiscard]] Category category_of(CodePoint point) noexcept;
// Two letters: "Lu".
[[nodiscard]] std::string_view category_name(Category category) noexcept;

[[nodiscard]] bool is_alphabetic(CodePoint point) noexcept;  // str.isalpha
[[nodiscard]] bool is_decimal(CodePoint point) noexcept;
[[nodiscard]] bool is_digit(CodePoint point) noexcept;
[[nodiscard]] bool is_numeric(CodePoint point) noexcept;
[[nodiscard]] bool is_alphanumeric(CodePoint point) noexcept;
[[nodiscard]] bool is_space(CodePoint point) noexcept;
[[nodiscard]] bool is_line_break(CodePoint point) noexcept;  // str.splitlines
// What repr() shows as it is.
[[nodiscard]] bool is_printable(CodePoint point) noexcept;

[[nodiscard]] bool is_lower(CodePoint point) noexcept;
[[nodiscard]] bool is_upper(CodePoint point) noexcept;
[[nodiscard]] bool is_title(CodePoint point) noexcept;
[[nodiscard]] bool is_cased(CodePoint point) noexcept;
[[nodiscard]] bool is_case_ignorable(CodePoint point) noexcept;

[[nodiscard]] bool begins_identifier(CodePoint point) noexcept;
[[nodiscard]] bool continues_identifier(CodePoint point) noexcept;
[[nodiscard]] bool is_identifier(View text) noexcept;  // str.isidentifier

// 0 to 9, or -1.
[[nodiscard]] int decimal_value(CodePoint point) noexcept;
[[nodiscard]] int digit_value_of(CodePoint point) noexcept;

// A number in any script as int() and float() want it: decimals as 0 to 9, spaces as ' ', what is
// neither and not ASCII as '?'. `out` has room for as many characters as there are code points.
void to_ascii_number(char* out, View text) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::text
