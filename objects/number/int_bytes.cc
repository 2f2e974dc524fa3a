#include "objects/number/int_bytes.h"

#include <algorithm>

#include "objects/number/bitwise.h"
#include "objects/number/twos_complement.h"

namespace orochi::inline OROCHI_DESIGN::integer {
namespace {

// How many bits two's complement needs, its sign included.
std::uint64_t bits_with_sign(View a) noexcept {
  if (a.is_zero()) return 0;
  const std::uint64_t bits = bit_length(a);
  // -128 has one bit less than 128.
  const bool is_lowest = a.negative && trailing_zeros(a) + 1 == bits;
  return is_lowest ? bits : bits + 1;
}

ToBytes check(std::size_t bytes, View a, Signed is_signed) noexcept {
  if (is_signed == Signed::kNo && a.negative) return ToBytes::kNegative;
  const std::uint64_t bits = is_signed == Signed::kYes ? bits_with_sign(a) : bit_length(a);
  return (bits + 7) / 8 > bytes ? ToBytes::kTooBig : ToBytes::kDone;
}

// The byte at `i`, the least first.
template <class Byte>
Byte& byte_at(std::span<Byte> bytes, std::size_t i, ByteOrder order) noexcept {
  return bytes[order == ByteOrder::kLittle ? i : bytes.size() - 1 - i];
}

}  // namespace

ToBytes to_bytes(std::span<std::uint8_t> out, View a, ByteOrder order, Signed is_signed) noexcept {
  const ToBytes checked = check(out.size(), a, is_signed);
  if (checked != ToBytes::kDone) return checked;
  TwosComplement limbs{a};
  Limb limb = 0;
  for (std::size_t i = 0; i < out.size(); ++i, limb >>= 8) {
    if (i % sizeof(Limb) == 0) limb = limbs.next();
    byte_at(out, i, order) = static_cast<std::uint8_t>(limb);
  }
  return ToBytes::kDone;
}

View from_bytes(Limb* out, std::span<const std::uint8_t> bytes, ByteOrder order,
                Signed is_signed) noexcept {
  if (bytes.empty()) return {out, 0, false};
  const std::size_t size = from_bytes_room(bytes.size());
  const bool negative =
      is_signed == Signed::kYes && byte_at(bytes, bytes.size() - 1, order) >= 0x80;
  std::fill_n(out, size, Limb{0});
  if (negative) out[size - 1] = ~Limb{0};  // the sign reaches beyond the bytes
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto shift = static_cast<unsigned>(i % sizeof(Limb) * 8);
    Limb& limb = out[i / sizeof(Limb)];
    limb = (limb & ~(Limb{0xFF} << shift)) | Limb{byte_at(bytes, i, order)} << shift;
  }
  return negative ? from_twos_complement(out, size) : normalized(out, size, false);
}

}  // namespace orochi::inline OROCHI_DESIGN::integer
