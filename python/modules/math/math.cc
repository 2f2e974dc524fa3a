// math: functions of numbers.

#include <cmath>

#include "python/modules/math/parts.h"
#include "python/modules/native_module.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kE = 2.71828182845904523536;

[[nodiscard]] Status add_functions(Module& module, std::span<const NativeSpec> specs) noexcept {
  for (const NativeSpec& spec : specs) {
    const std::string_view name = spec.signature.substr(0, spec.signature.find('('));
    if (failed(add_value(module, name, make_native_function(spec, "math")))) return kRaised;
  }
  return Status::kDone;
}

Status complete(Module& module) noexcept {
  for (const auto functions : {math::real_functions, math::logarithms, math::float_parts,
                               math::sums, math::integer_functions})
    if (failed(add_functions(module, functions()))) return kRaised;
  if (failed(add_float(module, "pi", kPi)) || failed(add_float(module, "e", kE)) ||
      failed(add_float(module, "tau", 2 * kPi)) || failed(add_float(module, "inf", HUGE_VAL)))
    return kRaised;
  return add_float(module, "nan", NAN);
}

}  // namespace

extern constinit const NativeModule kMathModule{
    "math",
    "This module provides access to the mathematical functions defined by the C standard.",
    {},
    complete};

}  // namespace orochi::inline OROCHI_DESIGN
