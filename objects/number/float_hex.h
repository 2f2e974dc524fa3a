// objects/number/float_hex.h: doubles in hexadecimal, as float.hex and float.fromhex have them.
//
// Tests: tests/objects/number/float_hex_test.cc
#pragma once

#include <cstddef>
#include <string_view>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

inline constexpr std::size_t kDoubleHexRoom = 32;
// Returns the end of what it wrote: -0x1.8000000000000p+1.
char* print_double_hex(char* out, double x) noexcept;

enum class HexFault { kNone, kInvalid, kTooLarge };
struct HexDouble {
  double value = 0;
  HexFault fault = HexFault::kNone;
};
// The nearest double, halves to even. The 0x and the exponent may be missing.
[[nodiscard]] HexDouble parse_double_hex(std::string_view text) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
