// python/vm/catching.h: which exceptions an `except` clause catches.
//
// The machine's own thread. Tests: tests/python/language/exceptions.py
#pragma once

#include "objects/types/exception.h"

namespace orochi::inline OROCHI_DESIGN {

// Whether it is of the type, or of one of the tuple's. TypeError: what does not derive from
// BaseException catches nothing.
[[nodiscard]] Truth is_caught_by(const Exception& exception, Value kind) noexcept;

// What `except*` clauses leave to be raised: exceptions that they raised, and those parts of
// `handled` that they did not catch or raised again, together as they were. Nothing in `result`:
// there is none.
[[nodiscard]] Status join_groups(Exception& handled, std::span<const Value> left,
                                 Ref<Exception>& result) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
