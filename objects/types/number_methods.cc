#include "objects/types/number_methods.h"

#include <cmath>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/bytes.h"
#include "objects/types/bytes_from.h"
#include "objects/types/complex.h"
#include "objects/types/float.h"
#include "objects/types/float_conversion.h"
#include "objects/types/index.h"
#include "objects/types/index_arguments.h"
#include "objects/types/int.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/int_methods.h"
#include "objects/types/native_function.h"
#include "objects/types/ordering.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// --- int. ---

template <Ref<> (*kFunction)(Value) noexcept>
Ref<> of_int(const Value* arguments) noexcept {
  return kFunction(arguments[0]);
}

Ref<> int_ratio(Value self) noexcept {
  Ref<> numerator = int_positive(self);
  if (!numerator) return kRaised;
  return Tuple::of(std::move(numerator), Ref<>::of(Value::of_int(1)));
}

[[nodiscard]] Status read_places(Value value, Index& places) noexcept {
  const Ref<> number = to_index(value);
  if (number) places = index_of(number.value());
  return number ? Status::kDone : Status::kFailed;
}

Ref<> round_int(const Value* arguments) noexcept {
  if (arguments[1].is_empty()) return int_positive(arguments[0]);
  Index places;
  if (failed(read_places(arguments[1], places))) return kRaised;
  if (places.number >= 0) return int_positive(arguments[0]);
  // -INT64_MIN is none.
  return int_round(arguments[0], std::uint64_t{0} - static_cast<std::uint64_t>(places.number));
}

[[nodiscard]] Status read_byte_order(Value value, std::string_view function,
                                     integer::ByteOrder& order) noexcept {
  const Str* const text = as_str(value);
  if (text == nullptr)
    return raise(ErrorKind::kType,
                 {function, "() argument 'byteorder' must be str, not ", type_of(value).name()});
  const std::string_view name = text->is_ascii() ? text->ascii() : "";
  order = name == "little" ? integer::ByteOrder::kLittle : integer::ByteOrder::kBig;
  if (name == "little" || name == "big") return Status::kDone;
  return raise(ErrorKind::kValue, {"byteorder must be either 'little' or 'big'"});
}

[[nodiscard]] Status read_signed(Value value, integer::Signed& is_signed) noexcept {
  const Truth answer = truth(value);
  if (failed(answer)) return kRaised;
  is_signed = answer == Truth::kTrue ? integer::Signed::kYes : integer::Signed::kNo;
  return Status::kDone;
}

Ref<> to_bytes(const Value* arguments) noexcept {
  std::int64_t length = 0;
  integer::ByteOrder order{};
  integer::Signed is_signed{};
  if (failed(read_index(arguments[1], length)) ||
      failed(read_byte_order(arguments[2], "to_bytes", order)) ||
      failed(read_signed(arguments[3], is_signed)))
    return kRaised;
  if (length < 0) return raise(ErrorKind::kValue, {"length argument must be non-negative"});
  const auto size = static_cast<std::size_t>(length);
  Ref<Bytes> made = Bytes::make_blank(size);
  if (!made) return kRaised;
  std::uint8_t nothing = 0;
  const std::span<std::uint8_t> out(size == 0 ? &nothing : made->writable(), size);
  return failed(int_to_bytes(arguments[0], out, order, is_signed)) ? Ref<>()
                                                                   : Ref<>(std::move(made));
}

// As the class makes it.
Ref<> from_bytes(const Value* arguments) noexcept {
  integer::ByteOrder order{};
  integer::Signed is_signed{};
  if (failed(read_byte_order(arguments[2], "from_bytes", order)) ||
      failed(read_signed(arguments[3], is_signed)))
    return kRaised;
  if (as_str(arguments[1]) != nullptr)
    return raise(ErrorKind::kType, {"cannot convert 'str' object to bytes"});
  const Ref<Bytes> bytes = bytes_of_any(arguments[1], "bytes must be in range(0, 256)", "bytes");
  if (!bytes) return kRaised;
  Ref<> number = int_from_bytes(bytes->span(), order, is_signed);
  if (!number || arguments[0] == Value(&int_type())) return number;
  const Value argument = number.value();
  return call(arguments[0], {&argument, 1, nullptr});
}

Ref<> get_zero(Value) noexcept { return Ref<>::of(Value::of_int(0)); }
Ref<> get_one(Value) noexcept { return Ref<>::of(Value::of_int(1)); }

