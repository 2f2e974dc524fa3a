// python/compiler/encoding.h: which encoding a source file declares (PEP 263).
//
// Tests: tests/python/compiler/source_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

enum class Encoding : std::uint8_t { kUtf8, kLatin1, kAscii, kUnknown };

// The name as it stands in a comment of the first two lines, or empty.
[[nodiscard]] std::string_view declared_encoding(std::string_view bytes) noexcept;

// Empty means UTF-8.
[[nodiscard]] Encoding encoding_by_name(std::string_view name) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::compiler
