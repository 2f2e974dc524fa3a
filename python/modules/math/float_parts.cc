// What floats are made of, and the whole numbers beside them.

#include <algorithm>
#include <cmath>

#include "objects/model/error.h"
#include "objects/types/attribute.h"
#include "objects/types/float.h"
#include "objects/types/float_conversion.h"
#include "objects/types/index.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "objects/types/tuple.h"
#include "python/modules/math/parts.h"
#include "python/modules/native_type.h"
#include "python/modules/numbers.h"

namespace orochi::inline OROCHI_DESIGN::math {
namespace {

// --- Questions. ---

using Question = bool (*)(double) noexcept;
bool is_finite(double x) noexcept { return std::isfinite(x); }
bool is_infinite(double x) noexcept { return std::isinf(x); }
bool is_nan(double x) noexcept { return std::isnan(x); }

template <Question kQuestion>
Ref<> ask(const Value* arguments) noexcept {
  double x = 0;
  return failed(read_double(arguments[0], x)) ? Ref<>() : truth_value(kQuestion(x));
}

[[nodiscard]] bool is_close(double a, double b, double relative, double absolute) noexcept {
  if (a == b) return true;
  if (std::isinf(a) || std::isinf(b)) return false;
  const double difference = std::fabs(b - a);
  return difference <= std::fabs(relative * b) || difference <= std::fabs(relative * a) ||
         difference <= absolute;
}

[[nodiscard]] Status read_tolerance(Value value, double& tolerance) noexcept {
  return value.is_empty() ? Status::kDone : read_double(value, tolerance);
}

Ref<> isclose(const Value* arguments) noexcept {
  double a = 0;
  double b = 0;
  double relative = 1e-9;
  double absolute = 0;
  if (failed(read_double(arguments[0], a)) || failed(read_double(arguments[1], b)) ||
      failed(read_tolerance(arguments[2], relative)) ||
      failed(read_tolerance(arguments[3], absolute)))
    return kRaised;
  if (relative < 0 || absolute < 0)
    return raise(ErrorKind::kValue, {"tolerances must be non-negative"});
  return truth_value(is_close(a, b, relative, absolute));
}

// --- Parts. ---

Ref<> frexp(const Value* arguments) noexcept {
  double x = 0;
  if (failed(read_double(arguments[0], x))) return kRaised;
  int exponent = 0;
  const double fraction = std::isfinite(x) ? std::frexp(x, &exponent) : x;
  return whole_tuple(make_float(fraction), make_int(exponent));
}

Ref<> modf(const Value* arguments) noexcept {
  double x = 0;
  if (failed(read_double(arguments[0], x))) return kRaised;
  double whole = 0;
  const double fraction = std::modf(x, &whole);
  return whole_tuple(make_float(fraction), make_float(whole));
}

Ref<> ldexp(const Value* arguments) noexcept {
  double x = 0;
  if (failed(read_double(arguments[0], x))) return kRaised;
  const Index exponent = index_of(arguments[1]);
  if (exponent.kind == IndexKind::kNone)
    return raise(ErrorKind::kType, {"Expected an int as second argument to ldexp."});
  if (x == 0 || !std::isfinite(x)) return make_float(x);
  constexpr std::int64_t kFar = 5000;  // beyond all exponents
  const auto steps = static_cast<int>(std::clamp(exponent.number, -kFar, kFar));
  const double result = std::ldexp(x, steps);
  return std::isinf(result) ? Ref<>(raise_range()) : make_float(result);
}

Ref<> ulp(const Value* arguments) noexcept {
  double x = 0;
  if (failed(read_double(arguments[0], x))) return kRaised;
  x = std::fabs(x);
  if (!std::isfinite(x)) return make_float(x);
  const double above = std::nextafter(x, HUGE_VAL);
  if (std::isfinite(above)) return make_float(above - x);
  return make_float(x - std::nextafter(x, 0));
}

// --- Whole numbers. ---

using Rounding = Ref<> (*)(double) noexcept;

// What the value says under `name`. False in `found`: nothing.
[[nodiscard]] Ref<> ask_value(Value value, std::string_view name, bool& found) noexcept {
  const Ref<Str> interned = intern(name);
  return interned ? call_special({&value, 1}, *interned, found) : Ref<>();
}

[[nodiscard]] Ref<> round_to_int(Value value, std::string_view name, Rounding rounding) noexcept {
  if (value.is_float() || (value.is_object() && &type_of(value) == &float_type()))
    return rounding(as_float(value));
  bool found = true;
  Ref<> answer = ask_value(value, name, found);
  if (found) return answer;
  double x = 0;
  return failed(read_double(value, x)) ? Ref<>() : rounding(x);
}

Ref<> floor(const Value* arguments) noexcept {
  return round_to_int(arguments[0], "__floor__", float_floor);
}
Ref<> ceil(const Value* arguments) noexcept {
  return round_to_int(arguments[0], "__ceil__", float_ceil);
}
Ref<> trunc(const Value* arguments) noexcept {
  bool found = true;
  Ref<> answer = ask_value(arguments[0], "__trunc__", found);
  if (found) return answer;
  return raise(ErrorKind::kType,
               {"type ", type_of(arguments[0]).name(), " doesn't define __trunc__ method"});
}

constexpr NativeSpec kFunctions[] = {
    {"ceil(x, /)", ceil, "Return the ceiling of x as an Integral."},
    {"floor(x, /)", floor, "Return the floor of x as an Integral."},
    {"frexp(x, /)", frexp, "Return the mantissa and exponent of x, as pair (m, e)."},
    {"isclose(a, b, *, rel_tol=<1e-09>, abs_tol=<0.0>)", isclose,
     "Determine whether two floating point numbers are close in value."},
    {"isfinite(x, /)", ask<is_finite>,
     "Return True if x is neither an infinity nor a NaN, and False otherwise."},
    {"isinf(x, /)", ask<is_infinite>,
     "Return True if x is a positive or negative infinity, and False otherwise."},
    {"isnan(x, /)", ask<is_nan>, "Return True if x is a NaN (not a number), and False otherwise."},
    {"ldexp(x, i, /)", ldexp, "Return x * (2**i)."},
    {"modf(x, /)", modf, "Return the fractional and integer parts of x."},
    {"trunc(x, /)", trunc, "Truncates the Real x to the nearest Integral toward 0."},
    {"ulp(x, /)", ulp, "Return the value of the least significant bit of the float x."},
};

}  // namespace

std::span<const NativeSpec> float_parts() noexcept { return kFunctions; }

}  // namespace orochi::inline OROCHI_DESIGN::math
