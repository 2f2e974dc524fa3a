// Values as bytes, and back.

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/bytearray.h"
#include "objects/types/bytes_like.h"
#include "objects/types/class.h"
#include "objects/types/dict.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/float.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/names.h"
#include "objects/types/utf8_text.h"
#include "python/modules/native_type.h"
#include "python/modules/numbers.h"
#include "python/modules/struct/format.h"

namespace orochi::inline OROCHI_DESIGN::structs {
namespace {

constinit Type* g_error = nullptr;  // written by make_error_type

// --- Bytes in order. ---

void store(std::uint64_t bits, std::uint8_t* out, std::size_t width, bool is_big) noexcept {
  for (std::size_t i = 0; i < width; ++i) {
    const std::size_t place = is_big ? width - 1 - i : i;
    out[place] = static_cast<std::uint8_t>(bits >> (8 * i));
  }
}
[[nodiscard]] std::uint64_t load(const std::uint8_t* bytes, std::size_t width,
                                 bool is_big) noexcept {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < width; ++i)
    bits |= std::uint64_t{bytes[is_big ? width - 1 - i : i]} << (8 * i);
  return bits;
}

// --- Integers. ---

[[nodiscard]] bool is_signed(char letter) noexcept {
  return letter == 'b' || letter == 'h' || letter == 'i' || letter == 'l' || letter == 'q' ||
         letter == 'n';
}

Raised raise_out_of_range() noexcept { return raise_error({"argument out of range"}); }

// "short format requires -32768 <= number <= 32767"
Raised raise_not_between(const Item& item) noexcept {
  const unsigned bits = item.width * 8U;
  StrBuilder text;
  if (item.is_host && item.width <= 2) {
    const bool is_byte = item.width == 1;
    if (!is_signed(item.letter)) text.add("u");
    text.add(is_byte ? "byte" : "short");
  } else {
    text.add("'");
    text.add(static_cast<text::CodePoint>(item.letter));
    text.add("'");
  }
  text.add(" format requires ");
  text.add_number(is_signed(item.letter) ? -(std::int64_t{1} << (bits - 1)) : 0);
  text.add(" <= number <= ");
  text.add_number((std::int64_t{1} << (bits - (is_signed(item.letter) ? 1 : 0))) - 1);
  return raise_error(text);
}

[[nodiscard]] bool fits(std::int64_t number, const Item& item) noexcept {
  if (item.width == 8) return true;
  const unsigned bits = item.width * 8U;
  if (!is_signed(item.letter)) return number >= 0 && number < std::int64_t{1} << bits;
  return number >= -(std::int64_t{1} << (bits - 1)) && number < std::int64_t{1} << (bits - 1);
}

// Those of 8 bytes in another system's order.
[[nodiscard]] Status read_foreign_long(const Item& item, integer::View number,
                                       std::uint64_t& bits) noexcept {
  const bool is_inside = is_signed(item.letter) ? integer::to_int64(number).has_value()
                                                : integer::to_uint64(number).has_value();
  if (!is_inside) return raise(ErrorKind::kOverflow, {"int too large to convert"});
  bits = integer::to_uint64_wrapping(number);
  return Status::kDone;
}

// Unsigned ones are out of range below 0; small ones of this system say which numbers there are.
[[nodiscard]] Status read_bits(const Item& item, Value number, std::uint64_t& bits) noexcept {
  const IntView view(number);
  if (item.letter == 'P') {
    if (view.view().size > 1) return raise(ErrorKind::kOverflow, {"int too large to convert"});
    bits = integer::to_uint64_wrapping(view.view());
    return Status::kDone;
  }
  if (!item.is_host && item.width == 8) return read_foreign_long(item, view.view(), bits);
  const bool is_wide = !is_signed(item.letter) && (item.width >= 4 || !item.is_host);
  if (is_wide) {
    const auto wide = integer::to_uint64(view.view());
    if (!wide) return raise_out_of_range();
    bits = *wide;
    const bool is_inside = item.width == 8 || bits >> (item.width * 8U) == 0;
    return is_inside ? Status::kDone : Status{raise_not_between(item)};
  }
  const auto narrow = integer::to_int64(view.view());
  if (!narrow) return raise_out_of_range();
  if (!fits(*narrow, item)) return raise_not_between(item);
  bits = static_cast<std::uint64_t>(*narrow);
  return Status::kDone;
}

[[nodiscard]] Status pack_int(const Format& format, const Item& item, std::uint8_t* out,
                              Value value) noexcept {
  if (!is_int(value) && type_of(value).block().protocols().index == nullptr)
    return raise_error({"required argument is not an integer"});
  const Ref<> number = to_index(value);
  std::uint64_t bits = 0;
  if (!number || failed(read_bits(item, number.value(), bits))) return kRaised;
  store(bits, out, item.width, format.is_big());
  return Status::kDone;
}

[[nodiscard]] Ref<> unpack_int(const Format& format, const Item& item,
                               const std::uint8_t* bytes) noexcept {
  const std::uint64_t bits = load(bytes, item.width, format.is_big());
  if (!is_signed(item.letter)) return make_size(bits);
  const unsigned unused = 64U - item.width * 8U;
  return make_int(static_cast<std::int64_t>(bits << unused) >> unused);
}

// --- Floats. ---

constexpr int kHalfBits = 10;  // of a half's fraction

// Rounded to nearest, halves to even. False: it is too large.
[[nodiscard]] bool half_of(double x, std::uint16_t& half) noexcept {
  const auto sign = static_cast<std::uint16_t>(std::signbit(x) ? 0x8000U : 0U);
  x = std::fabs(x);
  if (!std::isfinite(x) || x == 0) {
    half = static_cast<std::uint16_t>(sign | (x == 0 ? 0U : std::isnan(x) ? 0x7E00U : 0x7C00U));
    return true;
  }
  constexpr int kLeast = -14;  // the exponent of the smallest number that has all bits
  const int exponent = std::max(std::ilogb(x), kLeast);
  const auto steps =
      static_cast<std::uint32_t>(std::nearbyint(std::ldexp(x, kHalfBits - exponent)));
  // A number with all bits has 1024 steps and more; what is rounded up may have 2048.
  const std::uint32_t bits = (static_cast<std::uint32_t>(exponent - kLeast) << kHalfBits) + steps;
  if (bits >= 0x7C00U) return false;
  half = static_cast<std::uint16_t>(sign | bits);
  return true;
}

[[nodiscard]] double double_of(std::uint16_t half) noexcept {
  const double sign = (half & 0x8000U) != 0 ? -1 : 1;
  const int exponent = half >> kHalfBits & 0x1F;
  const int fraction = half & 0x3FF;
  if (exponent == 0x1F) return fraction == 0 ? sign * HUGE_VAL : std::copysign(NAN, sign);
  if (exponent == 0) return sign * std::ldexp(fraction, -24);
  return sign * std::ldexp(fraction + 1024, exponent - 25);
}

Raised raise_float_too_large(std::string_view letter) noexcept {
  return raise(ErrorKind::kOverflow, {"float too large to pack with ", letter, " format"});
}

// A float in native layout becomes infinite where it is too large, as C converts.
[[nodiscard]] Status bits_of_float(const Format& format, const Item& item, double x,
                                   std::uint64_t& bits) noexcept {
  if (item.letter == 'e') {
    std::uint16_t half = 0;
    if (!half_of(x, half)) return raise_float_too_large("e");
    bits = half;
  } else if (item.letter == 'f') {
    const auto single = static_cast<float>(x);
    if (std::isinf(single) && std::isfinite(x) && !format.is_native())
      return raise_float_too_large("f");
    bits = std::bit_cast<std::uint32_t>(single);
  } else {
    bits = std::bit_cast<std::uint64_t>(x);
  }
  return Status::kDone;
}

[[nodiscard]] Status pack_float(const Format& format, const Item& item, std::uint8_t* out,
                                Value value) noexcept {
  double x = 0;
  if (failed(read_double(value, x))) {
    clear_error();
    return raise_error({"required argument is not a float"});
  }
  std::uint64_t bits = 0;
  if (failed(bits_of_float(format, item, x, bits))) return kRaised;
  store(bits, out, item.width, format.is_big());
  return Status::kDone;
}

[[nodiscard]] Ref<> unpack_float(const Format& format, const Item& item,
                                 const std::uint8_t* bytes) noexcept {
  const std::uint64_t bits = load(bytes, item.width, format.is_big());
  if (item.letter == 'e') return make_float(double_of(static_cast<std::uint16_t>(bits)));
  if (item.letter == 'd') return make_float(std::bit_cast<double>(bits));
  const auto single = static_cast<std::uint32_t>(bits);
  return make_float(static_cast<double>(std::bit_cast<float>(single)));
}

// --- Bytes. ---

[[nodiscard]] Status pack_text(const Item& item, std::uint8_t* out, Value value) noexcept {
  const bool is_bytes =
      as_bytes(value) != nullptr || type_of(value).is_subtype_of(bytearray_type());
  if (!is_bytes)
    return raise_error(
        {"argument for '", item.letter == 's' ? "s" : "p", "' must be a bytes object"});
  BytesLike bytes;
  if (failed(bytes.take(value))) return kRaised;
  const std::size_t head = item.letter == 'p' ? 1 : 0;  // says how many there are
  if (item.count < head) return Status::kDone;
  const std::size_t room = item.count - head;
  const std::size_t size = std::min(bytes.span().size(), room);
  std::memset(out, 0, item.count);
  if (head != 0) *out = static_cast<std::uint8_t>(std::min<std::size_t>(size, 255));
  std::copy_n(bytes.span().data(), size, out + head);
  return Status::kDone;
}

[[nodiscard]] Ref<> unpack_text(const Item& item, const std::uint8_t* bytes) noexcept {
  if (item.letter == 's') return Bytes::of({bytes, item.count});
  if (item.count == 0) return Bytes::empty();
  return Bytes::of({bytes + 1, std::min<std::size_t>(*bytes, item.count - 1)});
}

[[nodiscard]] Status pack_byte(std::uint8_t* out, Value value) noexcept {
  const Bytes* const bytes = as_bytes(value);
  if (bytes == nullptr || bytes->size() != 1)
    return raise_error({"char format requires a bytes object of length 1"});
  *out = bytes->span()[0];
  return Status::kDone;
}

[[nodiscard]] Status pack_truth(std::uint8_t* out, Value value) noexcept {
  const Truth holds = truth(value);
  *out = holds == Truth::kTrue ? 1 : 0;
  return failed(holds) ? Status::kFailed : Status::kDone;
}

[[nodiscard]] Status pack_any(const Format& format, const Item& item, std::uint8_t* out,
                              Value value) noexcept {
  switch (item.letter) {
    case 's':
    case 'p':
      return pack_text(item, out, value);
    case 'c':
      return pack_byte(out, value);
    case '?':
      return pack_truth(out, value);
    case 'e':
    case 'f':
    case 'd':
      return pack_float(format, item, out, value);
    default:
      return pack_int(format, item, out, value);
  }
}

}  // namespace

