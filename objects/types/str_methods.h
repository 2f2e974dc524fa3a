// objects/types/str_methods.h: the methods of `str`.
//
//     str_methods.cc          tables, and what is short: cases, questions, padding, formatting
//     str_search_methods.cc   finding, comparing, replacing, stripping
//     str_split_methods.cc    cutting and joining
//     str_translate.cc        translate and maketrans
//
// Attached threads. Tests: tests/objects/types/str_methods_test.cc
#pragma once

#include <span>

#include "objects/types/native_function.h"

namespace orochi::inline OROCHI_DESIGN {

// Once, when functions can be made.
[[nodiscard]] Status define_str_methods() noexcept;

// The tables of the other files.
[[nodiscard]] std::span<const NativeSpec> str_search_methods() noexcept;
[[nodiscard]] std::span<const NativeSpec> str_split_methods() noexcept;
// The last of them is static.
[[nodiscard]] Ref<> translate_str(const Value* arguments) noexcept;
[[nodiscard]] Ref<> make_translation(const Value* arguments) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
