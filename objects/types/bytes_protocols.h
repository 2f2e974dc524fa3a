// objects/types/bytes_protocols.h: the protocols of `bytes`, for whoever makes the type.
#pragma once

#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Protocols bytes_protocols() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
