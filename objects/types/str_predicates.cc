#include "objects/types/str_predicates.h"

#include <algorithm>

#include "objects/text/unicode.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using text::CodePoint;

[[nodiscard]] bool all_are(const Str& str, bool (*is_so)(CodePoint) noexcept) noexcept {
  return text::with_units(str.view(), [is_so](auto units) {
    return std::ranges::all_of(units, [is_so](auto unit) { return is_so(unit); });
  });
}

[[nodiscard]] bool some_and_all_are(const Str& str, bool (*is_so)(CodePoint) noexcept) noexcept {
  return str.size() != 0 && all_are(str, is_so);
}

[[nodiscard]] bool is_upper_or_title(CodePoint point) noexcept {
  return text::is_upper(point) || text::is_title(point);
}
[[nodiscard]] bool is_lower_or_title(CodePoint point) noexcept {
  return text::is_lower(point) || text::is_title(point);
}

// There is one of the wanted case, and none of the others.
[[nodiscard]] bool has_case(const Str& str, bool (*is_wanted)(CodePoint) noexcept,
                            bool (*is_other)(CodePoint) noexcept) noexcept {
  return text::with_units(str.view(), [=](auto units) {
    bool has_some = false;
    for (const auto unit : units) {
      if (is_other(unit)) return false;
      has_some = has_some || is_wanted(unit);
    }
    return has_some;
  });
}

}  // namespace

bool is_alphabetic(const Str& str) noexcept { return some_and_all_are(str, text::is_alphabetic); }
bool is_alphanumeric(const Str& str) noexcept {
  return some_and_all_are(str, text::is_alphanumeric);
}
bool is_decimal(const Str& str) noexcept { return some_and_all_are(str, text::is_decimal); }
bool is_digit(const Str& str) noexcept { return some_and_all_are(str, text::is_digit); }
bool is_numeric(const Str& str) noexcept { return some_and_all_are(str, text::is_numeric); }
bool is_space(const Str& str) noexcept { return some_and_all_are(str, text::is_space); }
bool is_printable(const Str& str) noexcept { return all_are(str, text::is_printable); }

bool is_lower(const Str& str) noexcept { return has_case(str, text::is_lower, is_upper_or_title); }
bool is_upper(const Str& str) noexcept { return has_case(str, text::is_upper, is_lower_or_title); }

bool is_title(const Str& str) noexcept {
  return text::with_units(str.view(), [](auto units) {
    bool has_some = false;
    bool is_in_word = false;
    for (const CodePoint point : units) {
      const bool is_capital = is_upper_or_title(point);
      const bool is_small = text::is_lower(point);
      if (is_capital ? is_in_word : is_small && !is_in_word) return false;
      is_in_word = is_capital || is_small;
      has_some = has_some || is_in_word;
    }
    return has_some;
  });
}

}  // namespace orochi::inline OROCHI_DESIGN
