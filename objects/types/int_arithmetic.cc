#include "objects/types/int_arithmetic.h"

#include "objects/model/error.h"
#include "objects/number/division.h"
#include "objects/number/int_double.h"
#include "objects/number/numeric_hash.h"
#include "objects/number/power.h"
#include "objects/types/float.h"
#include "objects/types/float_arithmetic.h"
#include "objects/types/int_room.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using integer::View;

[[nodiscard]] bool are_small(Value a, Value b) noexcept { return a.is_int() && b.is_int(); }
[[nodiscard]] bool is_zero(Value a) noexcept { return IntView(a).is_zero(); }

// For functions that need room and nothing else.
[[nodiscard]] Ref<> compute(View (*function)(integer::Limb*, View, View) noexcept,
                            std::size_t (*room)(View, View) noexcept, Value a, Value b) noexcept {
  const IntView left(a);
  const IntView right(b);
  IntResult result(room(left.view(), right.view()));
  if (!result) return kRaised;
  return result.finish(function(result.limbs(), left.view(), right.view()));
}

// Rounded down, of a divisor that is not 0. No overflow: both have 62 bits.
struct SmallDivided {
  std::int64_t quotient;
  std::int64_t remainder;
};
[[nodiscard]] SmallDivided divide_small(std::int64_t a, std::int64_t b) noexcept {
  const SmallDivided cut{a / b, a % b};
  const bool is_too_high = cut.remainder != 0 && (cut.remainder < 0) != (b < 0);
  return is_too_high ? SmallDivided{cut.quotient - 1, cut.remainder + b} : cut;
}

struct Divided {
  Ref<> quotient;
  Ref<> remainder;
};
// Either empty: an exception is pending. Requires: b is not zero.
[[nodiscard]] Divided divide(Value a, Value b) noexcept {
  if (are_small(a, b)) {
    const SmallDivided small = divide_small(a.as_int(), b.as_int());
    return {make_int(small.quotient), make_int(small.remainder)};
  }
  const IntView left(a);
  const IntView right(b);
  IntResult quotient(integer::quotient_room(left.view(), right.view()));
  if (!quotient) return {};
  IntResult remainder(integer::remainder_room(left.view(), right.view()));
  if (!remainder) return {};
  const IntScratch scratch(integer::divide_scratch(left.view(), right.view()));
  if (!scratch) return {};
  const integer::Divided divided = integer::floor_divide(
      quotient.limbs(), remainder.limbs(), left.view(), right.view(), scratch.limbs());
  Divided result;
  result.quotient = quotient.finish(divided.quotient);
  if (result.quotient) result.remainder = remainder.finish(divided.remainder);
  return result;
}

}  // namespace

// --- Sums and products. ---

Ref<> int_add(Value a, Value b) noexcept {
  if (are_small(a, b)) return make_int(a.as_int() + b.as_int());  // 63 bits at most
  return compute(integer::add, integer::add_room, a, b);
}

Ref<> int_subtract(Value a, Value b) noexcept {
  if (are_small(a, b)) return make_int(a.as_int() - b.as_int());
  return compute(integer::subtract, integer::add_room, a, b);
}

Ref<> int_multiply(Value a, Value b) noexcept {
  Value product;
  if (are_small(a, b) && try_multiply(a, b, product)) return Ref<>::adopt(product);
  const IntView left(a);
  const IntView right(b);
  // The same view twice is squared.
  const View x = left.view();
  const View y = a == b ? x : right.view();
  IntResult result(integer::multiply_room(x, y));
  if (!result) return kRaised;
  const IntScratch scratch(integer::multiply_scratch(x, y));
  if (!scratch) return kRaised;
  return result.finish(integer::multiply(result.limbs(), x, y, scratch.limbs()));
}

// --- Division. ---

Ref<> int_floor_divide(Value a, Value b) noexcept {
  if (is_zero(b)) return raise(ErrorKind::kZeroDivision, {"integer division or modulo by zero"});
  Divided divided = divide(a, b);
  if (!divided.remainder) return kRaised;
  return std::move(divided.quotient);
}

