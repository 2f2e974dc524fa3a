#include "objects/model/error.h"
#include "objects/number/bitwise.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/int_room.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using integer::Limb;
using integer::View;

[[nodiscard]] Ref<> combine(View (*function)(Limb*, View, View) noexcept, Value a,
                            Value b) noexcept {
  const IntView left(a);
  const IntView right(b);
  IntResult result(integer::bitwise_room(left.view(), right.view()));
  if (!result) return kRaised;
  return result.finish(function(result.limbs(), left.view(), right.view()));
}

[[nodiscard]] bool are_small(Value a, Value b) noexcept { return a.is_int() && b.is_int(); }

Raised raise_negative_count() noexcept {
  return raise(ErrorKind::kValue, {"negative shift count"});
}

}  // namespace

// --- Bit by bit. Small ones stay small. ---

Ref<> int_and(Value a, Value b) noexcept {
  if (are_small(a, b)) return make_int(a.as_int() & b.as_int());
  return combine(integer::bitwise_and, a, b);
}

Ref<> int_or(Value a, Value b) noexcept {
  if (are_small(a, b)) return make_int(a.as_int() | b.as_int());
  return combine(integer::bitwise_or, a, b);
}

Ref<> int_xor(Value a, Value b) noexcept {
  if (are_small(a, b)) return make_int(a.as_int() ^ b.as_int());
  return combine(integer::bitwise_xor, a, b);
}

// --- Shifts. ---

Ref<> int_left_shift(Value a, Value count) noexcept {
  const IntView number(a);
  const IntView places(count);
  if (places.view().negative) return raise_negative_count();
  if (number.is_zero()) return make_int(std::int64_t{0});
  const std::optional<std::uint64_t> times = integer::to_uint64(places.view());
  if (!times) return raise(ErrorKind::kOverflow, {"too many digits in integer"});
  IntResult result(integer::shift_left_room(number.view(), *times));
  if (!result) return kRaised;
  return result.finish(integer::shift_left(result.limbs(), number.view(), *times));
}

Ref<> int_right_shift(Value a, Value count) noexcept {
  const IntView number(a);
  const IntView places(count);
  if (places.view().negative) return raise_negative_count();
  // More than there can be bits is as good as any larger number.
  const std::uint64_t times = integer::to_uint64(places.view()).value_or(UINT64_MAX);
  IntResult result(integer::shift_right_room(number.view(), times));
  if (!result) return kRaised;
  return result.finish(integer::shift_right(result.limbs(), number.view(), times));
}

// --- Of one. ---

Ref<> int_negative(Value a) noexcept {
  if (a.is_int()) return make_int(-a.as_int());
  const IntView number(a);
  return make_int(number.view().negated());
}

Ref<> int_positive(Value a) noexcept {
  if (a.is_int()) return Ref<>::adopt(a);
  if (a.is_object() && &type_of(a) == &int_type()) return Ref<>::of(a);
  const IntView number(a);
  return make_int(number.view());
}

Ref<> int_invert(Value a) noexcept {
  if (a.is_int()) return make_int(~a.as_int());
  const IntView number(a);
  IntResult result(integer::invert_room(number.view()));
  if (!result) return kRaised;
  return result.finish(integer::invert(result.limbs(), number.view()));
}

Ref<> int_absolute(Value a) noexcept {
  const IntView number(a);
  return number.view().negative ? int_negative(a) : int_positive(a);
}

}  // namespace orochi::inline OROCHI_DESIGN
