// python/vm/pattern_kind.h: what counts as a sequence and as a mapping for patterns, and which
// types stand for themselves in `Kind(x)`.
//
// A type says so itself by __abc_tpflags__, as collections.abc has it, or is one of the built-in
// ones; subtypes are what their ancestors are.
//
// Attached threads. Tests: tests/python/language/patterns.py
#pragma once

#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

// The bits of __abc_tpflags__.
enum class PatternKind : std::uint8_t { kSequence = 1U << 5, kMapping = 1U << 6 };
[[nodiscard]] Truth matches_kind(Value subject, PatternKind kind) noexcept;

[[nodiscard]] bool is_matched_itself(const Type& kind) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
