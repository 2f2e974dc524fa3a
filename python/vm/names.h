// python/vm/names.h: names that are looked up while code runs: in a namespace, in globals, in
// builtins.
//
// The machine's own thread; a namespace may be any mapping, and so run any code.
// Tests: tests/python/language/functions.py
#pragma once

#include "objects/types/dict.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// Done and nothing in `value`: the namespace has no such name.
[[nodiscard]] Status find_name(Object& names, Str& name, Ref<>& value) noexcept;
// Nothing as value: unbinds it. NameError if there is no such name.
[[nodiscard]] Status set_name(Object& names, Str& name, Ref<> value) noexcept;

// Nothing: it raised.
[[nodiscard]] Ref<> load_global(Dict& globals, Dict& builtins, Str& name) noexcept;

Raised raise_no_name(const Str& name) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
