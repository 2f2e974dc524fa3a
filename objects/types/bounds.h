// objects/types/bounds.h: `start` and `stop` of a search, as the method `index` takes them.
//
// Tests: tests/objects/types/tuple_test.cc
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

// A bound below 0 counts from the end, and not beyond the begin. It may lie behind the end.
[[nodiscard]] constexpr std::size_t bound_from_begin(std::int64_t bound,
                                                     std::size_t size) noexcept {
  const auto length = static_cast<std::int64_t>(size);
  return static_cast<std::size_t>(bound >= 0 ? bound : std::max<std::int64_t>(bound + length, 0));
}

}  // namespace orochi::inline OROCHI_DESIGN
