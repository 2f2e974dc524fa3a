// objects/types/int_protocols.h: how int and bool are found by operators, hash() and repr().
//
// For objects/types/int.cc alone. Tests: tests/objects/types/int_arithmetic_test.cc
#pragma once

#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Protocols int_protocols() noexcept;
// What bool has of its own; the rest is inherited.
[[nodiscard]] Protocols bool_protocols() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
