// objects/types/format.h: format(value, spec), and what an f-string does with one value.
//
// A type says in a slot how it follows a specifier; one that says nothing follows none.
//
// Attached threads. May run any code.
// Tests: tests/objects/types/format_test.cc
#pragma once

#include <cstdint>
#include <span>

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

// format(value, spec). Empty: an exception is pending.
[[nodiscard]] Ref<Str> format(Value value, const Str& spec) noexcept;

// repr() with escapes for what is not ASCII.
[[nodiscard]] Ref<Str> ascii(Value value) noexcept;

enum class Conversion : std::uint8_t { kNone, kStr, kRepr, kAscii };
[[nodiscard]] Ref<> convert(Value value, Conversion conversion) noexcept;

// {value!r:spec} of an f-string. `spec`: null if there is none.
[[nodiscard]] Ref<Str> format_field(Value value, Conversion conversion, const Str* spec) noexcept;

// The parts of an f-string, one after another, in one allocation. Each is a str.
[[nodiscard]] Ref<Str> concat_all(std::span<const Value> parts) noexcept;

// What object.__format__ does: str(), and no specifier.
[[nodiscard]] Ref<> format_plainly(Value self, Value spec) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
