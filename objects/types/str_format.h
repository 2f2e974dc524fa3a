// objects/types/str_format.h: str.format and str.format_map.
//
//     "{} {0.name!r:>{width}}"
//
// A field names an argument, by position, by number or by keyword, and goes on from there to
// attributes and items. Its specifier may have fields of its own, which have none. Wrong formats
// are ValueErrors in CPython's words.
//
// Attached threads. May run any code.
// Tests: tests/objects/types/str_format_test.cc
#pragma once

#include "objects/types/str.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

// `keywords`: a mapping, or empty. Empty: an exception is pending.
[[nodiscard]] Ref<Str> format_str_with(const Str& format, const Tuple& positional,
                                       Value keywords) noexcept;
// There are no positional fields.
[[nodiscard]] Ref<Str> format_str_map(const Str& format, Value mapping) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
