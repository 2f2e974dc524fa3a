#include "objects/types/complex_arithmetic.h"

#include <cmath>

#include "objects/model/error.h"
#include "objects/types/float.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr double kMostSteps = 100;  // of powers that are multiplied out

[[nodiscard]] ComplexNumber product(ComplexNumber a, ComplexNumber b) noexcept {
  return {a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}

// Scaled by the larger part of the divisor, so that squares do not overflow (R. L. Smith, 1962).
// Requires: b is not 0.
[[nodiscard]] ComplexNumber quotient(ComplexNumber a, ComplexNumber b) noexcept {
  const double real = std::fabs(b.real);
  const double imag = std::fabs(b.imag);
  if (real >= imag) {
    const double ratio = b.imag / b.real;
    const double scale = b.real + b.imag * ratio;
    return {(a.real + a.imag * ratio) / scale, (a.imag - a.real * ratio) / scale};
  }
  if (imag >= real) {
    const double ratio = b.real / b.imag;
    const double scale = b.real * ratio + b.imag;
    return {(a.real * ratio + a.imag) / scale, (a.imag * ratio - a.real) / scale};
  }
  return {std::nan(""), std::nan("")};
}

[[nodiscard]] bool is_zero(ComplexNumber a) noexcept { return a.real == 0 && a.imag == 0; }

[[nodiscard]] bool is_infinite(ComplexNumber a) noexcept {
  return std::isinf(a.real) || std::isinf(a.imag);
}

// --- Powers. ---

[[nodiscard]] ComplexNumber whole_power(ComplexNumber base, unsigned exponent) noexcept {
  ComplexNumber power{1, 0};
  for (; exponent != 0; exponent >>= 1) {
    if ((exponent & 1) != 0) power = product(power, base);
    base = product(base, base);
  }
  return power;
}

// Of a power by length and angle. Requires, both: `a` is not 0.
[[nodiscard]] double power_angle(ComplexNumber a, ComplexNumber b) noexcept {
  const double turned = std::atan2(a.imag, a.real) * b.real;
  return b.imag == 0 ? turned : turned + b.imag * std::log(std::hypot(a.real, a.imag));
}

[[nodiscard]] ComplexNumber polar_power(ComplexNumber a, ComplexNumber b) noexcept {
  double length = std::pow(std::hypot(a.real, a.imag), b.real);
  if (b.imag != 0) length /= std::exp(std::atan2(a.imag, a.real) * b.imag);
  const double angle = power_angle(a, b);
  return {length * std::cos(angle), length * std::sin(angle)};
}

// An infinite turn ends nowhere.
[[nodiscard]] bool has_angle(ComplexNumber a, ComplexNumber b) noexcept {
  return !std::isinf(power_angle(a, b));
}

Raised raise_zero_power() noexcept {
  return raise(ErrorKind::kZeroDivision, {"0.0 to a negative or complex power"});
}

}  // namespace

Ref<> complex_add(ComplexNumber a, ComplexNumber b) noexcept {
  return make_complex({a.real + b.real, a.imag + b.imag});
}

Ref<> complex_subtract(ComplexNumber a, ComplexNumber b) noexcept {
  return make_complex({a.real - b.real, a.imag - b.imag});
}

Ref<> complex_multiply(ComplexNumber a, ComplexNumber b) noexcept {
  return make_complex(product(a, b));
}

Ref<> complex_true_divide(ComplexNumber a, ComplexNumber b) noexcept {
  if (is_zero(b)) return raise(ErrorKind::kZeroDivision, {"complex division by zero"});
  return make_complex(quotient(a, b));
}

Ref<> complex_power(ComplexNumber a, ComplexNumber b) noexcept {
  const bool is_whole = b.imag == 0 && std::floor(b.real) == b.real;
  ComplexNumber power{1, 0};
  if (is_whole && std::fabs(b.real) <= kMostSteps) {
    power = whole_power(a, static_cast<unsigned>(std::fabs(b.real)));
    if (b.real <= 0 && is_zero(power)) return raise_zero_power();
    if (b.real <= 0) power = quotient({1, 0}, power);
  } else if (is_zero(a)) {
    if (b.imag != 0 || b.real < 0) return raise_zero_power();
    power = {0, 0};
  } else if (!has_angle(a, b)) {
    return raise_zero_power();  // which is what CPython says of it
  } else {
    power = polar_power(a, b);
  }
  if (is_infinite(power)) return raise(ErrorKind::kOverflow, {"complex exponentiation"});
  return make_complex(power);
}

Ref<> complex_absolute(ComplexNumber a) noexcept {
  const double length = std::hypot(a.real, a.imag);
  if (std::isinf(length) && !is_infinite(a))
    return raise(ErrorKind::kOverflow, {"absolute value too large"});
  return make_float(length);
}

}  // namespace orochi::inline OROCHI_DESIGN
