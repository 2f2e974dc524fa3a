// python/modules/io/locale.h: what the user's locale says of text in files.
//
// As the environment has it (LC_ALL, LC_CTYPE, LANG); the locale of the process is neither asked
// nor set. Any attached thread. Tests: tests/python/modules/io/open_test.cc
#pragma once

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// Of files for which nobody has said one. A locale that knows only ASCII is taken for one that
// nobody has chosen: then it is UTF-8.
[[nodiscard]] Ref<Str> locale_encoding() noexcept;
// The locale is C, or C's with UTF-8: bytes that are no text pass through the standard streams.
[[nodiscard]] bool locale_is_plain() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
