// python/importing/import_statement.h: what import statements and __import__ do.
//
//     import a.b              import_name(name, level 0, no names)     gives a
//     from a.b import c       import_name(name, level 0, names)        gives a.b, with c in it
//     from ..b import c       import_name(name, level 2, names)        of the package that asks
//
// Attached threads. Runs any code.
// Tests: tests/python/importing/import_statement_test.cc
#pragma once

#include <cstdint>

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// `globals`: of who imports: a dict, or nothing; asked for relative names alone. `wanted`: names,
// in something that can be gone through; or None, or nothing.
[[nodiscard]] Ref<> import_name(Str& name, Value globals, Value wanted,
                                std::int64_t level) noexcept;

// A name that a module does not have as an attribute: a submodule of it, or an ImportError.
[[nodiscard]] Ref<> import_missing(Value module, Str& name) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