Status pack_value(const Format& format, const Item& item, std::uint8_t* out, Value value) noexcept {
  if (!failed(pack_any(format, item, out, value))) return Status::kDone;
  if (is_int(value) && is_pending(exception_type(ErrorKind::kOverflow)))
    return raise_error({"int too large to convert"});
  return kRaised;
}

Ref<> unpack_value(const Format& format, const Item& item, const std::uint8_t* bytes) noexcept {
  switch (item.letter) {
    case 's':
    case 'p':
      return unpack_text(item, bytes);
    case 'c':
      return Bytes::of_byte(*bytes);
    case '?':
      return truth_value(*bytes != 0);
    case 'e':
    case 'f':
    case 'd':
      return unpack_float(format, item, bytes);
    default:
      return unpack_int(format, item, bytes);
  }
}

// --- struct.error ---

Raised raise_error(std::initializer_list<std::string_view> parts) noexcept {
  StrBuilder text;
  for (const std::string_view part : parts) text.add_utf8(part);
  return raise_error(text);
}

Raised raise_error(const StrBuilder& text) noexcept {
  const Ref<Str> str = text.finish();
  if (!str) return kRaised;
  const Utf8Text utf8(*str);
  return raise_new(*g_error, utf8.view());
}

Type* make_error_type() noexcept {
  const Ref<Str> name = intern("error");
  const Ref<Dict> names_of_it = Dict::make();
  Ref<Str> module = intern("struct");
  const Ref<Tuple> bases =
      whole_tuple(ref_of(Value(&exception_type(BuiltinException::kException))));
  if (!name || !names_of_it || !module || !bases ||
      failed(names_of_it->set(Value(names().module), std::move(module))))
    return nullptr;
  g_error = make_class({&type_type(), *name, *bases, *names_of_it});
  return g_error;
}

}  // namespace orochi::inline OROCHI_DESIGN::structs
