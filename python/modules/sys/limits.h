// python/modules/sys/limits.h: limits that a program may set, for the machine.
//
// Any thread.
#pragma once

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

// How deep calls of a program may nest, as sys.setrecursionlimit says.
[[nodiscard]] int recursion_limit() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
