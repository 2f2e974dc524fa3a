// memory/slab_stack.h: slabs that want their owner's attention (memory/once_stack.h).
//
// Any thread pushes, the slot's holder takes.
#pragma once

#include "memory/once_stack.h"
#include "memory/slab.h"

namespace orochi::inline OROCHI_DESIGN {

template <SlabLink Slab::*kLink>
using SlabStack = OnceStack<Slab, kLink>;

}  // namespace orochi::inline OROCHI_DESIGN
