// objects/types/complex_protocols.h: how operators, hash(), repr() and format() find complex.
//
// For objects/types/complex.cc alone. Tests: tests/objects/types/complex_arithmetic_test.cc
#pragma once

#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Protocols complex_protocols() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
