// abs bin chr divmod hex oct ord pow round.

#include <string_view>

#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/bytearray.h"
#include "objects/types/bytes_like.h"
#include "objects/types/complex.h"
#include "objects/types/digits.h"
#include "objects/types/float.h"
#include "objects/types/int.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/slot_wrapper.h"
#include "objects/types/str.h"
#include "objects/types/utf8_text.h"
#include "python/modules/arguments.h"
#include "python/modules/builtins/functions.h"
#include "python/modules/late_name.h"

namespace orochi::inline OROCHI_DESIGN::builtins {

Ref<> abs(const Value* arguments) noexcept { return unary(UnaryOp::kAbsolute, arguments[0]); }

Ref<> divmod(const Value* arguments) noexcept {
  return binary(BinaryOp::kDivmod, arguments[0], arguments[1]);
}

// --- In other bases. ---

namespace {

// The sign stands before the prefix.
[[nodiscard]] Ref<> in_base(Value value, int base, std::string_view prefix) noexcept {
  const Ref<> number = integer_of(value);
  if (!number) return kRaised;
  const Ref<Str> digits = print_int(number.value(), base);
  if (!digits) return kRaised;
  const std::string_view text = digits->ascii();
  const bool is_negative = text.starts_with('-');
  return str_of({is_negative ? "-" : "", prefix, text.substr(is_negative ? 1 : 0)});
}

}  // namespace

Ref<> bin(const Value* arguments) noexcept { return in_base(arguments[0], 2, "0b"); }
Ref<> oct(const Value* arguments) noexcept { return in_base(arguments[0], 8, "0o"); }
Ref<> hex(const Value* arguments) noexcept { return in_base(arguments[0], 16, "0x"); }

// --- Characters. ---

Ref<> chr(const Value* arguments) noexcept {
  constexpr int kLast = 0x10FFFF;
  int number = 0;
  if (failed(read_c_int(arguments[0], number))) return kRaised;
  if (number < 0 || number > kLast)
    return raise(ErrorKind::kValue, {"chr() arg not in range(0x110000)"});
  return Str::of_character(static_cast<text::CodePoint>(number));
}

namespace {

Raised raise_not_one(std::size_t size) noexcept {
  return raise(ErrorKind::kType, {"ord() expected a character, but string of length ",
                                  Digits(size).text(), " found"});
}

[[nodiscard]] bool has_bytes(Value value) noexcept {
  const Type& type = type_of(value);
  return type.is_subtype_of(bytes_type()) || type.is_subtype_of(bytearray_type());
}

[[nodiscard]] Ref<> only_byte(Value value) noexcept {
  BytesLease lease;
  if (failed(lease.take(value))) return kRaised;
  if (lease.size() != 1) return raise_not_one(lease.size());
  return make_int(lease.read([](ByteSpan bytes) noexcept { return std::int64_t{bytes[0]}; }));
}

}  // namespace

Ref<> ord(const Value* arguments) noexcept {
  const Value value = arguments[0];
  if (const Str* const str = as_str(value)) {
    if (str->size() != 1) return raise_not_one(str->size());
    return make_int(std::int64_t{str->view()[0]});
  }
  if (has_bytes(value)) return only_byte(value);
  return raise(ErrorKind::kType,
               {"ord() expected string of length 1, but ", type_name(value), " found"});
}

// --- pow. ---

namespace {

Raised raise_no_power(const Value* operands) noexcept {
  return raise(ErrorKind::kType,
               {"unsupported operand type(s) for ** or pow(): '", type_name(operands[0]), "', '",
                type_name(operands[1]), "', '", type_name(operands[2]), "'"});
}

// Native numbers know no modulus but that of integers.
[[nodiscard]] Ref<> power_of_natives(const Value* operands) noexcept {
  if (is_int(operands[0]) && is_int(operands[1]) && is_int(operands[2]))
    return int_modular_power(operands[0], operands[1], operands[2]);
  const Type& type = type_of(operands[0]);
  if (type.is_subtype_of(float_type()))
    return raise(ErrorKind::kType,
                 {"pow() 3rd argument not allowed unless all arguments are integers"});
  if (type.is_subtype_of(complex_type())) return raise(ErrorKind::kValue, {"complex modulo"});
  return raise_no_power(operands);
}

constinit LateName g_pow("__pow__");
constinit LateName g_round("__round__");

// With a modulus the __pow__ of the first operand alone is asked.
[[nodiscard]] Ref<> modular_power(const Value* operands) noexcept {
  Str* const name = g_pow.get();
  if (name == nullptr) return kRaised;
  const Ref<> own = type_of(operands[0]).find(*name);
  if (!own || as_slot_wrapper(own.value()) != nullptr) return power_of_natives(operands);
  bool found = false;
  Ref<> result = call_special({operands, 3}, *name, found);
  if (result && result.value().is(Special::kNotImplemented)) return raise_no_power(operands);
  return result;
}

}  // namespace

Ref<> pow(const Value* arguments) noexcept {
  if (arguments[2].is_none()) return binary(BinaryOp::kPower, arguments[0], arguments[1]);
  return modular_power(arguments);
}

// --- round. ---

Ref<> round(const Value* arguments) noexcept {
  Str* const name = g_round.get();
  if (name == nullptr) return kRaised;
  bool found = false;
  Ref<> result = call_special({arguments, arguments[1].is_none() ? 1U : 2U}, *name, found);
  if (found) return result;
  return raise(ErrorKind::kType,
               {"type ", type_name(arguments[0]), " doesn't define __round__ method"});
}

}  // namespace orochi::inline OROCHI_DESIGN::builtins
