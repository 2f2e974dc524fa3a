// objects/types/exception_type.h: the exception types, and which value is an exception.
//
// Attached threads. Tests: tests/objects/types/exception_type_test.cc
#pragma once

#include "objects/model/error.h"
#include "objects/model/type.h"
#include "objects/types/exception_table.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& exception_type(BuiltinException which) noexcept;
// Of the exceptions that an error of this kind becomes. Requires: neither kNone nor kObject.
[[nodiscard]] Type& exception_type(ErrorKind kind) noexcept;
// All of them, and tracebacks. Once, after make_dict_type, make_int_types and make_str_type.
[[nodiscard]] Status make_exception_types() noexcept;

// A type that can be raised.
[[nodiscard]] bool is_exception_type(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
