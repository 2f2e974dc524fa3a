// objects/types/index_arguments.h: numbers that native functions take: counts, places, bounds.
//
// Attached threads. Tests: tests/objects/types/list_methods_test.cc
#pragma once

#include <cstdint>

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

// The integer that a value is, or says in its __index__, which may run any code; an int, or of a
// subtype. TypeError for others.
[[nodiscard]] Ref<> to_index(Value value) noexcept;

// Raises TypeError for what is no integer, OverflowError for what has more than 64 bits.
[[nodiscard]] Status read_index(Value value, std::int64_t& index) noexcept;
// Where a search begins or ends. What has more than 64 bits is as far away as those reach.
[[nodiscard]] Status read_bound(Value value, std::int64_t& bound) noexcept;
// An integer that stands for a truth.
[[nodiscard]] Status read_flag(Value value, bool& flag) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
