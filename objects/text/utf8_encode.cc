#include <algorithm>

#include "objects/text/utf8.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

constexpr const char* kNoSurrogates = "surrogates not allowed";
// \udc80 has as many characters as any, and &#55296; two more.
constexpr std::size_t kBackslashBytes = 6;
constexpr std::size_t kXmlBytes = 8;
constexpr std::size_t kSurrogateBytes = 3;

constexpr std::size_t encoded_size(CodePoint point) noexcept {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}

constexpr std::uint8_t continuation(CodePoint point, unsigned shift) noexcept {
  return static_cast<std::uint8_t>(0x80 | (point >> shift & 0x3F));
}

std::uint8_t* put_point(std::uint8_t* out, CodePoint point) noexcept {
  if (point < 0x80) {
    *out++ = static_cast<std::uint8_t>(point);
  } else if (point < 0x800) {
    *out++ = static_cast<std::uint8_t>(0xC0 | point >> 6);
    *out++ = continuation(point, 0);
  } else if (point < 0x10000) {
    *out++ = static_cast<std::uint8_t>(0xE0 | point >> 12);
    *out++ = continuation(point, 6);
    *out++ = continuation(point, 0);
  } else {
    *out++ = static_cast<std::uint8_t>(0xF0 | point >> 18);
    *out++ = continuation(point, 12);
    *out++ = continuation(point, 6);
    *out++ = continuation(point, 0);
  }
  return out;
}

constexpr bool is_escaped_byte(CodePoint point) noexcept {
  return point >= 0xDC80 && point <= 0xDCFF;
}

// Whether the handler knows what to do with this surrogate.
constexpr bool allows(EncodeErrors errors, CodePoint surrogate) noexcept {
  if (errors == EncodeErrors::kSurrogateEscape) return is_escaped_byte(surrogate);
  return errors != EncodeErrors::kStrict;
}

constexpr std::size_t surrogate_size(EncodeErrors errors) noexcept {
  switch (errors) {
    case EncodeErrors::kBackslashReplace:
      return kBackslashBytes;
    case EncodeErrors::kXmlCharRefReplace:
      return kXmlBytes;
    case EncodeErrors::kSurrogatePass:
      return kSurrogateBytes;
    case EncodeErrors::kReplace:
    case EncodeErrors::kSurrogateEscape:
      return 1;
    default:
      return 0;
  }
}

std::uint8_t* put_digits(std::uint8_t* out, CodePoint value, CodePoint base, int count) noexcept {
  for (int i = count; i-- != 0; value /= base)
    out[i] = static_cast<std::uint8_t>("0123456789abcdef"[value % base]);
  return out + count;
}

std::uint8_t* put_surrogate(std::uint8_t* out, CodePoint point, EncodeErrors errors) noexcept {
  switch (errors) {
    case EncodeErrors::kReplace:
      *out++ = '?';
      return out;
    case EncodeErrors::kBackslashReplace:
      *out++ = '\\';
      *out++ = 'u';
      return put_digits(out, point, 16, 4);
    case EncodeErrors::kXmlCharRefReplace:
      *out++ = '&';
      *out++ = '#';
      out = put_digits(out, point, 10, 5);
      *out++ = ';';
      return out;
    case EncodeErrors::kSurrogateEscape:
      *out++ = static_cast<std::uint8_t>(point);
      return out;
    case EncodeErrors::kSurrogatePass:
      return put_point(out, point);
    default:
      return out;
  }
}

// Of Latin-1: each byte that is not ASCII is two.
Utf8Size measure_latin1(std::span<const std::uint8_t> units) noexcept {
  std::size_t bytes = units.size();
  for (const std::uint8_t unit : units) bytes += unit >> 7;
  return {bytes, {}};
}

template <class Unit>
Utf8Size measure_with_surrogates(std::span<const Unit> units, EncodeErrors errors) noexcept {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (!is_surrogate(units[i])) {
      bytes += encoded_size(units[i]);
    } else if (allows(errors, units[i])) {
      bytes += surrogate_size(errors);
    } else {
      const auto end = std::find_if_not(units.begin() + static_cast<std::ptrdiff_t>(i), units.end(),
                                        [](Unit unit) { return is_surrogate(unit); });
      return {bytes, {i, static_cast<std::size_t>(end - units.begin()), kNoSurrogates}};
    }
  }
  return {bytes, {}};
}

template <class Unit>
Utf8Size measure(std::span<const Unit> units, EncodeErrors errors) noexcept {
  std::size_t bytes = 0;
  std::size_t surrogates = 0;
  for (const CodePoint point : units) {  // without branches
    bytes += std::size_t{1} + (point >= 0x80) + (point >= 0x800) + (point >= 0x10000);
    surrogates += is_surrogate(point);
  }
  if (surrogates == 0) return {bytes, {}};
  return measure_with_surrogates(units, errors);
}

template <class Unit>
std::uint8_t* encode(std::uint8_t* out, std::span<const Unit> units, EncodeErrors errors) noexcept {
  for (const Unit unit : units)
    out = is_surrogate(unit) ? put_surrogate(out, unit, errors) : put_point(out, unit);
  return out;
}

// Runs of ASCII are copied whole.
std::uint8_t* encode_latin1(std::uint8_t* out, std::span<const std::uint8_t> units) noexcept {
  while (!units.empty()) {
    const std::size_t run = ascii_prefix(units);
    out = std::copy_n(units.begin(), run, out);
    units = units.subspan(run);
    for (; !units.empty() && units[0] >= 0x80; units = units.subspan(1))
      out = put_point(out, units[0]);
  }
  return out;
}

}  // namespace

Utf8Size measure_encoded(View text, EncodeErrors errors) noexcept {
  if (text.width == 1) return measure_latin1(text.units<std::uint8_t>());
  return with_units(text, [&](auto units) { return measure(units, errors); });
}

std::uint8_t* encode_utf8(std::uint8_t* out, View text, EncodeErrors errors) noexcept {
  if (text.width == 1) return encode_latin1(out, text.units<std::uint8_t>());
  return with_units(text, [&](auto units) { return encode(out, units, errors); });
}

}  // namespace orochi::inline OROCHI_DESIGN::text
