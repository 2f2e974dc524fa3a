// python/vm/constants.h: values of the constants that the compiler left in a code object.
//
// Attached threads. Tests: tests/python/language/code_objects.py
#pragma once

#include "python/vm/code_object.h"

namespace orochi::inline OROCHI_DESIGN {

// The str of UTF-8 in which lone surrogates stand as three bytes. Empty: it raised.
[[nodiscard]] Ref<Str> str_of_source(std::string_view utf8) noexcept;

// Nested code gets the same memory and file. Empty: it raised.
[[nodiscard]] Ref<> make_constant(const bytecode::Constant& constant, CodeMemory& memory,
                                  Str& file) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