constexpr NativeSpec kOfInts[] = {
    {"bit_length(self, /)", of_int<int_bit_length>},
    {"bit_count(self, /)", of_int<int_bit_count>},
    {"conjugate(self, /)", of_int<int_positive>},
    {"as_integer_ratio(self, /)", of_int<int_ratio>},
    {"to_bytes(self, /, length=1, byteorder='big', *, signed=False)", to_bytes},
    {"__trunc__(self, /)", of_int<int_positive>},
    {"__floor__(self, /)", of_int<int_positive>},
    {"__ceil__(self, /)", of_int<int_positive>},
    {"__round__(self, ndigits=<unrepresentable>, /)", round_int},
};
constexpr NativeSpec kIntClassMethods[] = {
    {"from_bytes(type, /, bytes, byteorder='big', *, signed=False)", from_bytes},
};
constexpr AttributeSpec kIntAttributes[] = {
    {"real", int_positive},
    {"imag", get_zero},
    {"numerator", int_positive},
    {"denominator", get_one},
};

// --- float. ---

[[nodiscard]] double self_float(const Value* arguments) noexcept { return as_float(arguments[0]); }

Ref<> exact_float(Value self) noexcept { return make_float(as_float(self)); }

template <Ref<> (*kFunction)(double) noexcept>
Ref<> of_float(const Value* arguments) noexcept {
  return kFunction(self_float(arguments));
}

Ref<> hex(const Value* arguments) noexcept { return float_hex(self_float(arguments)); }

Ref<> is_integer(const Value* arguments) noexcept {
  const double x = self_float(arguments);
  return bool_of(std::isfinite(x) && std::floor(x) == x);
}

Ref<> round_float(const Value* arguments) noexcept {
  if (arguments[1].is_none()) return float_round(self_float(arguments));
  Index places;
  if (failed(read_places(arguments[1], places))) return kRaised;
  return float_round(self_float(arguments), places.number);
}

// What is not ASCII is in no number.
[[nodiscard]] std::string_view ascii_of(const Str& text) noexcept {
  return text.is_ascii() ? text.ascii() : "?";
}

// As the class makes it, which may be one of the program's.
Ref<> fromhex(const Value* arguments) noexcept {
  const Str* const text = as_str(arguments[1]);
  if (text == nullptr) return raise(ErrorKind::kType, {"bad argument type for built-in operation"});
  Ref<> number = parse_float_hex(ascii_of(*text));
  if (!number || arguments[0] == Value(&float_type())) return number;
  const Value argument = number.value();
  return call(arguments[0], {&argument, 1, nullptr});
}

Ref<> get_zero_float(Value) noexcept { return make_float(0); }

constexpr NativeSpec kOfFloats[] = {
    {"as_integer_ratio(self, /)", of_float<float_as_integer_ratio>},
    {"conjugate(self, /)", of_float<make_float>},
    {"hex(self, /)", hex},
    {"is_integer(self, /)", is_integer},
    {"__trunc__(self, /)", of_float<float_truncate>},
    {"__floor__(self, /)", of_float<float_floor>},
    {"__ceil__(self, /)", of_float<float_ceil>},
    {"__round__(self, ndigits=None, /)", round_float},
};
constexpr NativeSpec kFloatClassMethods[] = {{"fromhex(type, string, /)", fromhex}};
constexpr AttributeSpec kFloatAttributes[] = {{"real", exact_float}, {"imag", get_zero_float}};

// --- complex. ---

Ref<> conjugate(const Value* arguments) noexcept {
  const ComplexNumber number = as_complex(arguments[0]);
  return make_complex({number.real, -number.imag});
}

Ref<> get_real(Value self) noexcept { return make_float(as_complex(self).real); }
Ref<> get_imag(Value self) noexcept { return make_float(as_complex(self).imag); }

constexpr NativeSpec kOfComplex[] = {{"conjugate(self, /)", conjugate}};
constexpr AttributeSpec kComplexAttributes[] = {{"real", get_real}, {"imag", get_imag}};

}  // namespace

Status define_number_methods() noexcept {
  const bool done = !failed(define_methods(int_type(), kOfInts)) &&
                    !failed(define_class_methods(int_type(), kIntClassMethods)) &&
                    !failed(define_attributes(int_type(), kIntAttributes)) &&
                    !failed(define_methods(float_type(), kOfFloats)) &&
                    !failed(define_class_methods(float_type(), kFloatClassMethods)) &&
                    !failed(define_attributes(float_type(), kFloatAttributes)) &&
                    !failed(define_methods(complex_type(), kOfComplex)) &&
                    !failed(define_attributes(complex_type(), kComplexAttributes));
  return done ? Status::kDone : Status::kFailed;
}

}  // namespace orochi::inline OROCHI_DESIGN
