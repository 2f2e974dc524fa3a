// objects/types/index_arguments.h: numbers that native functions take: counts, places, bounds.
//
// Attached threads. All may run an __index__.
// Tests: tests/objects/types/index_arguments_test.cc
#pragma once

#include <cstdint>

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

// The integer that a value is, or says in its __index__, which may run any code; an int, or of a
// subtype. TypeError for others.
[[nodiscard]] Ref<> to_index(Value value) noexcept;
// The same; done and nothing in `number`: it does neither.
[[nodiscard]] Status find_index(Value value, Ref<>& number) noexcept;

// Raises TypeError for what is no integer, OverflowError for what has more than 64 bits.
[[nodiscard]] Status read_index(Value value, std::int64_t& index) noexcept;
// Where a search begins or ends. What has more than 64 bits is as far away as those reach.
[[nodiscard]] Status read_bound(Value value, std::int64_t& bound) noexcept;
// An integer that stands for a truth.
[[nodiscard]] Status read_flag(Value value, bool& flag) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
