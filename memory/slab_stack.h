// memory/slab_stack.h: slabs that want their owner's attention (memory/once_stack.h).
//
// Any thread pushes, the slot's holder takes. Where a reason may be acted upon before its pusher
// comes to the push, by a take that somebody else's push led to, and that can free the slab's last
// block, the pusher holds a SlabVisit meanwhile (I1 of memory/slab.h).
#pragma once

#include "memory/once_stack.h"
#include "memory/slab.h"

namespace orochi::inline OROCHI_DESIGN {

template <SlabLink Slab::*kLink>
using SlabStack = OnceStack<Slab, kLink, SlabVisit>;

}  // namespace orochi::inline OROCHI_DESIGN
