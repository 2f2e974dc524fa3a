#include "objects/types/format_markup.h"

#include "objects/text/unicode.h"

namespace orochi::inline OROCHI_DESIGN {

const char* text_of(MarkupFault fault) noexcept {
  switch (fault) {
    case MarkupFault::kSingleOpen:
      return "Single '{' encountered in format string";
    case MarkupFault::kSingleClose:
      return "Single '}' encountered in format string";
    case MarkupFault::kOpenInName:
      return "unexpected '{' in field name";
    case MarkupFault::kUnclosed:
      return "expected '}' before end of string";
    case MarkupFault::kNoConversion:
      return "end of string while looking for conversion specifier";
    case MarkupFault::kNoColon:
      return "expected ':' after conversion specifier";
    case MarkupFault::kUnclosedSpec:
      return "unmatched '{' in format spec";
    case MarkupFault::kNone:
      break;
  }
  return "";
}

// --- Texts and fields. ---

MarkupFault Markup::next(MarkupPart& part) noexcept {
  part = {};
  const MarkupFault fault = read_text(part);
  return fault == MarkupFault::kNone && part.has_field ? read_field(part) : fault;
}

// Up to a field, whose brace is then behind it; or with a brace that stands for itself.
MarkupFault Markup::read_text(MarkupPart& part) noexcept {
  const std::size_t begin = at_;
  while (has_more() && points_[at_] != '{' && points_[at_] != '}') ++at_;
  part.text = points_.slice(begin, at_);
  if (!has_more()) return MarkupFault::kNone;
  const text::CodePoint brace = points_[at_++];
  if (has_more() && points_[at_] == brace) {
    part.text = points_.slice(begin, at_++);
    return MarkupFault::kNone;
  }
  if (brace == '}') return MarkupFault::kSingleClose;
  part.has_field = true;
  return has_more() ? MarkupFault::kNone : MarkupFault::kSingleOpen;
}

MarkupFault Markup::read_field(MarkupPart& part) noexcept {
  text::CodePoint end = 0;
  MarkupFault fault = read_name(part, end);
  if (fault != MarkupFault::kNone || end == '}') return fault;
  bool is_over = false;
  if (end == '!') fault = read_conversion(part, is_over);
  return fault != MarkupFault::kNone || is_over ? fault : read_spec(part);
}

// `end`: what ends it. A bracket keeps what is in it together.
MarkupFault Markup::read_name(MarkupPart& part, text::CodePoint& end) noexcept {
  const std::size_t begin = at_;
  while (has_more()) {
    end = points_[at_++];
    if (end == '{') return MarkupFault::kOpenInName;
    if (end == '[')
      while (has_more() && points_[at_] != ']') ++at_;
    if (end != '}' && end != ':' && end != '!') continue;
    part.name = points_.slice(begin, at_ - 1);
    return MarkupFault::kNone;
  }
  return MarkupFault::kUnclosed;
}

MarkupFault Markup::read_conversion(MarkupPart& part, bool& is_over) noexcept {
  if (!has_more()) return MarkupFault::kNoConversion;
  part.conversion = points_[at_++];
  if (!has_more()) return MarkupFault::kNone;
  const text::CodePoint after = points_[at_++];
  is_over = after == '}';
  return is_over || after == ':' ? MarkupFault::kNone : MarkupFault::kNoColon;
}

MarkupFault Markup::read_spec(MarkupPart& part) noexcept {
  const std::size_t begin = at_;
  for (std::size_t depth = 1; has_more();) {
    const text::CodePoint point = points_[at_++];
    if (point == '{') {
      part.has_nested = true;
      ++depth;
    }
    if (point == '}' && --depth == 0) {
      part.spec = points_.slice(begin, at_ - 1);
      return MarkupFault::kNone;
    }
  }
  return MarkupFault::kUnclosedSpec;
}

// --- Names of fields. ---

FieldPath::FieldPath(text::View name) noexcept : points_(name) {
  at_ = find(".[", 0);
  first_ = points_.slice(0, at_);
}

std::size_t FieldPath::find(const char* ends, std::size_t from) const noexcept {
  const auto is_end = [&](text::CodePoint point) {
    for (const char* end = ends; *end != '\0'; ++end) {
      if (point == static_cast<unsigned char>(*end)) return true;
    }
    return false;
  };
  while (from < points_.size && !is_end(points_[from])) ++from;
  return from;
}

FieldPath::Step FieldPath::next(text::View& name) noexcept {
  if (at_ == points_.size) return Step::kEnd;
  const text::CodePoint kind = points_[at_++];
  if (kind != '.' && kind != '[') return Step::kNoStep;
  const bool is_item = kind == '[';
  const std::size_t end = find(is_item ? "]" : ".[", at_);
  if (is_item && end == points_.size) return Step::kUnclosed;
  name = points_.slice(at_, end);
  at_ = is_item ? end + 1 : end;
  if (name.size == 0) return Step::kEmpty;
  return is_item ? Step::kItem : Step::kAttribute;
}

IndexText read_index(text::View digits, std::int64_t& number) noexcept {
  if (digits.size == 0) return IndexText::kNone;
  number = 0;
  for (std::size_t i = 0; i < digits.size; ++i) {
    const int digit = text::decimal_value(digits[i]);
    if (digit < 0) return IndexText::kNone;
    if (__builtin_mul_overflow(number, 10, &number) ||
        __builtin_add_overflow(number, digit, &number))
      return IndexText::kTooLarge;
  }
  return IndexText::kNumber;
}

}  // namespace orochi::inline OROCHI_DESIGN
