#include "objects/number/int_text.h"

#include <gmp.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

#include "objects/number/gmp_memory.h"

namespace orochi::inline OROCHI_DESIGN::integer {
namespace {

constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kSpaces = " \t\n\v\f\r";

constexpr auto kDigitValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kMaxBase);
  for (std::size_t i = 0; i < kDigits.size(); ++i) {
    const auto c = static_cast<unsigned char>(kDigits[i]);
    values[c] = static_cast<std::uint8_t>(i);
    if (i >= 10) values[c - 'a' + 'A'] = static_cast<std::uint8_t>(i);
  }
  return values;
}();

// So many digits fit into one limb in every base.
constexpr std::size_t kLimbDigits = 12;

// The bits of kLimbDigits digits of a base, rounded up.
constexpr auto kBitsOfDigits = [] {
  std::array<std::uint8_t, kMaxBase + 1> bits{};
  for (std::uint64_t base = 2; base <= kMaxBase; ++base) {
    std::uint64_t power = 1;
    for (std::size_t i = 0; i < kLimbDigits; ++i) power *= base;
    bits[base] = static_cast<std::uint8_t>(std::bit_width(power - 1));
  }
  return bits;
}();

std::string_view trim(std::string_view text) noexcept {
  const std::size_t begin = text.find_first_not_of(kSpaces);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) + 1 - begin);
}

// The base that a prefix such as 0x stands for, or 0.
int base_of_prefix(std::string_view text) noexcept {
  if (text.size() < 2 || text[0] != '0') return 0;
  switch (text[1] | 0x20) {
    case 'x':
      return 16;
    case 'o':
      return 8;
    case 'b':
      return 2;
    default:
      return 0;
  }
}

// How many digits there are; 0: these are not digits with single underscores between them.
std::size_t count_digits(std::string_view text, int base) noexcept {
  std::size_t count = 0;
  bool after_digit = false;
  for (const char c : text) {
    if (c == '_' && after_digit) {
      after_digit = false;
      continue;
    }
    if (digit_value(c) >= base) return 0;
    ++count;
    after_digit = true;
  }
  return after_digit ? count : 0;
}

bool is_nonzero_with_leading_zero(std::string_view digits) noexcept {
  return digits.size() > 1 && digits[0] == '0' && digits.find_first_not_of("0_") != digits.npos;
}

// The digits as GMP wants them: their values. Returns how many.
std::size_t values_of(unsigned char* out, const IntText& text) noexcept {
  unsigned char* end = out;
  for (const char c : text.digits)
    if (c != '_') *end++ = static_cast<unsigned char>(digit_value(c));
  return static_cast<std::size_t>(end - out);
}

// In one limb, as nearly all are.
Limb parse_limb(const IntText& text) noexcept {
  Limb value = 0;
  for (const char c : text.digits)
    if (c != '_') value = value * static_cast<Limb>(text.base) + static_cast<Limb>(digit_value(c));
  return value;
}

std::size_t limbs_of_bytes(std::size_t bytes) noexcept {
  return (bytes + sizeof(Limb) - 1) / sizeof(Limb);
}

// The characters of the magnitude's digits; returns their end.
char* print_limbs(char* out, View a, int base, std::span<Limb> scratch) noexcept {
  // GMP destroys what it prints.
  const View doomed = copy(scratch.data(), a);
  const gmp::Arena arena{scratch.subspan(a.size + 1)};
  auto* const values = reinterpret_cast<unsigned char*>(out);
  const std::size_t count =
      mpn_get_str(values, base, scratch.data(), static_cast<mp_size_t>(doomed.size));
  const unsigned char* first = values;
  while (*first == 0) ++first;
  return std::transform(first, static_cast<const unsigned char*>(values + count), out,
                        [](unsigned char value) { return kDigits[value]; });
}

}  // namespace

int digit_value(char c) noexcept { return kDigitValues[static_cast<unsigned char>(c)]; }

std::optional<IntText> scan_int_text(std::string_view text, int base) noexcept {
  text = trim(text);
  IntText found;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    found.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  const int prefixed = base_of_prefix(text);
  const bool has_prefix = prefixed != 0 && (base == 0 || base == prefixed);
  if (has_prefix) text.remove_prefix(text.size() > 2 && text[2] == '_' ? 3 : 2);
  found.base = has_prefix ? prefixed : base == 0 ? 10 : base;
  found.digits = text;
  found.count = count_digits(text, found.base);
  if (found.count == 0) return std::nullopt;
  if (base == 0 && !has_prefix && is_nonzero_with_leading_zero(text)) return std::nullopt;
  return found;
}

std::size_t parse_int_room(const IntText& text) noexcept {
  const std::size_t bits = kBitsOfDigits[static_cast<std::size_t>(text.base)];
  return (text.count / kLimbDigits + 1) * bits / kLimbBits + 2;
}

std::size_t parse_int_scratch(const IntText& text) noexcept {
  if (text.count <= kLimbDigits) return 0;
  return limbs_of_bytes(text.count) + gmp::linear_scratch(parse_int_room(text));
}

View parse_int(Limb* out, const IntText& text, std::span<Limb> scratch) noexcept {
  if (text.count <= kLimbDigits) {
    out[0] = parse_limb(text);
    return normalized(out, 1, text.negative);
  }
  auto* const values = reinterpret_cast<unsigned char*>(scratch.data());
  const unsigned char* const end = values + values_of(values, text);
  const gmp::Arena arena{scratch.subspan(limbs_of_bytes(text.count))};
  const unsigned char* const first =
      std::find_if<const unsigned char*>(values, end - 1, [](int v) { return v != 0; });
  const auto count = static_cast<std::size_t>(end - first);
  const mp_size_t size = mpn_set_str(out, first, count, text.base);
  return normalized(out, static_cast<std::size_t>(size), text.negative);
}

std::size_t print_int_room(View a, int base) noexcept {
  if (a.is_zero()) return 1;
  return mpn_sizeinbase(a.limbs, static_cast<mp_size_t>(a.size), base) + 2;
}

std::size_t print_int_scratch(View a, int) noexcept {
  return a.size <= 1 ? 0 : a.size + 1 + gmp::linear_scratch(a.size);
}

std::size_t print_int(char* out, View a, int base, std::span<Limb> scratch) noexcept {
  char* end = out;
  if (a.negative) *end++ = '-';
  if (a.size > 1) return static_cast<std::size_t>(print_limbs(end, a, base, scratch) - out);
  const Limb magnitude = a.is_zero() ? 0 : a.limbs[0];
  end = std::to_chars(end, out + print_int_room(a, base), magnitude, base).ptr;
  return static_cast<std::size_t>(end - out);
}

}  // namespace orochi::inline OROCHI_DESIGN::integer
