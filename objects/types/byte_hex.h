// objects/types/byte_hex.h: bytes.hex and its like.
//
// Attached threads. Tests: tests/objects/types/bytes_methods_test.cc
#pragma once

#include <cstdint>

#include "objects/types/bytes.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// What stands between groups of digits, as the methods take it.
struct HexGroups {
  std::uint8_t separator = 0;
  std::int64_t bytes = 0;  // of a group, counted from the right, or below 0 from the left; 0: one

  // Empty values: not given.
  [[nodiscard]] Status take(Value separator, Value bytes_per_group) noexcept;
};

[[nodiscard]] Ref<Str> hex_of(ByteSpan bytes, const HexGroups& groups) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
