// objects/types/str_arguments.h: what the methods of str take, read and refused in CPython's words.
//
// For the files of str's methods. Attached threads. Tests: tests/objects/types/str_methods_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "objects/types/str.h"
#include "objects/types/str_operations.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] inline Str& self_str(const Value* arguments) noexcept {
  return static_cast<Str&>(*arguments[0].object());
}

// A str; null: a TypeError is pending, "<what> must be str, not int".
[[nodiscard]] Str* read_str(Value value, std::string_view what) noexcept;
// An integer of 32 bits. Failed: it raised.
[[nodiscard]] Status read_small(Value value, std::int32_t& number) noexcept;
// Two positions that may be None or not given. Failed: it raised.
[[nodiscard]] Status read_bounds(std::size_t size, Value begin, Value end, Bounds& bounds) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
