// stress/harness/in_explorer/scenario_door/shared.h: what scenarios ask of whoever runs them.
//
// Stands on the include path of the explorer; the hammer has its own file of this name.
#pragma once

#include "stress/explorer/explore.h"

namespace orochi::stress {

using explorer::call;
using explorer::expect;
using explorer::Shared;

inline void linger() noexcept {}

}  // namespace orochi::stress
