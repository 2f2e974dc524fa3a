#include "objects/types/float_conversion.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "objects/model/error.h"
#include "objects/number/bitwise.h"
#include "objects/number/double_parts.h"
#include "objects/number/float_hex.h"
#include "objects/number/float_round.h"
#include "objects/number/float_text.h"
#include "objects/number/int_double.h"
#include "objects/types/float.h"
#include "objects/types/int_room.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Ref<> whole_number(double x) noexcept {
  std::array<integer::Limb, integer::kFromDoubleRoom> limbs;
  return make_int(integer::from_double(limbs.data(), x));
}

[[nodiscard]] Ref<> checked_whole_number(double x, double whole) noexcept {
  if (std::isfinite(x)) return whole_number(whole);
  if (std::isnan(x)) return raise(ErrorKind::kValue, {"cannot convert float NaN to integer"});
  return raise(ErrorKind::kOverflow, {"cannot convert float infinity to integer"});
}

// mantissa * 2**places, for places that a double has.
[[nodiscard]] Ref<> shifted(std::uint64_t mantissa, int places, bool negative) noexcept {
  std::array<integer::Limb, integer::kFromDoubleRoom + 1> limbs;
  const integer::Small number(integer::Limb{mantissa}, negative);
  return make_int(
      integer::shift_left(limbs.data(), number.view(), static_cast<std::uint64_t>(places)));
}

// Halves to even, whatever rounding the thread has asked the machine for.
[[nodiscard]] double nearest_whole(double x) noexcept {
  const double down = std::floor(x);
  const double rest = x - down;
  const bool is_odd = std::fmod(down, 2.0) != 0;
  return rest > 0.5 || (rest == 0.5 && is_odd) ? down + 1 : down;
}

}  // namespace

// --- Integers. ---

Ref<> float_truncate(double x) noexcept { return checked_whole_number(x, x); }
Ref<> float_floor(double x) noexcept { return checked_whole_number(x, std::floor(x)); }
Ref<> float_ceil(double x) noexcept { return checked_whole_number(x, std::ceil(x)); }
Ref<> float_round(double x) noexcept { return checked_whole_number(x, nearest_whole(x)); }

Ref<> float_round(double x, std::int64_t digits) noexcept {
  const std::optional<double> rounded = round_double(x, digits);
  if (!rounded) return raise(ErrorKind::kOverflow, {"rounded value too large to represent"});
  return make_float(*rounded);
}

Ref<> float_as_integer_ratio(double x) noexcept {
  if (std::isnan(x)) return raise(ErrorKind::kValue, {"cannot convert NaN to integer ratio"});
  if (std::isinf(x))
    return raise(ErrorKind::kOverflow, {"cannot convert Infinity to integer ratio"});
  const DoubleParts parts = take_apart_reduced(x);
  Ref<> numerator = shifted(parts.mantissa, std::max(parts.exponent, 0), parts.negative);
  if (!numerator) return kRaised;
  Ref<> denominator = shifted(1, std::max(-parts.exponent, 0), false);
  if (!denominator) return kRaised;
  return Tuple::of(std::move(numerator), std::move(denominator));
}

// --- Text. ---

Ref<Str> float_repr(double x) noexcept {
  std::array<char, kDoubleReprRoom> text;
  const char* const end = print_double(text.data(), x);
  return Str::of_ascii({text.data(), static_cast<std::size_t>(end - text.data())});
}

Ref<Str> float_hex(double x) noexcept {
  std::array<char, kDoubleHexRoom> text;
  const char* const end = print_double_hex(text.data(), x);
  return Str::of_ascii({text.data(), static_cast<std::size_t>(end - text.data())});
}

Ref<> parse_float(std::string_view text) noexcept {
  const std::size_t room = parse_double_scratch(text);
  const IntScratch scratch(room / sizeof(integer::Limb) + 1);
  if (!scratch) return kRaised;
  const std::span<char> chars(reinterpret_cast<char*>(scratch.limbs().data()), room);
  const std::optional<double> number = parse_double(text, chars);
  if (!number) return raise(ErrorKind::kValue, {"could not convert string to float: '", text, "'"});
  return make_float(*number);
}

Ref<> parse_float_hex(std::string_view text) noexcept {
  const HexDouble parsed = parse_double_hex(text);
  if (parsed.fault == HexFault::kInvalid)
    return raise(ErrorKind::kValue, {"invalid hexadecimal floating-point string"});
  if (parsed.fault == HexFault::kTooLarge)
    return raise(ErrorKind::kOverflow, {"hexadecimal value too large to represent as a float"});
  return make_float(parsed.value);
}

}  // namespace orochi::inline OROCHI_DESIGN
