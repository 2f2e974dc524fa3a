// objects/number/float_round.h: round(x, digits) for doubles.
//
// Tests: tests/objects/number/float_round_test.cc
#pragma once

#include <cstdint>
#include <optional>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

// The double nearest to the multiple of 10**-digits that is nearest to `x`; halves, which are exact
// halves of the binary number, go to the even digit. Nothing: that is too large for a double. What
// is not finite stays as it is.
[[nodiscard]] std::optional<double> round_double(double x, std::int64_t digits) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
