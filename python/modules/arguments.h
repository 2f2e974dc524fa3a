// python/modules/arguments.h: what functions of modules ask of the values that they are given.
//
// As the language converts them: an object that is no integer may say by __index__ which it stands
// for. So all of these may run any code, but those of texts.
//
// Attached threads. Tests: tests/python/modules/builtins_numbers_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "objects/model/status.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// The int that a value is or stands for. Raises TypeError.
[[nodiscard]] Ref<> integer_of(Value value) noexcept;
// The same, of 64 bits; OverflowError says that it is too large for `c_type`.
[[nodiscard]] Status read_integer(Value value, std::string_view c_type,
                                  std::int64_t& number) noexcept;
// Of 32 bits, with the messages of a C int.
[[nodiscard]] Status read_c_int(Value value, int& number) noexcept;

// As `type(value).name`, for messages.
[[nodiscard]] std::string_view type_name(Value value) noexcept;

// Null, and "sep must be None or a string, not int" is pending: it is neither. `text` is null for
// None and for what was not given.
[[nodiscard]] Status read_optional_str(Value value, std::string_view name, Str*& text) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
