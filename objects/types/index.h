// objects/types/index.h: a value as a position, a length or a count.
//
// Attached threads. Tests: tests/objects/types/index_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "objects/model/value.h"

namespace orochi::inline OROCHI_DESIGN {

enum class IndexKind : std::uint8_t {
  kNone,      // not an integer
  kInside,    // of 64 bits
  kTooLarge,  // an integer beyond them; `number` is the last one on its side
};

struct Index {
  IndexKind kind = IndexKind::kNone;
  std::int64_t number = 0;
};
[[nodiscard]] Index index_of(Value value) noexcept;

// A position that may count from the end. False: there is none.
[[nodiscard]] constexpr bool find_position(std::int64_t index, std::size_t size,
                                           std::size_t& position) noexcept {
  const auto length = static_cast<std::int64_t>(size);
  const std::int64_t at = index < 0 ? index + length : index;
  if (at < 0 || at >= length) return false;
  position = static_cast<std::size_t>(at);
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN
