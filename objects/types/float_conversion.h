// objects/types/float_conversion.h: doubles to and from integers and texts.
//
// An empty Ref: an exception is pending. Attached threads.
// Tests: tests/objects/types/float_conversion_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// The int between zero and `x` that is nearest to `x`; at or below; at or above; nearest, halves to
// even. What is not finite has none.
[[nodiscard]] Ref<> float_truncate(double x) noexcept;
[[nodiscard]] Ref<> float_floor(double x) noexcept;
[[nodiscard]] Ref<> float_ceil(double x) noexcept;
[[nodiscard]] Ref<> float_round(double x) noexcept;
// round(x, digits): a float.
[[nodiscard]] Ref<> float_round(double x, std::int64_t digits) noexcept;
// A tuple of two ints whose quotient it is, in lowest terms.
[[nodiscard]] Ref<> float_as_integer_ratio(double x) noexcept;

[[nodiscard]] Ref<Str> float_repr(double x) noexcept;
[[nodiscard]] Ref<Str> float_hex(double x) noexcept;
// Of ASCII: float(text), float.fromhex(text).
[[nodiscard]] Ref<> parse_float(std::string_view text) noexcept;
[[nodiscard]] Ref<> parse_float_hex(std::string_view text) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
