#include "python/compiler/literal_text.h"

#include <charconv>
#include <cmath>
#include <cstring>

#include "python/compiler/characters.h"
#include "python/compiler/growing_array.h"
#include "python/compiler/number_text.h"
#include "python/compiler/utf8.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

// ' unless that would need escapes and " would not.
char quote_for(std::string_view text) noexcept {
  const bool has_single = text.find('\'') != std::string_view::npos;
  return has_single && text.find('"') == std::string_view::npos ? '"' : '\'';
}

std::string_view short_escape(char32_t code) noexcept {
  switch (code) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    case '\\':
      return "\\\\";
    default:
      return {};
  }
}

void write_escape(char32_t code, WriteText write) {
  const auto number = static_cast<std::uint32_t>(code);
  const std::size_t width = number < 0x100 ? 2 : number < 0x10000 ? 4 : 8;
  write(width == 2 ? "\\x" : width == 4 ? "\\u" : "\\U");
  write(Hex(number, width).text());
}

void write_character(char32_t code, char quote, WriteText write) {
  const char c = static_cast<char>(code);
  if (const std::string_view escape = short_escape(code); !escape.empty()) return write(escape);
  if (code == static_cast<unsigned char>(quote)) write("\\");
  if (code >= ' ' && code < 0x7F) return write({&c, 1});
  write_escape(code, write);
}

// Number of digits from most to least significant, in any base up to 16, as decimal text: by
// repeated multiplication of a number in limbs of nine decimal digits.
class DecimalText {
 public:
  [[nodiscard]] bool add_digit(std::uint32_t base, std::uint32_t digit) {
    std::uint64_t carry = digit;
    for (std::size_t i = 0; i < limbs_.size(); ++i) {
      carry += std::uint64_t{limbs_[i]} * base;
      limbs_[i] = static_cast<std::uint32_t>(carry % kLimb);
      carry /= kLimb;
    }
    return carry == 0 || limbs_.push(static_cast<std::uint32_t>(carry));
  }
  void write(WriteText write) const {
    if (limbs_.empty()) return write("0");
    write(Digits(limbs_[limbs_.size() - 1]).text());
    for (std::size_t i = limbs_.size() - 1; i-- > 0;) {
      const Digits limb(limbs_[i] + std::uint64_t{kLimb});  // a leading 1 keeps the zeros
      write(limb.text().substr(1));
    }
  }

 private:
  static constexpr std::uint32_t kLimb = 1'000'000'000;
  GrowingArray<std::uint32_t> limbs_;
};

std::uint32_t base_of(std::string_view text) noexcept {
  if (text.size() < 2 || text[0] != '0') return 10;
  return text[1] == 'x' ? 16 : text[1] == 'o' ? 8 : text[1] == 'b' ? 2 : 10;
}

bool write_int(std::string_view text, WriteText write) {
  const std::uint32_t base = base_of(text);
  if (base == 10) {
    const std::size_t first = std::min(text.find_first_not_of('0'), text.size() - 1);
    write(text.substr(first));
    return true;
  }
  DecimalText decimal;
  for (const char c : text.substr(2))
    if (!decimal.add_digit(base, hex_digit(c))) return false;
  decimal.write(write);
  return true;
}

// As an imaginary part: without ".0".
void write_imaginary(double number, WriteText write) {
  char digits[32];
  const auto is_whole = number == std::floor(number) && std::fabs(number) < 1e16;
  if (!is_whole) {
    write_float(number, write);
  } else {
    const auto end =
        std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed);
    write({digits, static_cast<std::size_t>(end.ptr - digits)});
  }
  write("j");
}

}  // namespace

void write_str(std::string_view text, WriteText write) noexcept {
  const char quote = quote_for(text);
  write({&quote, 1});
  while (!text.empty()) {
    write_character(utf8::decode_first(text), quote, write);
    text.remove_prefix(utf8::size_of_first(text));
  }
  write({&quote, 1});
}

void write_bytes(std::string_view bytes, WriteText write) noexcept {
  const char quote = quote_for(bytes);
  write("b");
  write({&quote, 1});
  for (const char byte : bytes) write_character(static_cast<unsigned char>(byte), quote, write);
  write({&quote, 1});
}

// The shortest digits that mean the same number; as 1e+16 from 16 digits on and as 1e-05 from four
// zeros on.
void write_float(double number, WriteText write) noexcept {
  if (std::isinf(number)) return write("inf");
  char digits[400];
  const double size = std::fabs(number);
  const bool plain = size == 0 || (size >= 1e-4 && size < 1e16);
  const auto form = plain ? std::chars_format::fixed : std::chars_format::scientific;
  const auto end = std::to_chars(digits, digits + sizeof digits, number, form).ptr;
  const std::string_view text(digits, static_cast<std::size_t>(end - digits));
  write(text);
  if (plain && text.find('.') == std::string_view::npos) write(".0");
}

bool write_literal(const ast::Literal& literal, WriteText write) noexcept {
  using Kind = ast::Literal::Kind;
  switch (literal.kind) {
    case Kind::kNone:
      write("None");
      return true;
    case Kind::kFalse:
      write("False");
      return true;
    case Kind::kTrue:
      write("True");
      return true;
    case Kind::kEllipsis:
      write("Ellipsis");
      return true;
    case Kind::kInt:
      return write_int(literal.text, write);
    case Kind::kFloat:
      write_float(literal.number, write);
      return true;
    case Kind::kComplex:
      write_imaginary(literal.number, write);
      return true;
    case Kind::kStr:
      write_str(literal.text, write);
      return true;
    case Kind::kBytes:
      write_bytes(literal.text, write);
      return true;
  }
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
