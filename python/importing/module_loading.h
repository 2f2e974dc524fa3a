// python/importing/module_loading.h: making a module of what was found, and running it.
//
// Attached threads, in the module's turn (python/importing/module_turn.h). Runs any code.
// Tests: tests/python/importing/importer_test.cc
#pragma once

#include "python/importing/module_finding.h"

namespace orochi::inline OROCHI_DESIGN {

// What sys.modules has of the name at the end. Requires: found.is_found().
[[nodiscard]] Ref<> load_module(Str& name, const FoundModule& found) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
