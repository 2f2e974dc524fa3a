// objects/text/compare.h: the order and the equality of texts of any two widths, by code points.
//
// Pure functions; any thread. Tests: tests/objects/text/compare_test.cc
#pragma once

#include <compare>

#include "objects/text/code_points.h"

namespace orochi::inline OROCHI_DESIGN::text {

[[nodiscard]] std::strong_ordering compare(View a, View b) noexcept;
[[nodiscard]] bool equal(View a, View b) noexcept;
[[nodiscard]] bool starts_with(View text, View prefix) noexcept;
[[nodiscard]] bool ends_with(View text, View suffix) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::text
