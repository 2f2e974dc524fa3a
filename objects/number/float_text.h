// objects/number/float_text.h: a double as the shortest text that is that double, and text as the
// nearest double: what repr() writes and float() reads.
//
// Pure functions on the caller's memory; nothing allocates, and no locale is asked.
// Beside it: float_format.h, float_hex.h, float_round.h.
// Tests: tests/objects/number/float_text_test.cc  Cost: bench/objects/number/float_text_bench.cc
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

inline constexpr std::size_t kDoubleReprRoom = 32;
// Returns the end of what it wrote: 0.1, 1e+16, -0.0, inf, nan.
char* print_double(char* out, double x) noexcept;

// Nothing: `text` is not a float. Spaces around it, underscores between digits, "inf", "infinity"
// and "nan" in any case are. What is too large is infinite, as in Python.
// Text is ASCII; whoever has digits of other scripts maps them first (objects/text/unicode.h).
[[nodiscard]] std::size_t parse_double_scratch(std::string_view text) noexcept;
[[nodiscard]] std::optional<double> parse_double(std::string_view text,
                                                 std::span<char> scratch) noexcept;

// "inf", "infinity" and "nan" in any case, with a sign.
[[nodiscard]] std::optional<double> parse_named_double(std::string_view text) noexcept;

[[nodiscard]] std::string_view trim_ascii_spaces(std::string_view text) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
