// python/importing/importlib.h: importlib's own machinery, once a program asks for it.
//
// Plain imports need none of it. Who imports importlib, or puts a finder or a path hook of its own
// into sys, gets the library's _bootstrap.py and _bootstrap_external.py, run as the language's own
// implementation runs them: over `sys` and `_imp`, under their frozen names. From then on modules
// have true specs and loaders; plain modules are still found and loaded by C++.
//
//     need_importlib   first: runs both files, installs the finders, gives modules true specs
//                      then: nothing
//
// Attached threads; other threads wait meanwhile. Runs any code.
// Tests: tests/python/importing/importlib_comes.py
#pragma once

#include "objects/types/module.h"
#include "objects/types/str.h"
#include "python/importing/path_search.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Status need_importlib() noexcept;
[[nodiscard]] bool has_importlib() noexcept;

// --- Requires, all: has_importlib(). ---

// What a value of sys.meta_path or sys.path_hooks is, if it is one of the standard ones.
enum class StandardFinder : std::uint8_t { kOther, kBuiltin, kFrozen, kPath };
[[nodiscard]] StandardFinder standard_finder(Value finder) noexcept;
[[nodiscard]] bool is_standard_hook(Value hook) noexcept;

[[nodiscard]] Ref<> make_true_loader(Value name, Value path) noexcept;
[[nodiscard]] Ref<> make_true_spec(Str& name, const FoundSource& found) noexcept;
[[nodiscard]] Ref<> make_builtin_spec(Str& name) noexcept;

// A function of the finders: PathFinder.find_spec(name, path); what it returns, None too.
[[nodiscard]] Ref<> find_on_path(Str& name, Value path) noexcept;
// The module that a spec of any finder describes, made and run.
[[nodiscard]] Ref<> load_by_spec(Value spec) noexcept;

// Files in sys.path, which the library reads as archives.
[[nodiscard]] Status need_zipimport() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
