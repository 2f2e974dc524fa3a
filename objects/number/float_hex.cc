#include "objects/number/float_hex.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "objects/number/double_parts.h"
#include "objects/number/float_text.h"
#include "objects/number/int_text.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr int kFractionBits = 52;
constexpr std::uint64_t kHiddenBit = std::uint64_t{1} << kFractionBits;

char* append(char* out, std::string_view text) noexcept {
  return std::copy(text.begin(), text.end(), out);
}

// Thirteen digits, leading zeros included.
char* print_fraction(char* out, std::uint64_t fraction) noexcept {
  for (int shift = kFractionBits - 4; shift >= 0; shift -= 4)
    *out++ = "0123456789abcdef"[fraction >> shift & 0xF];
  return out;
}

// Digits as they come in; what no double can hold only leaves a trace.
class HexMantissa {
 public:
  void add(int digit, bool after_point) noexcept {
    if (bits_ >> 59 == 0) {
      bits_ = bits_ << 4 | static_cast<std::uint64_t>(digit);
      exponent_ -= after_point ? 4 : 0;
    } else {
      inexact_ = inexact_ || digit != 0;
      exponent_ += after_point ? 0 : 4;
    }
  }
  [[nodiscard]] std::optional<double> value(std::int64_t exponent, bool negative) const noexcept {
    return put_together(bits_, inexact_, exponent_ + exponent, negative);
  }

 private:
  std::uint64_t bits_ = 0;
  std::int64_t exponent_ = 0;
  bool inexact_ = false;
};

// Takes digits with at most one point from the front of `text`; false: there is no digit.
bool take_mantissa(std::string_view& text, HexMantissa& mantissa) noexcept {
  bool has_digit = false;
  bool after_point = false;
  for (; !text.empty(); text.remove_prefix(1)) {
    const int digit = integer::digit_value(text[0]);
    if (digit < 16) {
      mantissa.add(digit, after_point);
      has_digit = true;
    } else if (text[0] == '.' && !after_point) {
      after_point = true;
    } else {
      break;
    }
  }
  return has_digit;
}

// What is beyond these is beyond all doubles, however many digits there are.
constexpr std::int64_t kFar = std::int64_t{1} << 60;

// All of `text` as an exponent: nothing, or p, a sign and digits.
std::optional<std::int64_t> read_exponent(std::string_view text) noexcept {
  if (text.empty()) return 0;
  if ((text[0] | 0x20) != 'p') return std::nullopt;
  text.remove_prefix(1);
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (text.empty() || text[0] == '-') return std::nullopt;
  std::int64_t exponent = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (read.ptr != text.data() + text.size()) return std::nullopt;
  exponent = read.ec == std::errc{} ? std::min(exponent, kFar) : kFar;
  return negative ? -exponent : exponent;
}

constexpr HexDouble kInvalid{0, HexFault::kInvalid};

}  // namespace

char* print_double_hex(char* out, double x) noexcept {
  if (!std::isfinite(x)) return print_double(out, x);
  const DoubleParts parts = take_apart(x);
  const bool is_normal = (parts.mantissa & kHiddenBit) != 0;
  const int exponent = parts.mantissa == 0 ? 0 : parts.exponent + kFractionBits;
  if (parts.negative) *out++ = '-';
  out = append(out, is_normal ? "0x1." : "0x0.");
  if (parts.mantissa == 0)
    *out++ = '0';
  else
    out = print_fraction(out, parts.mantissa);
  out = append(out, exponent < 0 ? "p-" : "p+");
  return std::to_chars(out, out + 5, std::abs(exponent)).ptr;
}

HexDouble parse_double_hex(std::string_view text) noexcept {
  text = trim_ascii_spaces(text);
  if (const std::optional<double> named = parse_named_double(text)) return {*named};
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
  HexMantissa mantissa;
  if (!take_mantissa(text, mantissa)) return kInvalid;
  const std::optional<std::int64_t> exponent = read_exponent(text);
  if (!exponent) return kInvalid;
  const std::optional<double> value = mantissa.value(*exponent, negative);
  if (!value) return {0, HexFault::kTooLarge};
  return {*value};
}

}  // namespace orochi::inline OROCHI_DESIGN
