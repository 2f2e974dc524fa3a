// objects/types/start.h: makes all native types, in the order in which they need each other.
//
// Once, by an attached thread, before any other thread uses a type; later calls do nothing.
// A type that gets methods has two steps: the type, and once functions can be made, its methods.
#pragma once

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Status start_types() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
