#include "objects/text/format_spec.h"

#include <algorithm>
#include <cstdio>

#include "objects/number/float_format.h"
#include "objects/text/unicode.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

bool is_one_of(CodePoint point, std::string_view set) noexcept {
  return point < 0x80 && set.find(static_cast<char>(point)) != set.npos;
}

// Reads a specifier from its front.
class Reader {
 public:
  explicit Reader(View text) noexcept : text_(text) {}

  [[nodiscard]] std::size_t left() const noexcept { return text_.size - at_; }
  // 0 beyond the end, which no option is.
  [[nodiscard]] CodePoint peek(std::size_t ahead = 0) const noexcept {
    return ahead < left() ? text_[at_ + ahead] : 0;
  }
  CodePoint take() noexcept { return text_[at_++]; }

  // The next code point if it is one of these, or 0.
  char take_one_of(std::string_view set) noexcept {
    return left() != 0 && is_one_of(peek(), set) ? static_cast<char>(take()) : '\0';
  }
  bool take_if(char wanted) noexcept { return take_one_of({&wanted, 1}) != '\0'; }

  // Decimals of any script; leaves `value` where there are none. False: too many.
  bool take_number(std::int64_t& value) noexcept {
    if (left() == 0 || decimal_value(peek()) < 0) return true;
    value = 0;
    for (int digit = 0; left() != 0 && (digit = decimal_value(peek())) >= 0; ++at_) {
      if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, digit, &value))
        return false;
    }
    return true;
  }

 private:
  View text_;
  std::size_t at_ = 0;
};

constexpr std::string_view kAligns = "<>=^";

void read_align(Reader& reader, FormatSpec& spec, bool& has_align, bool& has_fill) noexcept {
  has_fill = reader.left() >= 2 && is_one_of(reader.peek(1), kAligns);
  if (has_fill) spec.fill = reader.take();
  const char align = reader.take_one_of(kAligns);
  has_align = align != '\0';
  if (has_align) spec.align = align;
}

void read_flags(Reader& reader, FormatSpec& spec, char default_align) noexcept {
  bool has_align = false;
  bool has_fill = false;
  read_align(reader, spec, has_align, has_fill);
  spec.sign = reader.take_one_of(" +-");
  spec.no_negative_zero = reader.take_if('z');
  spec.alternate = reader.take_if('#');
  if (has_fill || !reader.take_if('0')) return;
  spec.has_zero = true;
  spec.fill = '0';
  if (!has_align && default_align == '>') spec.align = '=';
}

FormatFault read_grouping(Reader& reader, FormatSpec& spec) noexcept {
  spec.grouping = reader.take_one_of(",_");
  if (spec.grouping == '\0') return FormatFault::kNone;
  const bool has_other = reader.take_if(spec.grouping == ',' ? '_' : ',');
  return has_other ? FormatFault::kBothSeparators : FormatFault::kNone;
}

FormatFault read_precision(Reader& reader, FormatSpec& spec) noexcept {
  if (!reader.take_if('.')) return FormatFault::kNone;
  if (!reader.take_number(spec.precision)) return FormatFault::kTooManyDigits;
  return spec.precision < 0 ? FormatFault::kMissingPrecision : FormatFault::kNone;
}

bool may_be_grouped(const FormatSpec& spec) noexcept {
  if (spec.type == '\0' || is_one_of(spec.type, "defgEG%F")) return true;
  return spec.grouping == '_' && is_one_of(spec.type, "boxX");
}

FormatFault read_spec(Reader& reader, FormatSpec& spec, char default_align) noexcept {
  read_flags(reader, spec, default_align);
  if (!reader.take_number(spec.width)) return FormatFault::kTooManyDigits;
  if (const FormatFault fault = read_grouping(reader, spec); fault != FormatFault::kNone)
    return fault;
  if (const FormatFault fault = read_precision(reader, spec); fault != FormatFault::kNone)
    return fault;
  if (reader.left() > 1) return FormatFault::kInvalidSpecifier;
  if (reader.left() == 1) spec.type = reader.take();
  if (spec.grouping != '\0' && !may_be_grouped(spec)) return FormatFault::kSeparatorWithType;
  return FormatFault::kNone;
}

FormatFault check_precision(const FormatSpec& spec) noexcept {
  return spec.precision > kMostFloatPrecision ? FormatFault::kPrecisionTooBig : FormatFault::kNone;
}

