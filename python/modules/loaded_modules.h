// python/modules/loaded_modules.h: the modules that a process has: what `sys.modules` begins as,
// and the two that come before all others.
//
//     start_modules()   makes the dict, `sys` and `builtins`; then there can be programs
//     load_native       a module that is written in C++: it is made once
//
// The importer looks in the dict alone (python/importing/importer.h); what a program puts in place
// of `sys.modules` is its own business, as in CPython.
//
// Attached threads. Tests: tests/python/modules/loaded_modules_test.cc
#pragma once

#include "objects/types/dict.h"
#include "objects/types/module.h"
#include "python/modules/native_module.h"

namespace orochi::inline OROCHI_DESIGN {

// Any attached thread, as often as it likes: it happens once. After start_types.
[[nodiscard]] Status start_modules() noexcept;

// --- After start_modules. All three live for ever. ---

[[nodiscard]] Dict& loaded_modules() noexcept;
[[nodiscard]] Module& sys_module() noexcept;
[[nodiscard]] Module& python_builtins() noexcept;

// The one that was made, or is made now; and it is put into the dict. By one thread at a time for
// each module: the importer sees to that.
[[nodiscard]] Ref<Module> load_native(const NativeModule& native) noexcept;

// What `sys` has of a name. Done and nothing in `value`: nothing.
[[nodiscard]] Status find_in_sys(Str& name, Ref<>& value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
