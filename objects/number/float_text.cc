#include "objects/number/float_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace orochi::inline OROCHI_DESIGN {
namespace {

// repr() has an exponent for what begins so many digits behind the point or ends so far before it.
constexpr int kFirstFixedPoint = -3;
constexpr int kLastFixedPoint = 16;

char* append(char* out, std::string_view text) noexcept {
  return std::copy(text.begin(), text.end(), out);
}

// The digits of a double and where its decimal point is: 0.0123 is "123" and -1.
struct Decimal {
  char digits[24];
  int count = 0;
  int point = 0;
};

Decimal shortest_decimal(double magnitude) noexcept {
  char text[kDoubleReprRoom];
  const char* const end =
      std::to_chars(text, text + sizeof text, magnitude, std::chars_format::scientific).ptr;
  const char* const mark = std::find<const char*>(text, end, 'e');
  Decimal decimal;
  for (const char* c = text; c != mark; ++c)
    if (*c != '.') decimal.digits[decimal.count++] = *c;
  const char* const exponent = mark + (mark[1] == '+' ? 2 : 1);
  std::from_chars(exponent, end, decimal.point);
  ++decimal.point;
  return decimal;
}

char* print_fixed(char* out, const Decimal& decimal) noexcept {
  const char* const digits = decimal.digits;
  const char* const end = digits + decimal.count;
  if (decimal.point <= 0) {
    out = std::fill_n(append(out, "0."), -decimal.point, '0');
    return std::copy(digits, end, out);
  }
  const int before = std::min(decimal.point, decimal.count);
  out = std::copy_n(digits, before, out);
  out = std::fill_n(out, decimal.point - before, '0');
  *out++ = '.';
  if (before == decimal.count) *out++ = '0';
  return std::copy(digits + before, end, out);
}

char* print_scientific(char* out, const Decimal& decimal) noexcept {
  *out++ = decimal.digits[0];
  if (decimal.count > 1) *out++ = '.';
  out = std::copy(decimal.digits + 1, decimal.digits + decimal.count, out);
  const int exponent = decimal.point - 1;
  out = append(out, exponent < 0 ? "e-" : "e+");
  if (std::abs(exponent) < 10) *out++ = '0';
  return std::to_chars(out, out + 4, std::abs(exponent)).ptr;
}

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool has_misplaced_underscore(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') continue;
    if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1]))
      return true;
  }
  return false;
}

bool equal_in_any_case(std::string_view text, std::string_view lower) noexcept {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

// The exponent that is written behind the digits, as far as an int can tell.
int written_exponent(std::string_view text) noexcept {
  const std::size_t mark = text.find_first_of("eE");
  if (mark == text.npos) return 0;
  std::string_view digits = text.substr(mark + 1);
  if (digits[0] == '+') digits.remove_prefix(1);
  int exponent = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
  if (read.ec == std::errc{}) return exponent;
  constexpr int kFar = std::numeric_limits<int>::max() / 2;
  return digits[0] == '-' ? -kFar : kFar;
}

// What no double can hold is too large or too small: which, tells the place of its first digit.
double out_of_range(std::string_view text) noexcept {
  const std::string_view mantissa = text.substr(0, text.find_first_of("eE"));
  const std::size_t dot = std::min(mantissa.find('.'), mantissa.size());
  const std::size_t first = mantissa.find_first_not_of("0.");
  const auto place = static_cast<std::int64_t>(dot) - static_cast<std::int64_t>(first);
  const bool is_large = place + written_exponent(text) > 0;
  return is_large ? std::numeric_limits<double>::infinity() : 0.0;
}

// Digits with a point and an exponent, and no sign.
std::optional<double> parse_digits(std::string_view text) noexcept {
  if (text.empty() || (!is_digit(text[0]) && text[0] != '.')) return std::nullopt;
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ptr != end || read.ec == std::errc::invalid_argument) return std::nullopt;
  return read.ec == std::errc::result_out_of_range ? out_of_range(text) : value;
}

// Takes the sign away: -1 or 1.
double take_sign(std::string_view& text) noexcept {
  const char c = text.empty() ? ' ' : text[0];
  if (c == '-' || c == '+') text.remove_prefix(1);
  return c == '-' ? -1.0 : 1.0;
}

}  // namespace

std::string_view trim_ascii_spaces(std::string_view text) noexcept {
  constexpr std::string_view kSpaces = " \t\n\v\f\r";
  const std::size_t begin = text.find_first_not_of(kSpaces);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) + 1 - begin);
}

char* print_double(char* out, double x) noexcept {
  if (std::isnan(x)) return append(out, "nan");
  if (std::signbit(x)) *out++ = '-';
  if (std::isinf(x)) return append(out, "inf");
  const Decimal decimal = shortest_decimal(std::abs(x));
  const bool is_fixed = decimal.point >= kFirstFixedPoint && decimal.point <= kLastFixedPoint;
  return is_fixed ? print_fixed(out, decimal) : print_scientific(out, decimal);
}

std::optional<double> parse_named_double(std::string_view text) noexcept {
  const double sign = take_sign(text);
  if (equal_in_any_case(text, "inf") || equal_in_any_case(text, "infinity"))
    return std::copysign(std::numeric_limits<double>::infinity(), sign);
  if (equal_in_any_case(text, "nan"))
    return std::copysign(std::numeric_limits<double>::quiet_NaN(), sign);
  return std::nullopt;
}

std::size_t parse_double_scratch(std::string_view text) noexcept {
  return text.find('_') == text.npos ? 0 : text.size();
}

std::optional<double> parse_double(std::string_view text, std::span<char> scratch) noexcept {
  text = trim_ascii_spaces(text);
  if (const std::optional<double> named = parse_named_double(text)) return named;
  const double sign = take_sign(text);
  if (has_misplaced_underscore(text)) return std::nullopt;
  if (parse_double_scratch(text) != 0) {
    const char* const end = std::remove_copy(text.begin(), text.end(), scratch.data(), '_');
    text = {scratch.data(), static_cast<std::size_t>(end - scratch.data())};
  }
  const std::optional<double> magnitude = parse_digits(text);
  if (!magnitude) return std::nullopt;
  return std::copysign(*magnitude, sign);
}

}  // namespace orochi::inline OROCHI_DESIGN
