// objects/types/str_layout.h: strs made wider: padded, filled with zeros, their tabs expanded.
//
// An empty Ref: an exception is pending. Attached threads. Nothing here locks or runs code of
// others.
// Tests: tests/objects/types/str_methods_test.cc
#pragma once

#include <cstdint>

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

enum class Placing : std::uint8_t { kLeft, kCenter, kRight };
// At least `width` characters wide.
[[nodiscard]] Ref<Str> pad_to(Str& str, std::int64_t width, text::CodePoint fill,
                              Placing placing) noexcept;
// The zeros stand behind a sign.
[[nodiscard]] Ref<Str> fill_with_zeros(Str& str, std::int64_t width) noexcept;
// Up to the next multiple of `size` in the line; of none, where that is not positive.
[[nodiscard]] Ref<Str> expand_tabs(Str& str, std::int64_t size) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
