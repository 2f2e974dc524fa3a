// objects/types/memoryview_protocols.h: the protocols of `memoryview`, for whoever makes the type.
#pragma once

#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Protocols memoryview_protocols() noexcept;
// memory_iterator. Once.
[[nodiscard]] Status make_memory_iterator_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
