// objects/types/length_hint.h: about how many items an iterable gives: operator.length_hint.
//
// What has a length says that; another may say in __length_hint__ what it knows. It may be wrong,
// so it is good for making room and for nothing else.
//
// Attached threads. May run any code.
// Tests: tests/objects/types/length_hint_test.cc
#pragma once

#include <cstddef>

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

// `hint` is `otherwise` where nobody says anything.
[[nodiscard]] Status length_hint(Value iterable, std::size_t otherwise, std::size_t& hint) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
