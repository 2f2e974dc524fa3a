// objects/types/argument_errors.h: what is said of a call that does not fit its function.
//
// In the words of CPython, which depend on how a function declares its parameters (CallStyle). In
// all of them the receiver is not counted.
//
// Attached threads. Tests: tests/objects/types/native_function_test.cc
#pragma once

#include <cstddef>

#include "objects/model/status.h"
#include "objects/types/signature.h"

namespace orochi::inline OROCHI_DESIGN {

// Too many values, or by position too few. Done: there are not.
[[nodiscard]] Status check_counts(const Signature& signature, std::size_t positional,
                                  std::size_t named) noexcept;

Raised raise_takes_no_names(const Signature& signature) noexcept;
Raised raise_names_are_not_str() noexcept;
Raised raise_unknown_name(const Signature& signature, const Str& name) noexcept;
// Of the parameter at `index`, receiver included. Both.
Raised raise_given_twice(const Signature& signature, std::size_t index) noexcept;
Raised raise_missing(const Signature& signature, std::size_t index) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
