// python/vm/async_hooks.h: what a thread wants to be told of async generators; an event loop sets
// it while it runs (sys.set_asyncgen_hooks).
//
// Its thread alone. Tests: tests/python/language/async_generator_hooks.py
#pragma once

#include "objects/model/ref.h"

namespace orochi::inline OROCHI_DESIGN {

// Callables; nothing: nobody is told.
struct AsyncHooks {
  Ref<> first_iteration;
  Ref<> finalizer;
};

}  // namespace orochi::inline OROCHI_DESIGN
