// objects/types/bytes_from.h: bytes and bytearrays from what programs make them of.
//
// Attached threads, in no section of their own. What is iterable may run any code.
// Tests: tests/objects/types/bytearray_test.cc
#pragma once

#include <string_view>

#include "objects/types/bytearray.h"
#include "objects/types/bytes.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// Of what is bytes-like, a memoryview of any shape too, or gives integers. `range_error`: of an
// integer that is no byte; `kind`: what cannot be made of what is neither.
[[nodiscard]] Ref<Bytes> bytes_of_any(Value source, std::string_view range_error,
                                      std::string_view kind) noexcept;

// bytes(source, encoding, errors): arguments that were not given are empty.
[[nodiscard]] Ref<Bytes> bytes_from(Value source, Value encoding, Value errors) noexcept;
// The same of a bytearray, whose words differ.
[[nodiscard]] Ref<Bytes> bytes_for_bytearray(Value source, Value encoding, Value errors) noexcept;

// Of pairs of hexadecimal digits, with spaces between pairs. Raises a ValueError.
[[nodiscard]] Ref<Bytes> bytes_from_hex(const Str& digits) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
