// Logarithms. An int may be as large as memory: it is a fraction times a power of two.

#include <array>
#include <cmath>

#include "objects/model/error.h"
#include "objects/number/int_double.h"
#include "objects/types/float.h"
#include "objects/types/int.h"
#include "objects/types/tuple.h"
#include "python/modules/math/parts.h"
#include "python/modules/numbers.h"

namespace orochi::inline OROCHI_DESIGN::math {
namespace {

using Logarithm = double (*)(double) noexcept;

// Of a number that is larger than a float: from its two highest limbs, and one that says whether
// there is anything below them.
[[nodiscard]] double fraction_of(integer::View number, std::size_t& exponent) noexcept {
  std::array<integer::Limb, 3> top{0, number.limbs[number.size - 2], number.top()};
  for (std::size_t i = 0; i + 2 < number.size; ++i) top[0] |= number.limbs[i] == 0 ? 0U : 1U;
  exponent = (number.size - 3) * integer::kLimbBits;
  return integer::to_double(integer::View{top.data(), top.size(), false}).value_or(0);
}

template <Logarithm kLogarithm>
[[nodiscard]] Ref<> of_int(Value value) noexcept {
  const IntView number(value);
  const integer::View view = number.view();
  if (view.negative || view.is_zero()) return raise_domain();
  if (const auto small = integer::to_double(view)) return make_float(kLogarithm(*small));
  std::size_t exponent = 0;
  const double fraction = fraction_of(view, exponent);
  int bits = 0;
  const double part = std::frexp(fraction, &bits);
  const double power = static_cast<double>(exponent) + bits;
  return make_float(kLogarithm(part) + kLogarithm(2.0) * power);
}

template <Logarithm kLogarithm>
[[nodiscard]] Ref<> logarithm(Value value) noexcept {
  if (is_int(value)) return of_int<kLogarithm>(value);
  double x = 0;
  if (failed(read_double(value, x))) return kRaised;
  if (x <= 0) return raise_domain();
  return make_float(kLogarithm(x));
}

Ref<> log(const Value* arguments) noexcept {
  const auto& given = static_cast<const Tuple&>(*arguments[0].object());
  if (given.size() == 0 || given.size() > 2)
    return raise(ErrorKind::kType, {"math.log requires 1 to 2 arguments"});
  Ref<> result = logarithm<std::log>(given[0]);
  if (!result || given.size() == 1) return result;
  const Ref<> base = logarithm<std::log>(given[1]);
  if (!base) return kRaised;
  const double divisor = as_float(base.value());
  if (divisor == 0) return raise(ErrorKind::kZeroDivision, {"float division by zero"});
  return make_float(as_float(result.value()) / divisor);
}

template <Logarithm kLogarithm>
Ref<> plain(const Value* arguments) noexcept {
  return logarithm<kLogarithm>(arguments[0]);
}

constexpr NativeSpec kFunctions[] = {
    {"log(*x_and_base)", log, "Return the logarithm of x to the given base."},
    {"log10(x, /)", plain<std::log10>, "Return the base 10 logarithm of x."},
    {"log2(x, /)", plain<std::log2>, "Return the base 2 logarithm of x."},
};

}  // namespace

std::span<const NativeSpec> logarithms() noexcept { return kFunctions; }

}  // namespace orochi::inline OROCHI_DESIGN::math
