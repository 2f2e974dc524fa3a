// objects/types/complex_text.h: complex numbers as texts.
//
// An empty Ref: an exception is pending. Attached threads.
// Tests: tests/objects/types/complex_text_test.cc
#pragma once

#include <string_view>

#include "objects/types/complex.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// (1-2j), or 2j alone if the real part is 0 and not -0.
[[nodiscard]] Ref<Str> complex_repr(ComplexNumber number) noexcept;
// Of ASCII, as complex(text) reads it. Raises ValueError.
[[nodiscard]] Ref<> parse_complex(std::string_view text) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
