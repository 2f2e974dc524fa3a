#include "objects/types/int_methods.h"

#include "objects/model/error.h"
#include "objects/number/bitwise.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/int_room.h"

namespace orochi::inline OROCHI_DESIGN {

// --- Bits. ---

Ref<> int_bit_length(Value number) noexcept {
  const IntView value(number);
  return make_size(integer::bit_length(value.view()));
}

Ref<> int_bit_count(Value number) noexcept {
  const IntView value(number);
  return make_size(integer::bit_count(value.view()));
}

// --- Bytes. ---

Status int_to_bytes(Value number, std::span<std::uint8_t> out, integer::ByteOrder order,
                    integer::Signed is_signed) noexcept {
  const IntView value(number);
  switch (integer::to_bytes(out, value.view(), order, is_signed)) {
    case integer::ToBytes::kDone:
      return Status::kDone;
    case integer::ToBytes::kTooBig:
      return raise(ErrorKind::kOverflow, {"int too big to convert"});
    case integer::ToBytes::kNegative:
      return raise(ErrorKind::kOverflow, {"can't convert negative int to unsigned"});
  }
  return kRaised;
}

Ref<> int_from_bytes(std::span<const std::uint8_t> bytes, integer::ByteOrder order,
                     integer::Signed is_signed) noexcept {
  IntResult result(integer::from_bytes_room(bytes.size()));
  if (!result) return kRaised;
  return result.finish(integer::from_bytes(result.limbs(), bytes, order, is_signed));
}

// --- Rounding. ---

namespace {

// The multiple of `unit` below the number, or the next one, from what is left over.
[[nodiscard]] Ref<> nearest_multiple(Value number, Value unit) noexcept {
  const Ref<> quotient = int_floor_divide(number, unit);
  if (!quotient) return kRaised;
  const Ref<> rest = int_modulo(number, unit);
  if (!rest) return kRaised;
  const Ref<> twice = int_add(rest.value(), rest.value());
  if (!twice) return kRaised;
  const std::strong_ordering half = int_order(twice.value(), unit);
  const bool is_odd = IntView(quotient.value()).is_odd();
  const Ref<> below = int_subtract(number, rest.value());
  if (!below || half < 0 || (half == 0 && !is_odd)) return below.share();
  return int_add(below.value(), unit);
}

}  // namespace

Ref<> int_round(Value number, std::uint64_t places) noexcept {
  // A power of ten that is more than twice the number, without computing it: log2(10) > 3.
  const IntView value(number);
  if (places > integer::bit_length(value.view()) / 3 + 1) return make_int(std::int64_t{0});
  const Ref<> unit = int_power(Value::of_int(10), Value::of_int(static_cast<std::int64_t>(places)));
  return unit ? nearest_multiple(number, unit.value()) : Ref<>(kRaised);
}

}  // namespace orochi::inline OROCHI_DESIGN
