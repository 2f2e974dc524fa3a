#include "objects/types/percent_format.h"

#include <climits>
#include <utility>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/number/float_format.h"
#include "objects/types/constructors.h"
#include "objects/types/float.h"
#include "objects/types/float_conversion.h"
#include "objects/types/format.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/number_format.h"
#include "objects/types/str_builder.h"
#include "objects/types/str_edit.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] bool is_one_of(text::CodePoint point, std::string_view set) noexcept {
  return point < 0x80 && set.find(static_cast<char>(point)) != set.npos;
}

// The same, as format() would have it.
[[nodiscard]] text::FormatSpec layout_of_number(const PercentSpec& spec) noexcept {
  text::FormatSpec layout;
  layout.width = spec.width;
  layout.align = spec.is_left ? '<' : spec.has_zero ? '=' : '>';
  if (layout.align == '=') layout.fill = '0';
  if (spec.has_blank) layout.sign = ' ';
  if (spec.has_plus) layout.sign = '+';
  layout.alternate = spec.is_alternate;
  layout.type = spec.type;
  return layout;
}

// --- Integers. ---

[[nodiscard]] int base_of(const PercentSpec& spec) noexcept {
  if (spec.type == 'o') return 8;
  return is_one_of(spec.type, "xX") ? 16 : 10;
}

[[nodiscard]] std::string_view prefix_of(const PercentSpec& spec) noexcept {
  if (!spec.is_alternate || base_of(spec) == 10) return {};
  if (spec.type == 'o') return "0o";
  return spec.type == 'x' ? "0x" : "0X";
}

// d takes any real number, x only integers.
[[nodiscard]] Ref<> integer_of(const PercentSpec& spec, Value value) noexcept {
  if (is_int(value)) return Ref<>::of(value);
  const bool takes_floats = base_of(spec) == 10;
  if (takes_floats && is_float(value)) return float_truncate(as_float(value));
  if (takes_floats && type_of(value).block().protocols().to_int != nullptr) return to_int(value);
  Ref<> number;
  if (failed(find_index(value, number)) || number) return number;
  const char type = static_cast<char>(spec.type);
  return raise(ErrorKind::kType, {"%", std::string_view(&type, 1),
                                  takes_floats ? " format: a real number is required, not "
                                               : " format: an integer is required, not ",
                                  type_of(value).name()});
}

[[nodiscard]] Ref<Str> format_integer(const PercentSpec& spec, Value value) noexcept {
  const Ref<> number = integer_of(spec, value);
  if (!number) return kRaised;
  if (spec.precision > INT_MAX - 3) return raise(ErrorKind::kOverflow, {"precision too large"});
  Ref<Str> printed = print_int(number.value(), base_of(spec));
  if (printed && spec.type == 'X') printed = change_case(*printed, text::CaseChange::kUpper);
  if (!printed) return kRaised;
  const bool negative = printed->ascii().front() == '-';
  const std::string_view digits = printed->ascii().substr(negative ? 1 : 0);
  StrBuilder padded;
  if (std::cmp_less(digits.size(), spec.precision))
    padded.add(text::CodePoint{'0'}, static_cast<std::size_t>(spec.precision) - digits.size());
  padded.add(digits);
  const Ref<Str> all = padded.finish();
  if (!all) return kRaised;
  return lay_out_number(layout_of_number(spec), {negative, prefix_of(spec), all->ascii(), {}});
}

// --- Floats. ---

[[nodiscard]] Ref<Str> format_double(const PercentSpec& spec, Value value) noexcept {
  const bool is_known = is_float(value) || is_int(value);
  const Protocols& slots = type_of(value).block().protocols();
  if (!is_known && slots.to_float == nullptr && slots.index == nullptr)
    return raise(ErrorKind::kType, {"must be real number, not ", type_of(value).name()});
  const Ref<> real = is_known ? Ref<>::of(value) : to_float(value);
  double number = 0;
  if (!real || failed(float_of(real.value(), number))) return kRaised;
  if (spec.precision > kMostFloatPrecision) return raise(ErrorKind::kValue, {"precision too big"});
  text::FormatSpec layout = layout_of_number(spec);
  layout.precision = spec.precision;
  return lay_out_double(layout, number);
}

