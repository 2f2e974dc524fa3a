#include "objects/types/number_format.h"

#include <algorithm>
#include <optional>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/number/float_format.h"
#include "objects/types/char_room.h"
#include "objects/types/float.h"
#include "objects/types/index.h"
#include "objects/types/int.h"
#include "objects/types/str_builder.h"
#include "objects/types/str_edit.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using text::FormatFault;
using text::FormatSpec;
using text::NumberText;
using text::Repertoire;

[[nodiscard]] Repertoire repertoire_with(const FormatSpec& spec, std::size_t fills,
                                         Repertoire content) noexcept {
  return fills == 0 ? content : std::max(content, text::repertoire_of(spec.fill));
}

Raised raise_invalid(Value self, const Str& spec) noexcept {
  StrBuilder out;
  out.add("Invalid format specifier '");
  out.add(spec);
  out.add("' for object of type '");
  out.add_utf8(type_of(self).name());
  out.add("'");
  return raise(ErrorKind::kValue, out);
}

}  // namespace

// --- Reading. ---

const Str* read_spec_text(Value spec) noexcept {
  const Str* const text = as_str(spec);
  if (text == nullptr)
    raise(ErrorKind::kType, {"__format__() argument must be str, not ", type_of(spec).name()});
  return text;
}

Raised raise_format_fault(FormatFault fault, const FormatSpec& spec, Value self) noexcept {
  const std::string_view type = type_of(self).name();
  const CharRoom room(text::kFormatMessageRoom + type.size());
  if (!room) return kRaised;
  const std::size_t size = text::print_format_fault(room.data(), fault, spec, type);
  return raise(ErrorKind::kValue, {std::string_view(room.data(), size)});
}

bool read_format_spec(Value self, const Str& spec, char type, char align,
                      FormatSpec& read) noexcept {
  const text::ParsedSpec parsed = text::parse_format_spec(spec.view(), type, align);
  read = parsed.spec;
  if (parsed.fault == FormatFault::kInvalidSpecifier)
    raise_invalid(self, spec);
  else if (parsed.fault != FormatFault::kNone)
    raise_format_fault(parsed.fault, parsed.spec, self);
  return parsed.fault == FormatFault::kNone;
}

// --- Laying out. ---

Ref<Str> lay_out_number(const FormatSpec& spec, const NumberText& number) noexcept {
  const text::NumberLayout layout = text::lay_out(spec, number);
  const std::size_t fills = layout.padding.left + layout.padding.right + layout.inner;
  Ref<Str> made = Str::make_blank(layout.size, repertoire_with(spec, fills, Repertoire::kAscii));
  if (made) text::write_number(made->writable(), made->width(), layout, spec, number);
  return made;
}

Ref<Str> lay_out_text(const FormatSpec& spec, const Str& str) noexcept {
  text::View points = str.view();
  if (spec.precision >= 0)
    points = points.slice(0, std::min(points.size, static_cast<std::size_t>(spec.precision)));
  const text::Padding padding = text::pad(spec, points.size);
  StrBuilder out;
  out.add(spec.fill, padding.left);
  out.add(points);
  out.add(spec.fill, padding.right);
  return out.finish();
}

Ref<Str> lay_out_double(const FormatSpec& spec, double x) noexcept {
  const char type = spec.type == 'n' ? 'g' : static_cast<char>(spec.type);
  const FloatStyle style{type, static_cast<int>(spec.precision), spec.alternate};
  const CharRoom room(format_double_room(style));
  if (!room) return kRaised;
  const PrintedDouble printed = format_double(room.data(), x, style);
  const std::string_view digits(room.data(), printed.size);
  const bool negative = printed.negative && !(spec.no_negative_zero && printed.is_zero);
  return lay_out_number(spec, {negative,
                               {},
                               digits.substr(0, printed.integer_digits),
                               digits.substr(printed.integer_digits)});
}

// --- Integers. ---

