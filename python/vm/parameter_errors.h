// python/vm/parameter_errors.h: what is said of a call that does not fit a function.
//
// The words are CPython 3.11's. Registers are parameters; an empty one was not given.
// The machine's own thread. Tests: tests/python/language/functions.py
#pragma once

#include <span>

#include "python/vm/function.h"

namespace orochi::inline OROCHI_DESIGN {

Raised raise_not_a_name(Function& function) noexcept;
Raised raise_twice(Function& function, const Str& name) noexcept;
Raised raise_unexpected(Function& function, const Str& name) noexcept;
// Some of `names` are of parameters that are given by position only.
Raised raise_positional_only(Function& function, const CodeObject& code,
                             const Tuple& names) noexcept;
// `registers`: of all parameters that can be given by name.
Raised raise_too_many(Function& function, const CodeObject& code, std::span<const Value> registers,
                      std::size_t given) noexcept;
enum class Missing : unsigned char { kPositional, kNamed };
// `registers`: up to the last one that is required.
Raised raise_missing(Function& function, const CodeObject& code, std::span<const Value> registers,
                     Missing missing) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
