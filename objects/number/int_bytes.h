// objects/number/int_bytes.h: integers as rows of bytes: int.to_bytes, int.from_bytes.
//
// Conventions of rooms: objects/number/limbs.h
// Tests: tests/objects/number/int_bytes_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "objects/number/limbs.h"

namespace orochi::inline OROCHI_DESIGN::integer {

enum class ByteOrder { kLittle, kBig };
enum class Signed { kNo, kYes };  // kYes: in two's complement

enum class ToBytes { kDone, kTooBig, kNegative };  // kNegative: and the bytes have no sign

// Fills all of `out`, or nothing.
[[nodiscard]] ToBytes to_bytes(std::span<std::uint8_t> out, View a, ByteOrder order,
                               Signed is_signed) noexcept;

[[nodiscard]] constexpr std::size_t from_bytes_room(std::size_t bytes) noexcept {
  return (bytes + sizeof(Limb) - 1) / sizeof(Limb);
}
View from_bytes(Limb* out, std::span<const std::uint8_t> bytes, ByteOrder order,
                Signed is_signed) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::integer
