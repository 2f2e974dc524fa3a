// python/importing/relative_name.h: which module a name with dots before it stands for.
//
// Attached threads. Tests: tests/python/importing/import_statement_test.cc
#pragma once

#include <cstdint>

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// `globals`: of who imports. Requires: level > 0. Empty: it raised.
[[nodiscard]] Ref<Str> absolute_name(Str& name, Value globals, std::int64_t level) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
