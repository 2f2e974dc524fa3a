#include "objects/number/float_round.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string_view>

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Beyond, a double has no digits to round, or rounds to nothing.
constexpr std::int64_t kMostDigits = 323;
constexpr std::int64_t kFewestDigits = -309;
// The digits of the longest double, as a number with an exponent: 1 before the point and the rest.
constexpr int kAllDigits = 770;

// A number as text, and back.
class Text {
 public:
  Text(double x, std::chars_format format, int precision) noexcept
      : end_(std::to_chars(text_, text_ + sizeof text_, x, format, precision).ptr) {}

  [[nodiscard]] std::string_view view() const noexcept {
    return {text_, static_cast<std::size_t>(end_ - text_)};
  }
  // Nothing: too large. (Too small it cannot be: it has the digits of a double.)
  [[nodiscard]] std::optional<double> value() const noexcept {
    double x = 0;
    if (std::from_chars(text_, end_, x).ec != std::errc{}) return std::nullopt;
    return x;
  }

 private:
  char text_[1'100];
  const char* end_;
};

int exponent_of(std::string_view scientific) noexcept {
  std::string_view exponent = scientific.substr(scientific.find('e') + 1);
  if (exponent[0] == '+') exponent.remove_prefix(1);
  int value = 0;
  std::from_chars(exponent.data(), exponent.data() + exponent.size(), value);
  return value;
}

// Whether a number, all of whose digits are given, is more than 5 at its first digit.
bool is_above_half(std::string_view scientific) noexcept {
  if (scientific[0] != '5') return scientific[0] > '5';
  const std::string_view rest = scientific.substr(1, scientific.find('e') - 1);
  return rest.find_first_of("123456789") != rest.npos;
}

double power_of_ten(int exponent) noexcept {
  char text[8] = "1e";
  const char* const end = std::to_chars(text + 2, text + sizeof text, exponent).ptr;
  double value = HUGE_VAL;
  std::from_chars(text, end, value);
  return value;
}

// A magnitude to a multiple of 10**places.
std::optional<double> round_to_places(double magnitude, int places) noexcept {
  const Text all{magnitude, std::chars_format::scientific, kAllDigits};
  const int kept = exponent_of(all.view()) - places + 1;  // digits
  if (kept > 0) return Text{magnitude, std::chars_format::scientific, kept - 1}.value();
  const bool is_one = kept == 0 && is_above_half(all.view());
  if (!is_one) return 0.0;
  const double value = power_of_ten(places);
  if (std::isinf(value)) return std::nullopt;
  return value;
}

std::optional<double> round_magnitude(double magnitude, int digits) noexcept {
  if (digits >= 0) return Text{magnitude, std::chars_format::fixed, digits}.value();
  return round_to_places(magnitude, -digits);
}

}  // namespace

std::optional<double> round_double(double x, std::int64_t digits) noexcept {
  if (!std::isfinite(x) || x == 0 || digits > kMostDigits) return x;
  if (digits < kFewestDigits) return std::copysign(0.0, x);
  const std::optional<double> rounded = round_magnitude(std::abs(x), static_cast<int>(digits));
  if (!rounded) return std::nullopt;
  return std::copysign(*rounded, x);
}

}  // namespace orochi::inline OROCHI_DESIGN
