// Functions of one and two reals. What is not a number stays so; what has no value is a ValueError,
// what is too large an OverflowError.

#include <array>
#include <cmath>

#include "objects/model/error.h"
#include "objects/types/float.h"
#include "python/modules/math/parts.h"
#include "python/modules/numbers.h"

namespace orochi::inline OROCHI_DESIGN::math {

Raised raise_domain() noexcept { return raise(ErrorKind::kValue, {"math domain error"}); }
Raised raise_range() noexcept { return raise(ErrorKind::kOverflow, {"math range error"}); }

namespace {

constexpr double kPi = 3.14159265358979323846;

using One = double (*)(double) noexcept;
using Two = double (*)(double, double) noexcept;

// What a result that is infinite, where the argument is not, means.
enum class AtInfinity : bool { kNoValue, kTooLarge };

// --- Of one. ---

[[nodiscard]] Ref<> checked(double result, bool is_expected, AtInfinity meaning) noexcept {
  if (std::isfinite(result) || is_expected) return make_float(result);
  if (std::isnan(result) || meaning == AtInfinity::kNoValue) return raise_domain();
  return raise_range();
}

template <One kFunction, AtInfinity kMeaning = AtInfinity::kNoValue>
Ref<> one(const Value* arguments) noexcept {
  double x = 0;
  if (failed(read_double(arguments[0], x))) return kRaised;
  const double result = kFunction(x);
  const bool is_expected = std::isnan(result) ? std::isnan(x) : !std::isfinite(x);
  return checked(result, is_expected, kMeaning);
}

// The gamma of whole numbers is a factorial; up to here those are floats.
constexpr int kExactFactorials = 22;
constexpr auto kFactorials = [] {
  std::array<double, kExactFactorials + 1> all{1};
  for (std::size_t n = 1; n < all.size(); ++n) all[n] = all[n - 1] * static_cast<double>(n);
  return all;
}();

[[nodiscard]] bool is_pole(double x) noexcept { return x <= 0 && x == std::floor(x); }

Ref<> gamma(const Value* arguments) noexcept {
  double x = 0;
  if (failed(read_double(arguments[0], x))) return kRaised;
  if (is_pole(x)) return raise_domain();
  if (!std::isfinite(x)) return make_float(x);
  if (x == std::floor(x) && x <= kExactFactorials + 1)
    return make_float(kFactorials[static_cast<std::size_t>(x) - 1]);
  return checked(std::tgamma(x), false, AtInfinity::kTooLarge);
}

Ref<> lgamma(const Value* arguments) noexcept {
  double x = 0;
  if (failed(read_double(arguments[0], x))) return kRaised;
  if (std::isinf(x)) return make_float(std::fabs(x));
  if (is_pole(x)) return raise_domain();
  if (std::isnan(x)) return make_float(x);
  if (x == 1 || x == 2) return make_float(0);
  int sign = 0;
  return checked(::lgamma_r(x, &sign), false, AtInfinity::kTooLarge);
}

// --- Of two. ---

template <Two kFunction>
Ref<> two(const Value* arguments) noexcept {
  double x = 0;
  double y = 0;
  if (failed(read_double(arguments[0], x)) || failed(read_double(arguments[1], y))) return kRaised;
  const double result = kFunction(x, y);
  if (std::isnan(result) && !std::isnan(x) && !std::isnan(y)) return raise_domain();
  if (std::isinf(result) && std::isfinite(x) && std::isfinite(y)) return raise_range();
  return make_float(result);
}

// Steps that reach infinity are no failure.
Ref<> next_after(const Value* arguments) noexcept {
  double x = 0;
  double y = 0;
  if (failed(read_double(arguments[0], x)) || failed(read_double(arguments[1], y))) return kRaised;
  return make_float(std::nextafter(x, y));
}

// A power of zero with a negative exponent has no value.
Ref<> pow(const Value* arguments) noexcept {
  double x = 0;
  double y = 0;
  if (failed(read_double(arguments[0], x)) || failed(read_double(arguments[1], y))) return kRaised;
  const double result = std::pow(x, y);
  if (!std::isfinite(x) || !std::isfinite(y) || std::isfinite(result)) return make_float(result);
  return std::isnan(result) || x == 0 ? Ref<>(raise_domain()) : Ref<>(raise_range());
}

double degrees(double x) noexcept { return x * (180.0 / kPi); }
double radians(double x) noexcept { return x * (kPi / 180.0); }

// An angle may become infinite.
template <One kFunction>
Ref<> angle(const Value* arguments) noexcept {
  double x = 0;
  return failed(read_double(arguments[0], x)) ? Ref<>() : make_float(kFunction(x));
}

constexpr AtInfinity kTooLarge = AtInfinity::kTooLarge;

constexpr NativeSpec kFunctions[] = {
    {"acos(x, /)", one<std::acos>, "Return the arc cosine (measured in radians) of x."},
    {"acosh(x, /)", one<std::acosh>, "Return the inverse hyperbolic cosine of x."},
    {"asin(x, /)", one<std::asin>, "Return the arc sine (measured in radians) of x."},
    {"asinh(x, /)", one<std::asinh>, "Return the inverse hyperbolic sine of x."},
    {"atan(x, /)", one<std::atan>, "Return the arc tangent (measured in radians) of x."},
    {"atan2(y, x, /)", two<std::atan2>, "Return the arc tangent (measured in radians) of y/x."},
    {"atanh(x, /)", one<std::atanh>, "Return the inverse hyperbolic tangent of x."},
    {"cbrt(x, /)", one<std::cbrt>, "Return the cube root of x."},
    {"copysign(x, y, /)", two<std::copysign>,
     "Return a float with the magnitude of x and the sign of y."},
    {"cos(x, /)", one<std::cos>, "Return the cosine of x (measured in radians)."},
    {"cosh(x, /)", one<std::cosh, kTooLarge>, "Return the hyperbolic cosine of x."},
    {"degrees(x, /)", angle<degrees>, "Convert angle x from radians to degrees."},
    {"erf(x, /)", one<std::erf>, "Error function at x."},
    {"erfc(x, /)", one<std::erfc>, "Complementary error function at x."},
    {"exp(x, /)", one<std::exp, kTooLarge>, "Return e raised to the power of x."},
    {"exp2(x, /)", one<std::exp2, kTooLarge>, "Return 2 raised to the power of x."},
    {"expm1(x, /)", one<std::expm1, kTooLarge>, "Return exp(x)-1."},
    {"fabs(x, /)", one<std::fabs>, "Return the absolute value of the float x."},
    {"fmod(x, y, /)", two<std::fmod>, "Return fmod(x, y), according to platform C."},
    {"gamma(x, /)", gamma, "Gamma function at x."},
    {"lgamma(x, /)", lgamma, "Natural logarithm of absolute value of Gamma function at x."},
    {"log1p(x, /)", one<std::log1p>, "Return the natural logarithm of 1+x (base e)."},
    {"nextafter(x, y, /)", next_after, "Return the next floating-point value after x towards y."},
    {"pow(x, y, /)", pow, "Return x**y (x to the power of y)."},
    {"radians(x, /)", angle<radians>, "Convert angle x from degrees to radians."},
    {"remainder(x, y, /)", two<std::remainder>,
     "Difference between x and the closest integer multiple of y."},
    {"sin(x, /)", one<std::sin>, "Return the sine of x (measured in radians)."},
    {"sinh(x, /)", one<std::sinh, kTooLarge>, "Return the hyperbolic sine of x."},
    {"sqrt(x, /)", one<std::sqrt>, "Return the square root of x."},
    {"tan(x, /)", one<std::tan>, "Return the tangent of x (measured in radians)."},
    {"tanh(x, /)", one<std::tanh>, "Return the hyperbolic tangent of x."},
};

}  // namespace

std::span<const NativeSpec> real_functions() noexcept { return kFunctions; }

}  // namespace orochi::inline OROCHI_DESIGN::math
