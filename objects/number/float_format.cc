#include "objects/number/float_format.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "objects/number/float_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr int kDefaultPrecision = 6;
// No double has more digits; beyond are zeros.
constexpr int kMostDigits = 1'100;
// The digits of the largest double, an exponent, a point, a percent sign.
constexpr std::size_t kBesidePrecision = 330;

// Text that grows at its end, in room that suffices.
struct Writer {
  char* begin;
  char* end;
  char* limit;

  void put(char c) noexcept { *end++ = c; }
  void put(std::string_view text) noexcept { end = std::copy(text.begin(), text.end(), end); }
  void put(double x, std::chars_format format, int precision) noexcept {
    end = std::to_chars(end, limit, x, format, precision).ptr;
  }
  void insert(char* at, std::string_view text) noexcept {
    std::copy_backward(at, end, end + text.size());
    std::copy(text.begin(), text.end(), at);
    end += text.size();
  }
  void erase(char* from, char* to) noexcept { end = std::copy(to, end, from); }
  [[nodiscard]] char* find(char c) const noexcept { return std::find(begin, end, c); }
};

// Where the digits end and an exponent may begin.
char* mantissa_end(const Writer& text) noexcept { return text.find('e'); }

bool has_point(const Writer& text) noexcept { return text.find('.') != text.end; }

void ensure_point(Writer& text) noexcept {
  if (!has_point(text)) text.insert(mantissa_end(text), ".");
}

void strip_zeros(Writer& text) noexcept {
  if (!has_point(text)) return;
  char* const end = mantissa_end(text);
  char* last = end;
  while (last[-1] == '0') --last;
  if (last[-1] == '.') --last;
  text.erase(last, end);
}

int exponent_of(const Writer& text) noexcept {
  const char* sign = mantissa_end(text) + 1;
  int exponent = 0;
  std::from_chars(*sign == '+' ? sign + 1 : sign, text.end, exponent);
  return exponent;
}

// `is_plain`: without a type, an exponent comes one digit earlier, to leave room for ".0".
void print_general(Writer& text, double x, const FloatStyle& style, bool is_plain) noexcept {
  const std::int64_t digits =
      std::max(style.precision < 0 ? kDefaultPrecision : style.precision, 1);
  // Zeros are stripped again, so only # prints more than there are.
  const auto printed =
      static_cast<int>(style.alternate ? digits : std::min<std::int64_t>(digits, kMostDigits));
  text.put(x, std::chars_format::scientific, printed - 1);
  const int exponent = exponent_of(text);
  const bool is_fixed = exponent >= -4 && exponent < digits - (is_plain ? 1 : 0);
  if (is_fixed) {
    text.end = text.begin;
    text.put(x, std::chars_format::fixed, std::max(printed - 1 - exponent, 0));
  }
  if (!style.alternate) strip_zeros(text);
  if (is_plain && is_fixed && !has_point(text)) text.put(".0");
  if (is_plain && is_fixed && text.end[-1] == '.') text.put('0');
}

int precision_or_default(const FloatStyle& style) noexcept {
  return style.precision < 0 ? kDefaultPrecision : style.precision;
}

// A finite number that is not negative.
void print_finite(Writer& text, double x, const FloatStyle& style) noexcept {
  switch (style.type) {
    case 'e':
    case 'E':
      text.put(x, std::chars_format::scientific, precision_or_default(style));
      break;
    case 'f':
    case 'F':
    case '%':
      text.put(x, std::chars_format::fixed, precision_or_default(style));
      break;
    case 'g':
    case 'G':
      print_general(text, x, style, false);
      break;
    default:
      if (style.precision < 0)
        text.end = print_double(text.end, x);
      else
        print_general(text, x, style, true);
  }
  if (style.alternate) ensure_point(text);
}

bool is_upper(char type) noexcept { return type == 'E' || type == 'F' || type == 'G'; }

void to_upper(Writer& text) noexcept {
  for (char* c = text.begin; c != text.end; ++c)
    if (*c >= 'a' && *c <= 'z') *c = static_cast<char>(*c - 32);
}

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

}  // namespace

std::size_t format_double_room(const FloatStyle& style) noexcept {
  return kBesidePrecision + static_cast<std::size_t>(precision_or_default(style));
}

PrintedDouble format_double(char* out, double x, const FloatStyle& style) noexcept {
  Writer text{out, out, out + format_double_room(style)};
  const double scaled = std::abs(style.type == '%' ? x * 100 : x);
  if (std::isnan(scaled))
    text.put("nan");
  else if (std::isinf(scaled))
    text.put("inf");
  else
    print_finite(text, scaled, style);
  if (is_upper(style.type)) to_upper(text);

  PrintedDouble printed;
  printed.integer_digits =
      static_cast<std::size_t>(std::find_if_not(text.begin, text.end, is_digit) - out);
  printed.negative = std::signbit(x) && !std::isnan(x);
  const std::string_view mantissa{out, static_cast<std::size_t>(mantissa_end(text) - out)};
  printed.is_zero = std::isfinite(scaled) && mantissa.find_first_of("123456789") == mantissa.npos;
  if (style.type == '%') text.put('%');
  printed.size = static_cast<std::size_t>(text.end - out);
  return printed;
}

}  // namespace orochi::inline OROCHI_DESIGN
