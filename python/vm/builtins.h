// python/vm/builtins.h: the names that every program has, and where code finds them.
//
// A function looks names up in the dict of `builtins` that its globals name as __builtins__: a
// module or a dict; globals without that name get the module.
//
// Set once at start. Attached threads. Tests: tests/python/language/functions.py
#pragma once

#include "objects/types/dict.h"
#include "objects/types/module.h"

namespace orochi::inline OROCHI_DESIGN {

// By whoever makes the module, once. Adds __build_class__.
[[nodiscard]] Status set_builtins(Module& builtins) noexcept;

// Empty: it raised.
[[nodiscard]] Ref<Dict> builtins_for(Dict& globals) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
