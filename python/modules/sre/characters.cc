#include "python/modules/sre/characters.h"

#include <cctype>

#include "objects/text/ascii.h"
#include "objects/text/unicode.h"
#include "objects/text/unicode_tables.h"

namespace orochi::inline OROCHI_DESIGN::sre {
namespace {

constexpr CodePoint kAsciiEnd = 0x80;
constexpr CodePoint kByteEnd = 0x100;

[[nodiscard]] std::uint8_t byte_of(CodePoint point) noexcept {
  return static_cast<std::uint8_t>(point);
}

[[nodiscard]] bool is_ascii_word(CodePoint point) noexcept {
  if (point >= kAsciiEnd) return false;
  const std::uint8_t byte = byte_of(point);
  return text::is_ascii_letter(byte) || text::is_ascii_digit(byte) || byte == '_';
}

[[nodiscard]] bool is_ascii_digit(CodePoint point) noexcept {
  return point < kAsciiEnd && text::is_ascii_digit(byte_of(point));
}

[[nodiscard]] bool is_ascii_space(CodePoint point) noexcept {
  return point < kAsciiEnd && text::is_ascii_space(byte_of(point));
}

[[nodiscard]] bool is_locale_word(CodePoint point) noexcept {
  return point == '_' || (point < kByteEnd && std::isalnum(static_cast<int>(point)) != 0);
}

[[nodiscard]] bool is_unicode_word(CodePoint point) noexcept {
  if (point < kAsciiEnd) return is_ascii_word(point);
  return text::is_alphanumeric(point);
}

[[nodiscard]] CodePoint upper_locale(CodePoint point) noexcept {
  return point < kByteEnd ? static_cast<CodePoint>(std::toupper(static_cast<int>(point))) : point;
}

[[nodiscard]] CodePoint upper_unicode(CodePoint point) noexcept {
  if (point < kAsciiEnd) return text::to_ascii_upper(byte_of(point));
  return *text::mapped(point, text::Case::kUpper).begin();
}

[[nodiscard]] bool is_equal_in_locale(CodePoint pattern, CodePoint point) noexcept {
  return point == pattern || lower_locale(point) == pattern || upper_locale(point) == pattern;
}

[[nodiscard]] bool has_in_locale(const Code* set, CodePoint point) noexcept {
  const CodePoint lower = lower_locale(point);
  if (has(set, lower)) return true;
  const CodePoint upper = upper_locale(point);
  return upper != lower && has(set, upper);
}

[[nodiscard]] bool has_bit(const Code* bits, CodePoint bit) noexcept {
  return (bits[bit / kBitsOfCode] >> (bit % kBitsOfCode) & 1) != 0;
}

// `big`: the number of blocks, which block each 256 code points have, the blocks.
[[nodiscard]] bool has_in_blocks(const Code* big, CodePoint point) noexcept {
  constexpr CodePoint kCovered = 0x10000;
  if (point >= kCovered) return false;
  const auto* const blocks = reinterpret_cast<const std::uint8_t*>(big + 1);
  const std::size_t block = blocks[point / 256];
  return has_bit(big + 1 + kBigTable + block * kBlock, point % 256);
}

[[nodiscard]] bool is_between(const Code* bounds, CodePoint point) noexcept {
  return bounds[0] <= point && point <= bounds[1];
}

// Where the next operation of a set is.
[[nodiscard]] const Code* after_member(const Code* member) noexcept {
  switch (static_cast<Op>(*member)) {
    case Op::kNegate:
      return member + 1;
    case Op::kRange:
    case Op::kRangeUnicodeIgnore:
      return member + 3;
    case Op::kCharset:
      return member + 1 + kBlock;
    case Op::kBigCharset:
      return member + 2 + kBigTable + std::size_t{member[1]} * kBlock;
    default:
      return member + 2;
  }
}

[[nodiscard]] bool member_has(const Code* member, CodePoint point) noexcept {
  const Code* const operands = member + 1;
  switch (static_cast<Op>(*member)) {
    case Op::kLiteral:
      return point == *operands;
    case Op::kCategory:
      return is_of_category(static_cast<Category>(*operands), point);
    case Op::kRange:
      return is_between(operands, point);
    case Op::kRangeUnicodeIgnore:
      return is_between(operands, point) || is_between(operands, upper_unicode(point));
    case Op::kCharset:
      return point < kByteEnd && has_bit(operands, point);
    case Op::kBigCharset:
      return has_in_blocks(operands, point);
    default:
      return false;
  }
}

}  // namespace

bool is_of_category(Category category, CodePoint point) noexcept {
  // Each second one is the opposite of the one before.
  const bool is_opposite = (static_cast<Code>(category) & 1) != 0;
  switch (static_cast<Category>(static_cast<Code>(category) & ~Code{1})) {
    case Category::kDigit:
      return is_ascii_digit(point) != is_opposite;
    case Category::kSpace:
      return is_ascii_space(point) != is_opposite;
    case Category::kWord:
      return is_ascii_word(point) != is_opposite;
    case Category::kLineBreak:
      return (point == '\n') != is_opposite;
    case Category::kLocaleWord:
      return is_locale_word(point) != is_opposite;
    case Category::kUnicodeDigit:
      return text::is_decimal(point) != is_opposite;
    case Category::kUnicodeSpace:
      return text::is_space(point) != is_opposite;
    case Category::kUnicodeWord:
      return is_unicode_word(point) != is_opposite;
    default:
      return text::is_line_break(point) != is_opposite;
  }
}

CodePoint lower_ascii(CodePoint point) noexcept {
  return point < kAsciiEnd ? text::to_ascii_lower(byte_of(point)) : point;
}

CodePoint lower_locale(CodePoint point) noexcept {
  return point < kByteEnd ? static_cast<CodePoint>(std::tolower(static_cast<int>(point))) : point;
}

CodePoint lower_unicode(CodePoint point) noexcept {
  if (point < kAsciiEnd) return text::to_ascii_lower(byte_of(point));
  return *text::mapped(point, text::Case::kLower).begin();
}

bool is_cased_ascii(CodePoint point) noexcept {
  return point < kAsciiEnd && text::is_ascii_letter(byte_of(point));
}

bool is_cased_unicode(CodePoint point) noexcept {
  return point != lower_unicode(point) || point != upper_unicode(point);
}

bool has(const Code* set, CodePoint point) noexcept {
  bool wanted = true;
  for (;; set = after_member(set)) {
    const Op op = static_cast<Op>(*set);
    if (op == Op::kFailure) return !wanted;
    if (op == Op::kNegate)
      wanted = !wanted;
    else if (member_has(set, point))
      return wanted;
  }
}

bool takes_one(Op op) noexcept {
  switch (op) {
    case Op::kAny:
    case Op::kAnyAll:
    case Op::kCategory:
    case Op::kIn:
    case Op::kInIgnore:
    case Op::kInLocaleIgnore:
    case Op::kInUnicodeIgnore:
    case Op::kLiteral:
    case Op::kLiteralIgnore:
    case Op::kLiteralLocaleIgnore:
    case Op::kLiteralUnicodeIgnore:
    case Op::kNotLiteral:
    case Op::kNotLiteralIgnore:
    case Op::kNotLiteralLocaleIgnore:
    case Op::kNotLiteralUnicodeIgnore:
      return true;
    default:
      return false;
  }
}

bool accepts(const Code* op, CodePoint point) noexcept {
  switch (static_cast<Op>(op[0])) {
    case Op::kAny:
      return point != '\n';
    case Op::kAnyAll:
      return true;
    case Op::kCategory:
      return is_of_category(static_cast<Category>(op[1]), point);
    case Op::kIn:
      return has(op + 2, point);
    case Op::kInIgnore:
      return has(op + 2, lower_ascii(point));
    case Op::kInLocaleIgnore:
      return has_in_locale(op + 2, point);
    case Op::kInUnicodeIgnore:
      return has(op + 2, lower_unicode(point));
    case Op::kLiteral:
      return point == op[1];
    case Op::kLiteralIgnore:
      return lower_ascii(point) == op[1];
    case Op::kLiteralLocaleIgnore:
      return is_equal_in_locale(op[1], point);
    case Op::kLiteralUnicodeIgnore:
      return lower_unicode(point) == op[1];
    case Op::kNotLiteral:
      return point != op[1];
    case Op::kNotLiteralIgnore:
      return lower_ascii(point) != op[1];
    case Op::kNotLiteralLocaleIgnore:
      return !is_equal_in_locale(op[1], point);
    case Op::kNotLiteralUnicodeIgnore:
      return lower_unicode(point) != op[1];
    default:
      return false;
  }
}

}  // namespace orochi::inline OROCHI_DESIGN::sre
