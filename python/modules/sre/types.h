// python/modules/sre/types.h: the types of _sre: re.Pattern, re.Match and the scanner.
//
// Each is added once, when the module is made. Attached threads.
// Tests: tests/python/language/regular_expressions.py
#pragma once

#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN::sre {

[[nodiscard]] Type& pattern_type() noexcept;
[[nodiscard]] Type& match_type() noexcept;
[[nodiscard]] Type& scanner_type() noexcept;

[[nodiscard]] Status make_pattern_type() noexcept;
[[nodiscard]] Status make_match_type() noexcept;
[[nodiscard]] Status make_scanner_type() noexcept;

// What re has in Python for native code: its function of that name.
[[nodiscard]] Ref<> function_of_re(std::string_view name) noexcept;

// __copy__ and __deepcopy__ of what never changes.
inline Ref<> copy_self(const Value* arguments) noexcept { return ref_of(arguments[0]); }

}  // namespace orochi::inline OROCHI_DESIGN::sre
