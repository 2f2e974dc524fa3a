// python/vm/code_methods.h: what code objects do for programs that is more than a look at them.
//
// Two are equal that do the same under the same name from the same line, whatever their files are
// called. A changed copy has the same instructions, and nothing that they count on is changed:
//
//     co_code, the numbers of constants and names, the type of each constant; how many parameters
//     there are in all; whether it is a function's, and whether it is a generator's
//
// Attached threads. Tests: tests/python/language/code_objects.py
#pragma once

#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {

class CodeObject;

// Programs count code in bytes of co_code; places, in units of two, as CPython has them.
inline constexpr std::uint32_t kBytesOfInstruction = 8;

[[nodiscard]] Truth is_same_code(const CodeObject& a, const CodeObject& b) noexcept;
[[nodiscard]] Status hash_code(Value self, std::int64_t& hash) noexcept;

// code.co_lines(): begin, end and line of each run of instructions, or None for a line.
[[nodiscard]] Ref<> code_lines(const Value* arguments) noexcept;
// code.co_positions(): line, end line, column and end column of each unit.
[[nodiscard]] Ref<> code_positions(const Value* arguments) noexcept;

// code.replace(**changes)
[[nodiscard]] Ref<> code_replace(const Value* arguments) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
