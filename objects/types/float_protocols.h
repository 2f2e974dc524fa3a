// objects/types/float_protocols.h: how float is found by operators, hash() and repr().
//
// For objects/types/float.cc alone. Tests: tests/objects/types/float_arithmetic_test.cc
#pragma once

#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Protocols float_protocols() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
