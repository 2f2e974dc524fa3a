// python/importing/importer.h: importing modules.
//
//     find_and_load   sys.modules has it, complete: that
//                     another thread is making it: when that is done     (module_turn.h)
//                     else: a module written in C++, a file on the path  (path_search.h), or what
//                     finders of the program say                         (module_finding.h)
//
// A module is in sys.modules from before its first statement runs, so modules that import each
// other see each other half made; what an import gives is what sys.modules has at its end. A module
// whose code raises is taken out again.
//
// Beside it: import_statement.h (names as a program writes them), importlib.h.
// Attached threads. Runs any code.
// Tests: tests/python/importing/importer_test.cc   Why: docs/importing.md
#pragma once

#include "objects/types/module.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// Once, after start_modules: specs, sys.path_importer_cache, what the machine calls.
[[nodiscard]] Status start_importing() noexcept;

// The module of an absolute name, "a.b.c"; its packages are imported first.
[[nodiscard]] Ref<> find_and_load(Str& name) noexcept;
// The same, as importlib.import_module; an empty name is a ValueError.
[[nodiscard]] Ref<> import_module(Str& name) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