Ref<> int_modulo(Value a, Value b) noexcept {
  if (is_zero(b)) return raise(ErrorKind::kZeroDivision, {"integer modulo by zero"});
  return divide(a, b).remainder;
}

Ref<> int_divmod(Value a, Value b) noexcept {
  if (is_zero(b)) return raise(ErrorKind::kZeroDivision, {"integer division or modulo by zero"});
  Divided divided = divide(a, b);
  if (!divided.remainder) return kRaised;
  return Tuple::of(std::move(divided.quotient), std::move(divided.remainder));
}

Ref<> int_true_divide(Value a, Value b) noexcept {
  if (is_zero(b)) return raise(ErrorKind::kZeroDivision, {"division by zero"});
  const IntView left(a);
  const IntView right(b);
  const IntScratch scratch(integer::true_divide_scratch(left.view(), right.view()));
  if (!scratch) return kRaised;
  const std::optional<double> quotient =
      integer::true_divide(left.view(), right.view(), scratch.limbs());
  if (!quotient)
    return raise(ErrorKind::kOverflow, {"integer division result too large for a float"});
  return make_float(*quotient);
}

// --- Powers. ---

namespace {

[[nodiscard]] Ref<> power_of_floats(Value a, Value exponent) noexcept {
  double base = 0;
  double power = 0;
  if (failed(float_of(a, base)) || failed(float_of(exponent, power))) return kRaised;
  return float_power(base, power);
}

// What does not grow: 0, 1 and -1 to any exponent. Empty: it grows.
[[nodiscard]] Ref<> flat_power(View a, View exponent) noexcept {
  if (exponent.is_zero()) return make_int(std::int64_t{1});
  if (a.is_zero()) return make_int(std::int64_t{0});
  if (a.size != 1 || a.limbs[0] != 1) return {};
  return make_int(a.negative && exponent.is_odd() ? std::int64_t{-1} : std::int64_t{1});
}

}  // namespace

Ref<> int_power(Value a, Value exponent) noexcept {
  const IntView base(a);
  const IntView power(exponent);
  if (power.view().negative) return power_of_floats(a, exponent);
  if (Ref<> flat = flat_power(base.view(), power.view())) return flat;
  const std::optional<std::uint64_t> times = integer::to_uint64(power.view());
  if (!times) return raise_memory_error();
  IntResult result(integer::power_room(base.view(), *times));
  if (!result) return kRaised;
  const IntScratch scratch(integer::power_scratch(base.view(), *times));
  if (!scratch) return kRaised;
  return result.finish(integer::power(result.limbs(), base.view(), *times, scratch.limbs()));
}

Ref<> int_modular_power(Value a, Value exponent, Value modulus) noexcept {
  if (is_zero(modulus)) return raise(ErrorKind::kValue, {"pow() 3rd argument cannot be 0"});
  const IntView base(a);
  const IntView power(exponent);
  const IntView divisor(modulus);
  IntResult result(integer::modular_power_room(divisor.view()));
  if (!result) return kRaised;
  const IntScratch scratch(
      integer::modular_power_scratch(base.view(), power.view(), divisor.view()));
  if (!scratch) return kRaised;
  const std::optional<View> found = integer::modular_power(
      result.limbs(), base.view(), power.view(), divisor.view(), scratch.limbs());
  if (!found) return raise(ErrorKind::kValue, {"base is not invertible for the given modulus"});
  return result.finish(*found);
}

// --- Order and hash. ---

std::strong_ordering int_order(Value a, Value b) noexcept {
  if (are_small(a, b)) return a.as_int() <=> b.as_int();
  const IntView left(a);
  const IntView right(b);
  return integer::compare(left.view(), right.view());
}

std::int64_t int_hash(Value a) noexcept {
  if (a.is_int()) return hash_of_int64(a.as_int());
  const IntView number(a);
  return hash_of_integer(number.view());
}

}  // namespace orochi::inline OROCHI_DESIGN
