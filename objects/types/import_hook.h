// objects/types/import_hook.h: what lies in modules, for native types that need it.
//
// Copying an object is done by functions of `copyreg`, which is written in Python; an iterator says
// that it is made by `builtins.iter`. Modules belong to the floor above, which tells how they are
// found.
//
// Attached threads. Importing may run any code.
// Tests: tests/objects/types/import_hook_test.cc
#pragma once

#include <string_view>

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

using ImportModule = Ref<> (*)(std::string_view name) noexcept;
// Once, before other threads run programs.
void set_import_hook(ImportModule import) noexcept;

// As `import name` does. Raises ImportError where nobody knows any modules.
[[nodiscard]] Ref<> import_module(std::string_view name) noexcept;
// from module import name
[[nodiscard]] Ref<> import_from(std::string_view module, std::string_view name) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
