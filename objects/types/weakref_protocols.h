// objects/types/weakref_protocols.h: what the language's operators do with a weakref.
#pragma once

#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Protocols weakref_protocols() noexcept;
// Once, when functions can be made.
[[nodiscard]] Status define_weakref_attributes() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
