// objects/types/exception_methods.h: the methods and attributes of exceptions and tracebacks.
//
// Attached threads. Tests: tests/objects/types/exception_methods_test.cc
#pragma once

#include "objects/types/exception.h"

namespace orochi::inline OROCHI_DESIGN {

// Once, when functions can be made.
[[nodiscard]] Status define_exception_methods() noexcept;

// BaseException.add_note. Raises TypeError if the note is no str, or what is there is no list.
[[nodiscard]] Status add_note(Exception& exception, Value note) noexcept;
// The notes of one that is a part of the other: a list of its own, if those are a list or a tuple.
[[nodiscard]] Status copy_notes(Exception& from, Exception& to) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
