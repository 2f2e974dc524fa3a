// objects/types/bytearray_protocols.h: the protocols of `bytearray`, for whoever makes the type.
#pragma once

#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Protocols bytearray_protocols() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
