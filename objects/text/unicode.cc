#include "objects/text/unicode.h"

#include "objects/text/unicode_tables.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

constexpr std::string_view kCategoryNames =
    "CnLuLlLtLmLoMnMcMeNdNlNoPcPdPsPePiPfPoSmScSkSoZsZlZpCcCfCsCo";

bool has(CodePoint point, Property property) noexcept { return kind_of(point).has(property); }

bool is_between(Category category, Category first, Category last) noexcept {
  return category >= first && category <= last;
}

char ascii_of_number(CodePoint point) noexcept {
  if (point < 0x80) return static_cast<char>(point);
  if (is_space(point)) return ' ';
  const int value = decimal_value(point);
  return value < 0 ? '?' : static_cast<char>('0' + value);
}

}  // namespace

Category category_of(CodePoint point) noexcept {
  return static_cast<Category>(kind_of(point).category);
}

std::string_view category_name(Category category) noexcept {
  return kCategoryNames.substr(2 * static_cast<std::size_t>(category), 2);
}

bool is_alphabetic(CodePoint point) noexcept {
  return is_between(category_of(point), Category::kUppercaseLetter, Category::kOtherLetter);
}

bool is_decimal(CodePoint point) noexcept { return has(point, Property::kDecimal); }
bool is_digit(CodePoint point) noexcept { return has(point, Property::kDigit); }
bool is_numeric(CodePoint point) noexcept { return has(point, Property::kNumeric); }

bool is_alphanumeric(CodePoint point) noexcept {
  return is_alphabetic(point) || is_decimal(point) || is_digit(point) || is_numeric(point);
}

bool is_space(CodePoint point) noexcept { return has(point, Property::kSpace); }

bool is_line_break(CodePoint point) noexcept {
  return (point >= '\n' && point <= '\r') || (point >= 0x1C && point <= 0x1E) || point == 0x85 ||
         point == 0x2028 || point == 0x2029;
}

bool is_printable(CodePoint point) noexcept {
  const Category category = category_of(point);
  const bool is_blank = is_between(category, Category::kSpaceSeparator, Category::kPrivateUse);
  return point == ' ' || (!is_blank && category != Category::kUnassigned);
}

bool is_lower(CodePoint point) noexcept { return has(point, Property::kLower); }
bool is_upper(CodePoint point) noexcept { return has(point, Property::kUpper); }
bool is_title(CodePoint point) noexcept { return category_of(point) == Category::kTitlecaseLetter; }
bool is_cased(CodePoint point) noexcept {
  return is_lower(point) || is_upper(point) || is_title(point);
}
bool is_case_ignorable(CodePoint point) noexcept { return has(point, Property::kCaseIgnorable); }

bool begins_identifier(CodePoint point) noexcept {
  return point == '_' || has(point, Property::kIdStart);
}
bool continues_identifier(CodePoint point) noexcept { return has(point, Property::kIdContinue); }

bool is_identifier(View text) noexcept {
  if (text.size == 0 || !begins_identifier(text[0])) return false;
  for (std::size_t i = 1; i < text.size; ++i)
    if (!continues_identifier(text[i])) return false;
  return true;
}

int decimal_value(CodePoint point) noexcept {
  return is_decimal(point) ? digit_value_of(point) : -1;
}

int digit_value_of(CodePoint point) noexcept {
  const std::uint8_t digit = kind_of(point).digit;
  return digit == kNoDigit ? -1 : digit;
}

void to_ascii_number(char* out, View text) noexcept {
  for (std::size_t i = 0; i < text.size; ++i) out[i] = ascii_of_number(text[i]);
}

}  // namespace orochi::inline OROCHI_DESIGN::text