// --- Texts. ---

[[nodiscard]] Ref<Str> format_text(const PercentSpec& spec, Value value) noexcept {
  const Conversion conversion = spec.type == 's'   ? Conversion::kStr
                                : spec.type == 'r' ? Conversion::kRepr
                                                   : Conversion::kAscii;
  const Ref<> text = convert(value, conversion);
  if (!text) return kRaised;
  return lay_out_percent(spec, text.as<Str>(), PercentText::kCut);
}

[[nodiscard]] Ref<Str> format_character(const PercentSpec& spec, Value value) noexcept {
  const Str* const str = as_str(value);
  if (str != nullptr && str->size() == 1) return lay_out_percent(spec, *str, PercentText::kWhole);
  Ref<> number;
  if (failed(find_index(value, number))) return kRaised;
  if (!number) return raise(ErrorKind::kType, {"%c requires int or char"});
  const Index index = index_of(number.value());
  if (index.number < 0 || index.number > std::int64_t{text::kLastCodePoint})
    return raise(ErrorKind::kOverflow, {"%c arg not in range(0x110000)"});
  const Ref<Str> character = Str::of_character(static_cast<text::CodePoint>(index.number));
  return character ? lay_out_percent(spec, *character, PercentText::kWhole) : Ref<Str>();
}

[[nodiscard]] Ref<Str> format_one(const PercentReader& reader, const PercentSpec& spec,
                                  Value value) noexcept {
  if (is_percent_number(spec)) return format_percent_number(spec, value);
  if (is_one_of(spec.type, "sra")) return format_text(spec, value);
  if (spec.type == 'c') return format_character(spec, value);
  return reader.raise_unsupported(spec);
}

Ref<> key_of(text::View name) noexcept { return Str::of(name); }

[[nodiscard]] Status add_next(PercentReader& reader, PercentArguments& arguments,
                              PercentFormatter format_one, StrBuilder& out) noexcept {
  PercentSpec spec;
  if (failed(reader.read(arguments, spec))) return kRaised;
  const Ref<> value = arguments.next();
  if (!value) return kRaised;
  const Ref<Str> shown = format_one(reader, spec, value.value());
  if (!shown) return kRaised;
  out.add(*shown);
  return Status::kDone;
}

}  // namespace

bool is_percent_number(const PercentSpec& spec) noexcept {
  return is_one_of(spec.type, "diuoxXeEfFgG");
}

Ref<Str> format_percent_number(const PercentSpec& spec, Value value) noexcept {
  return is_one_of(spec.type, "diuoxX") ? format_integer(spec, value) : format_double(spec, value);
}

Ref<Str> lay_out_percent(const PercentSpec& spec, const Str& text, PercentText how) noexcept {
  text::FormatSpec layout;
  layout.width = spec.width;
  layout.align = spec.is_left ? '<' : '>';
  if (how == PercentText::kCut) layout.precision = spec.precision;
  return lay_out_text(layout, text);
}

Ref<Str> format_percent(const Str& format, Value given) noexcept {
  return format_percent(format.view(), {given, PercentArguments::Kind::kStr}, key_of, format_one);
}

Ref<Str> format_percent(text::View format, PercentArguments arguments,
                        PercentReader::KeyMaker make_key, PercentFormatter format_one) noexcept {
  PercentReader reader(format, make_key);
  StrBuilder out;
  text::View text;
  bool has_more = reader.read_text(text);
  for (; has_more; has_more = reader.read_text(text)) {
    out.add(text);
    if (reader.take_percent())
      out.add("%");
    else if (failed(add_next(reader, arguments, format_one, out)))
      return kRaised;
  }
  out.add(text);
  if (failed(arguments.finish())) return kRaised;
  return out.finish();
}

}  // namespace orochi::inline OROCHI_DESIGN
