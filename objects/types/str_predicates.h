// objects/types/str_predicates.h: what kind of text a str is, as str.isalpha and its kin ask.
//
// Attached threads. Nothing here locks or runs code of others.
// Tests: tests/objects/types/str_methods_test.cc
#pragma once

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// All characters are so, and there is one.
[[nodiscard]] bool is_alphabetic(const Str& str) noexcept;
[[nodiscard]] bool is_alphanumeric(const Str& str) noexcept;
[[nodiscard]] bool is_decimal(const Str& str) noexcept;
[[nodiscard]] bool is_digit(const Str& str) noexcept;
[[nodiscard]] bool is_numeric(const Str& str) noexcept;
[[nodiscard]] bool is_space(const Str& str) noexcept;
// All characters are so.
[[nodiscard]] bool is_printable(const Str& str) noexcept;
// There is a letter that has a case, and all such have this one.
[[nodiscard]] bool is_lower(const Str& str) noexcept;
[[nodiscard]] bool is_upper(const Str& str) noexcept;
// Capitals at the begin of each word, and nowhere else; and there is one.
[[nodiscard]] bool is_title(const Str& str) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
