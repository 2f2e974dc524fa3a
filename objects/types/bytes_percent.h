// objects/types/bytes_percent.h: `format % arguments` of bytes and bytearrays: what
// percent_format.h does, with bytes in place of characters.
//
// Attached threads. May run any code. Failures are in CPython's words.
// Tests: tests/objects/types/bytes_percent_test.cc
#pragma once

#include "objects/text/ascii.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// A str whose code points are the bytes, each of one byte. Empty: an exception is pending.
[[nodiscard]] Ref<Str> format_bytes_percent(text::ByteSpan format, Value arguments) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
