// objects/types/exception_text.h: how exceptions are shown by str() and repr(), and their slots.
//
// For objects/types/exception_type.cc alone. Tests: tests/objects/types/exception_text_test.cc
#pragma once

#include "objects/model/protocols.h"
#include "objects/types/exception_table.h"

namespace orochi::inline OROCHI_DESIGN {

// What this type does otherwise than its base.
[[nodiscard]] Protocols exception_protocols(BuiltinException which) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
