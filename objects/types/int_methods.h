// objects/types/int_methods.h: bits and bytes of integers.
//
// Requires, throughout: is_int of a Value. An empty Ref: an exception is pending.
// Attached threads. Tests: tests/objects/types/int_methods_test.cc
#pragma once

#include <cstdint>
#include <span>

#include "objects/number/int_bytes.h"
#include "objects/types/int.h"

namespace orochi::inline OROCHI_DESIGN {

// Of the magnitude.
[[nodiscard]] Ref<> int_bit_length(Value number) noexcept;
[[nodiscard]] Ref<> int_bit_count(Value number) noexcept;

// Fills all of `out`. Failed: the number does not fit, and an OverflowError says why.
[[nodiscard]] Status int_to_bytes(Value number, std::span<std::uint8_t> out,
                                  integer::ByteOrder order, integer::Signed is_signed) noexcept;
[[nodiscard]] Ref<> int_from_bytes(std::span<const std::uint8_t> bytes, integer::ByteOrder order,
                                   integer::Signed is_signed) noexcept;

// round(number, -places): the nearest multiple of 10**places, halves to the even one.
[[nodiscard]] Ref<> int_round(Value number, std::uint64_t places) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
