// python/importing/light_spec.h: what stands for importlib's ModuleSpec and SourceFileLoader until
// importlib itself is there (python/importing/importlib.h).
//
// Most programs never ask how a module was found. So its __spec__ is a small object with the
// attributes that people read, and its __loader__ knows where the source is; who wants more of
// them gets what the true objects have. When importlib comes, modules get the true ones.
//
// Attached threads. Tests: tests/python/importing/light_spec_test.cc
#pragma once

#include "objects/types/str.h"
#include "python/importing/path_search.h"

namespace orochi::inline OROCHI_DESIGN {

// Once, before the first module is found.
[[nodiscard]] Status make_light_spec_types() noexcept;

[[nodiscard]] Ref<> make_light_spec(Str& name, const FoundSource& found) noexcept;
[[nodiscard]] bool is_light_spec(Value value) noexcept;
// What it was made from. Requires: is_light_spec(spec). Failed: it raised.
[[nodiscard]] Status read_light_spec(Value spec, FoundSource& found) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
