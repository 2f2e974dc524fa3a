// objects/types/tuple_protocols.h: what the language's operators do with a tuple.
#pragma once

#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {

// For make_tuple_type.
[[nodiscard]] Protocols tuple_protocols() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