namespace {

[[nodiscard]] int base_of(const FormatSpec& spec) noexcept {
  switch (spec.type) {
    case 'b':
      return 2;
    case 'o':
      return 8;
    case 'x':
    case 'X':
      return 16;
    default:
      return 10;
  }
}

[[nodiscard]] std::string_view prefix_of(const FormatSpec& spec) noexcept {
  if (!spec.alternate) return {};
  switch (spec.type) {
    case 'b':
      return "0b";
    case 'o':
      return "0o";
    case 'x':
      return "0x";
    case 'X':
      return "0X";
    default:
      return {};
  }
}

[[nodiscard]] Ref<Str> format_digits(Value self, const FormatSpec& spec) noexcept {
  Ref<Str> printed = print_int(self, base_of(spec));
  if (printed && spec.type == 'X') printed = change_case(*printed, text::CaseChange::kUpper);
  if (!printed) return kRaised;
  const std::string_view digits = printed->ascii();
  const bool negative = digits.front() == '-';
  return lay_out_number(spec, {negative, prefix_of(spec), digits.substr(negative ? 1 : 0), {}});
}

// A character that stands where digits would.
[[nodiscard]] Ref<Str> format_character(Value self, const FormatSpec& spec) noexcept {
  const Index index = index_of(self);
  if (index.kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kOverflow, {"Python int too large to convert to C long"});
  if (index.number < 0 || index.number > std::int64_t{text::kLastCodePoint})
    return raise(ErrorKind::kOverflow, {"%c arg not in range(0x110000)"});
  const Ref<Str> character = Str::of_character(static_cast<text::CodePoint>(index.number));
  return character ? lay_out_text(spec, *character) : Ref<Str>();
}

[[nodiscard]] Ref<Str> format_int_as_double(Value self, const FormatSpec& spec) noexcept {
  const FormatFault fault = text::check_float_spec(spec);
  if (fault != FormatFault::kNone) return raise_format_fault(fault, spec, self);
  double number = 0;
  return failed(float_of(self, number)) ? Ref<Str>() : lay_out_double(spec, number);
}

}  // namespace

Ref<> format_int(Value self, Value spec) noexcept {
  const Str* const text = read_spec_text(spec);
  if (text == nullptr) return kRaised;
  if (text->size() == 0) return str(self);
  FormatSpec read;
  if (!read_format_spec(self, *text, 'd', '>', read)) return kRaised;
  const FormatFault fault = text::check_integer_spec(read);
  if (fault != FormatFault::kNone) return raise_format_fault(fault, read, self);
  constexpr std::string_view kDoubles = "eEfFgG%";
  if (read.type == 'c') return format_character(self, read);
  return read.type < 0x80 && kDoubles.find(static_cast<char>(read.type)) != kDoubles.npos
             ? format_int_as_double(self, read)
             : format_digits(self, read);
}

// --- Floats and texts. ---

Ref<> format_float(Value self, Value spec) noexcept {
  const Str* const text = read_spec_text(spec);
  if (text == nullptr) return kRaised;
  if (text->size() == 0) return str(self);
  FormatSpec read;
  if (!read_format_spec(self, *text, '\0', '>', read)) return kRaised;
  const FormatFault fault = text::check_float_spec(read);
  if (fault != FormatFault::kNone) return raise_format_fault(fault, read, self);
  return lay_out_double(read, as_float(self));
}

Ref<> format_str(Value self, Value spec) noexcept {
  const Str* const text = read_spec_text(spec);
  if (text == nullptr) return kRaised;
  if (text->size() == 0) return str(self);
  FormatSpec read;
  if (!read_format_spec(self, *text, 's', '<', read)) return kRaised;
  const FormatFault fault = text::check_text_spec(read);
  if (fault != FormatFault::kNone) return raise_format_fault(fault, read, self);
  return lay_out_text(read, static_cast<const Str&>(*self.object()));
}

}  // namespace orochi::inline OROCHI_DESIGN
