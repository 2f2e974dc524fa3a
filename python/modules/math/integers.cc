// Functions of whole numbers of any size: gcd, lcm, isqrt, factorial, perm, comb.

#include <cmath>

#include "objects/model/error.h"
#include "objects/number/power.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/int_room.h"
#include "objects/types/tuple.h"
#include "python/modules/math/parts.h"

namespace orochi::inline OROCHI_DESIGN::math {
namespace {

[[nodiscard]] bool is_negative(Value number) noexcept {
  const IntView view(number);
  return view.view().negative;
}

// --- gcd, lcm ---

[[nodiscard]] Ref<> gcd_of(Value a, Value b) noexcept {
  const IntView first(a);
  const IntView second(b);
  const integer::View x = first.view();
  const integer::View y = second.view();
  IntResult result(integer::gcd_room(x, y));
  const IntScratch scratch(integer::gcd_scratch(x, y));
  if (!result || !scratch) return kRaised;
  return result.finish(integer::gcd(result.limbs(), x, y, scratch.limbs()));
}

[[nodiscard]] Ref<> lcm_of(Value a, Value b) noexcept {
  if (IntView(a).is_zero() || IntView(b).is_zero()) return make_int(0);
  const Ref<> divisor = gcd_of(a, b);
  const Ref<> part = divisor ? int_floor_divide(a, divisor.value()) : Ref<>();
  const Ref<> product = part ? int_multiply(part.value(), b) : Ref<>();
  return product ? int_absolute(product.value()) : Ref<>();
}

// All of `numbers`, one after another; of one the absolute value, of none `nothing`.
template <Ref<> (*kCombine)(Value, Value) noexcept>
[[nodiscard]] Ref<> fold(const Tuple& numbers, std::int64_t nothing) noexcept {
  if (numbers.size() == 0) return make_int(nothing);
  const Ref<> first = to_index(numbers[0]);
  Ref<> result = first ? int_absolute(first.value()) : Ref<>();
  for (std::size_t i = 1; result && i < numbers.size(); ++i) {
    const Ref<> number = to_index(numbers[i]);
    if (!number) return kRaised;
    result = kCombine(result.value(), number.value());
  }
  return result;
}

Ref<> gcd(const Value* arguments) noexcept {
  return fold<gcd_of>(static_cast<const Tuple&>(*arguments[0].object()), 0);
}
Ref<> lcm(const Value* arguments) noexcept {
  return fold<lcm_of>(static_cast<const Tuple&>(*arguments[0].object()), 1);
}

// --- isqrt ---

Ref<> isqrt(const Value* arguments) noexcept {
  const Ref<> number = to_index(arguments[0]);
  if (!number) return kRaised;
  if (is_negative(number.value()))
    return raise(ErrorKind::kValue, {"isqrt() argument must be nonnegative"});
  const IntView square(number.value());
  IntResult result(integer::square_root_room(square.view()));
  const IntScratch scratch(integer::square_root_scratch(square.view()));
  if (!result || !scratch) return kRaised;
  return result.finish(integer::square_root(result.limbs(), square.view(), scratch.limbs()));
}

// --- Products of many. ---

// n * (n - 1) * ... , `count` factors, in halves, so that factors of one size meet. Requires: they
// are positive, and there is one at least.
[[nodiscard]] Ref<> falling_product(Value n, std::int64_t count) noexcept {
  if (count == 1) return int_positive(n);
  const std::int64_t half = count / 2;
  const Ref<> lower = int_subtract(n, Value::of_int(half));
  const Ref<> left = lower ? falling_product(n, half) : Ref<>();
  const Ref<> right = left ? falling_product(lower.value(), count - half) : Ref<>();
  return right ? int_multiply(left.value(), right.value()) : Ref<>();
}

[[nodiscard]] Ref<> permutations_of(Value n, std::int64_t count) noexcept {
  return count == 0 ? make_int(1) : falling_product(n, count);
}

Ref<> factorial(const Value* arguments) noexcept {
  const Ref<> number = to_index(arguments[0]);
  if (!number) return kRaised;
  if (is_negative(number.value()))
    return raise(ErrorKind::kValue, {"factorial() not defined for negative values"});
  const Index n = index_of(number.value());
  if (n.kind == IndexKind::kTooLarge || n.number > Value::kMaxInt)
    return raise(ErrorKind::kOverflow,
                 {"factorial() argument should not exceed 9223372036854775807"});
  return permutations_of(number.value(), n.number);
}

// Both are there and not negative.
[[nodiscard]] Status read_both(const Value* arguments, Ref<>& n, Ref<>& k) noexcept {
  n = to_index(arguments[0]);
  k = n ? to_index(arguments[1]) : Ref<>();
  if (!k) return kRaised;
  if (is_negative(n.value())) return raise(ErrorKind::kValue, {"n must be a non-negative integer"});
  if (is_negative(k.value())) return raise(ErrorKind::kValue, {"k must be a non-negative integer"});
  return Status::kDone;
}

Ref<> perm(const Value* arguments) noexcept {
  if (arguments[1].is_none()) return factorial(arguments);
  Ref<> n;
  Ref<> k;
  if (failed(read_both(arguments, n, k))) return kRaised;
  if (int_order(n.value(), k.value()) < 0) return make_int(0);
  const Index count = index_of(k.value());
  if (count.kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kOverflow, {"k must not exceed 9223372036854775807"});
  return permutations_of(n.value(), count.number);
}

// As many ways to choose k as to leave k.
Ref<> comb(const Value* arguments) noexcept {
  Ref<> n;
  Ref<> k;
  if (failed(read_both(arguments, n, k))) return kRaised;
  Ref<> rest = int_subtract(n.value(), k.value());
  if (!rest) return kRaised;
  if (is_negative(rest.value())) return make_int(0);
  if (int_order(rest.value(), k.value()) < 0) k.swap(rest);
  const Index count = index_of(k.value());
  if (count.kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kOverflow, {"min(n - k, k) must not exceed 9223372036854775807"});
  const Ref<> orders = permutations_of(n.value(), count.number);
  const Ref<> same = orders ? permutations_of(k.value(), count.number) : Ref<>();
  return same ? int_floor_divide(orders.value(), same.value()) : Ref<>();
}

constexpr NativeSpec kFunctions[] = {
    {"comb(n, k, /)", comb,
     "Number of ways to choose k items from n items without repetition and without order."},
    {"factorial(n, /)", factorial, "Find n!."},
    {"gcd(*integers)", gcd, "Greatest Common Divisor."},
    {"isqrt(n, /)", isqrt, "Return the integer part of the square root of the input."},
    {"lcm(*integers)", lcm, "Least Common Multiple."},
    {"perm(n, k=None, /)", perm,
     "Number of ways to choose k items from n items without repetition and with order."},
};

}  // namespace

std::span<const NativeSpec> integer_functions() noexcept { return kFunctions; }

}  // namespace orochi::inline OROCHI_DESIGN::math
