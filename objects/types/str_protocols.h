// objects/types/str_protocols.h: what `str` does when operators, hash() and len() ask.
//
// For objects/types/str.cc alone. Tests: tests/objects/types/str_protocols_test.cc
#pragma once

#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Protocols str_protocols() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