const char* text_of(FormatFault fault) noexcept {
  switch (fault) {
    case FormatFault::kTooManyDigits:
      return "Too many decimal digits in format string";
    case FormatFault::kBothSeparators:
      return "Cannot specify both ',' and '_'.";
    case FormatFault::kMissingPrecision:
      return "Format specifier missing precision";
    case FormatFault::kIntegerPrecision:
      return "Precision not allowed in integer format specifier";
    case FormatFault::kIntegerNegativeZero:
      return "Negative zero coercion (z) not allowed in integer format specifier";
    case FormatFault::kCharacterSign:
      return "Sign not allowed with integer format specifier 'c'";
    case FormatFault::kCharacterAlternate:
      return "Alternate form (#) not allowed with integer format specifier 'c'";
    case FormatFault::kTextSign:
      return "Sign not allowed in string format specifier";
    case FormatFault::kTextSpace:
      return "Space not allowed in string format specifier";
    case FormatFault::kTextNegativeZero:
      return "Negative zero coercion (z) not allowed in string format specifier";
    case FormatFault::kTextAlternate:
      return "Alternate form (#) not allowed in string format specifier";
    case FormatFault::kTextAlign:
      return "'=' alignment not allowed in string format specifier";
    case FormatFault::kComplexZero:
      return "Zero padding is not allowed in complex format specifier";
    case FormatFault::kComplexAlign:
      return "'=' alignment flag is not allowed in complex format specifier";
    case FormatFault::kPrecisionTooBig:
      return "precision too big";
    default:
      return "";
  }
}

// The type as a message shows it.
struct ShownType {
  explicit ShownType(CodePoint type) noexcept {
    if (type > ' ' && type < 0x80)
      std::snprintf(text, sizeof text, "%c", static_cast<char>(type));
    else
      std::snprintf(text, sizeof text, "\\x%x", type);
  }
  char text[12];
};

}  // namespace

ParsedSpec parse_format_spec(View text, char type, char align) noexcept {
  ParsedSpec parsed;
  parsed.spec.type = static_cast<CodePoint>(type);
  parsed.spec.align = align;
  Reader reader{text};
  parsed.fault = read_spec(reader, parsed.spec, align);
  return parsed;
}

FormatFault check_integer_spec(const FormatSpec& spec) noexcept {
  if (is_one_of(spec.type, "eEfFgG%")) return FormatFault::kNone;  // it becomes a float
  if (!is_one_of(spec.type, "bcdnoxX")) return FormatFault::kUnknownCode;
  if (spec.precision >= 0) return FormatFault::kIntegerPrecision;
  if (spec.no_negative_zero) return FormatFault::kIntegerNegativeZero;
  if (spec.type == 'c' && spec.sign != '\0') return FormatFault::kCharacterSign;
  if (spec.type == 'c' && spec.alternate) return FormatFault::kCharacterAlternate;
  return FormatFault::kNone;
}

FormatFault check_float_spec(const FormatSpec& spec) noexcept {
  if (spec.type != '\0' && !is_one_of(spec.type, "eEfFgGn%")) return FormatFault::kUnknownCode;
  return check_precision(spec);
}

FormatFault check_complex_spec(const FormatSpec& spec) noexcept {
  const bool is_known = spec.type == '\0' || is_one_of(spec.type, "eEfFgGn");
  if (!is_known) return FormatFault::kUnknownCode;
  if (spec.fill == '0') return FormatFault::kComplexZero;
  return spec.align == '=' ? FormatFault::kComplexAlign : check_precision(spec);
}

FormatFault check_text_spec(const FormatSpec& spec) noexcept {
  if (spec.type != 's') return FormatFault::kUnknownCode;
  if (spec.sign == ' ') return FormatFault::kTextSpace;
  if (spec.sign != '\0') return FormatFault::kTextSign;
  if (spec.no_negative_zero) return FormatFault::kTextNegativeZero;
  if (spec.alternate) return FormatFault::kTextAlternate;
  return spec.align == '=' ? FormatFault::kTextAlign : FormatFault::kNone;
}

std::size_t print_format_fault(char* out, FormatFault fault, const FormatSpec& spec,
                               std::string_view type_name) noexcept {
  const std::size_t room = kFormatMessageRoom + type_name.size();
  const ShownType type{spec.type};
  int size = 0;
  if (fault == FormatFault::kSeparatorWithType)
    size = std::snprintf(out, room, "Cannot specify '%c' with '%s'.", spec.grouping, type.text);
  else if (fault == FormatFault::kUnknownCode)
    size = std::snprintf(out, room, "Unknown format code '%s' for object of type '%.*s'", type.text,
                         static_cast<int>(type_name.size()), type_name.data());
  else
    size = std::snprintf(out, room, "%s", text_of(fault));
  return static_cast<std::size_t>(size);
}

}  // namespace orochi::inline OROCHI_DESIGN::text
