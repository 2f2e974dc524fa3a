#include "objects/types/float_arithmetic.h"

#include <cmath>

#include "objects/model/error.h"
#include "objects/types/complex_arithmetic.h"
#include "objects/types/float.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

struct Divided {
  double quotient;
  double remainder;
};

// Requires: b is not 0. The remainder is exact, so the quotient is made from it: a - remainder is a
// multiple of b but for its own rounding, and so is nearly whole.
[[nodiscard]] Divided divide(double a, double b) noexcept {
  double remainder = std::fmod(a, b);
  double quotient = (a - remainder) / b;
  if (remainder == 0) {
    remainder = std::copysign(0.0, b);
  } else if (std::signbit(remainder) != std::signbit(b)) {
    remainder += b;
    quotient -= 1;
  }
  if (quotient == 0) return {std::copysign(0.0, a / b), remainder};
  const double whole = std::floor(quotient);
  return {quotient - whole > 0.5 ? whole + 1 : whole, remainder};
}

Raised raise_by_zero(std::string_view what) noexcept {
  return raise(ErrorKind::kZeroDivision, {what});
}

[[nodiscard]] bool is_whole(double x) noexcept { return std::floor(x) == x; }

}  // namespace

Ref<> float_add(double a, double b) noexcept { return make_float(a + b); }
Ref<> float_subtract(double a, double b) noexcept { return make_float(a - b); }
Ref<> float_multiply(double a, double b) noexcept { return make_float(a * b); }

Ref<> float_true_divide(double a, double b) noexcept {
  if (b == 0) return raise_by_zero("float division by zero");
  return make_float(a / b);
}

Ref<> float_floor_divide(double a, double b) noexcept {
  if (b == 0) return raise_by_zero("float floor division by zero");
  return make_float(divide(a, b).quotient);
}

Ref<> float_modulo(double a, double b) noexcept {
  if (b == 0) return raise_by_zero("float modulo");
  return make_float(divide(a, b).remainder);
}

Ref<> float_divmod(double a, double b) noexcept {
  if (b == 0) return raise_by_zero("float divmod()");
  const Divided divided = divide(a, b);
  Ref<> quotient = make_float(divided.quotient);
  if (!quotient) return kRaised;
  Ref<> remainder = make_float(divided.remainder);
  if (!remainder) return kRaised;
  return Tuple::of(std::move(quotient), std::move(remainder));
}

// What C says of infinities, of what is not a number, and of 1 and 0 as base or exponent is what
// Python says too.
Ref<> float_power(double a, double b) noexcept {
  if (a == 0 && b < 0 && std::isfinite(b))
    return raise_by_zero("0.0 cannot be raised to a negative power");
  if (a < 0 && std::isfinite(a) && std::isfinite(b) && !is_whole(b))
    return complex_power({a, 0}, {b, 0});
  const double power = std::pow(a, b);
  if (std::isinf(power) && std::isfinite(a) && std::isfinite(b))
    return raise(ErrorKind::kOverflow, {"(34, 'Numerical result out of range')"});
  return make_float(power);
}

}  // namespace orochi::inline OROCHI_DESIGN
