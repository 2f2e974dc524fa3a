// python/importing/module_finding.h: who knows a module: sys.meta_path, as the language asks it.
//
// The three standard finders are known here by what they do; they are the last ones, until
// importlib is there and has put them into the list (python/importing/importlib.h).
//
// Attached threads. Finders of a program run any code.
// Tests: tests/python/importing/importer_test.cc
#pragma once

#include "objects/types/str.h"
#include "python/importing/path_search.h"
#include "python/modules/native_module.h"

namespace orochi::inline OROCHI_DESIGN {

// At most one of the three.
struct FoundModule {
  const NativeModule* native = nullptr;
  FoundSource source;  // kNothing: not a file
  Ref<> spec;          // by a finder of the program
  [[nodiscard]] bool is_found() const noexcept {
    return native != nullptr || source.kind != FoundKind::kNothing || spec;
  }
};

// `path`: the __path__ of the package, or None. Done and nothing found: nobody knows it.
[[nodiscard]] Status find_module(Str& name, Value path, FoundModule& found) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
