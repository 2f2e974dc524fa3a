// What sys says of the machine: float_info, int_info, hash_info, thread_info, sizes.

#include <array>
#include <cfloat>
#include <cstdint>

#include "objects/types/float.h"
#include "objects/types/int.h"
#include "objects/types/intern.h"
#include "python/modules/native_module.h"
#include "python/modules/struct_sequence.h"
#include "python/modules/sys/infos.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

template <std::size_t kCount>
[[nodiscard]] Status add_info(Module& sys, const StructSequenceSpec& spec,
                              std::array<Ref<>, kCount> values) noexcept {
  Type* const type = make_struct_sequence_type(spec);
  if (type == nullptr) return kRaised;
  return add_value(sys, spec.name, make_struct_sequence(*type, values));
}

constexpr StructField kFloatFields[] = {
    {"max", "The greatest finite number."},
    {"max_exp", "2**(max_exp-1) is finite."},
    {"max_10_exp", "10**max_10_exp is finite."},
    {"min", "The least positive number of full precision."},
    {"min_exp", "2**(min_exp-1) has full precision."},
    {"min_10_exp", "10**min_10_exp has full precision."},
    {"dig", "So many decimal digits survive."},
    {"mant_dig", "The digits of a number, in the base."},
    {"epsilon", "From 1 to the next number."},
    {"radix", "The base."},
    {"rounds", "How additions are rounded."},
};
constexpr StructSequenceSpec kFloatInfo{.module = "sys",
                                        .name = "float_info",
                                        .doc = "What floats are like.",
                                        .fields = kFloatFields,
                                        .shown = std::size(kFloatFields)};

[[nodiscard]] Status add_float_info(Module& sys) noexcept {
  return add_info(
      sys, kFloatInfo,
      std::array<Ref<>, std::size(kFloatFields)>{
          make_float(DBL_MAX), make_int(DBL_MAX_EXP), make_int(DBL_MAX_10_EXP), make_float(DBL_MIN),
          make_int(DBL_MIN_EXP), make_int(DBL_MIN_10_EXP), make_int(DBL_DIG),
          make_int(DBL_MANT_DIG), make_float(DBL_EPSILON), make_int(FLT_RADIX), make_int(1)});
}

constexpr StructField kIntFields[] = {
    {"bits_per_digit", "Of the digits of which large integers are made."},
    {"sizeof_digit", "The bytes of a digit."},
    {"default_max_str_digits", "The first limit of decimal conversions."},
    {"str_digits_check_threshold", "The least limit that there can be."},
};
constexpr StructSequenceSpec kIntInfo{.module = "sys",
                                      .name = "int_info",
                                      .doc = "What integers are like.",
                                      .fields = kIntFields,
                                      .shown = std::size(kIntFields)};

[[nodiscard]] Status add_int_info(Module& sys) noexcept {
  return add_info(sys, kIntInfo,
                  std::array<Ref<>, std::size(kIntFields)>{make_int(64), make_int(8),
                                                           make_int(4300), make_int(640)});
}

constexpr StructField kHashFields[] = {
    {"width", "The bits of a hash."},
    {"modulus", "Numbers are hashed modulo this prime."},
    {"inf", "The hash of infinity."},
    {"nan", "Not used: each nan has a hash of its own."},
    {"imag", "What imaginary parts are multiplied by."},
    {"algorithm", "How texts and bytes are hashed."},
    {"hash_bits", "The bits that the algorithm gives."},
    {"seed_bits", "The bits of its key."},
    {"cutoff", "Texts below this size are hashed otherwise."},
};
constexpr StructSequenceSpec kHashInfo{.module = "sys",
                                       .name = "hash_info",
                                       .doc = "What hashes are like.",
                                       .fields = kHashFields,
                                       .shown = std::size(kHashFields)};

[[nodiscard]] Status add_hash_info(Module& sys) noexcept {
  return add_info(
      sys, kHashInfo,
      std::array<Ref<>, std::size(kHashFields)>{
          make_int(64), make_int((std::int64_t{1} << 61) - 1), make_int(314159), make_int(0),
          make_int(1000003), intern("siphash13"), make_int(64), make_int(128), make_int(0)});
}

constexpr StructField kThreadFields[] = {
    {"name", "Whose threads they are."},
    {"lock", "What locks are made of."},
    {"version", "Of the library."},
};
constexpr StructSequenceSpec kThreadInfo{.module = "sys",
                                         .name = "thread_info",
                                         .doc = "What threads are like.",
                                         .fields = kThreadFields,
                                         .shown = std::size(kThreadFields)};

[[nodiscard]] Status add_thread_info(Module& sys) noexcept {
  return add_info(sys, kThreadInfo,
                  std::array<Ref<>, std::size(kThreadFields)>{intern("pthread"), Special::kNone,
                                                              Special::kNone});
}

}  // namespace

Status add_machine(Module& sys) noexcept {
  constexpr int kLastCharacter = 0x10FFFF;
  if (failed(add_float_info(sys)) || failed(add_int_info(sys)) || failed(add_hash_info(sys)) ||
      failed(add_thread_info(sys)) || failed(add_int(sys, "maxsize", INT64_MAX)) ||
      failed(add_int(sys, "maxunicode", kLastCharacter)) ||
      failed(add_str(sys, "byteorder", "little")) ||
      failed(add_str(sys, "float_repr_style", "short")))
    return kRaised;
  return add_str(sys, "platform", "linux");
}

}  // namespace orochi::inline OROCHI_DESIGN
