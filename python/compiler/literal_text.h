// python/compiler/literal_text.h: constants as Python's ascii() writes them.
//
// Tests: tests/python/compiler/parser_test.cc
#pragma once

#include <string_view>

#include "memory/function_ref.h"
#include "python/compiler/ast.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

using WriteText = FunctionRef<void(std::string_view)>;

void write_str(std::string_view text, WriteText write) noexcept;
void write_bytes(std::string_view bytes, WriteText write) noexcept;
void write_float(double number, WriteText write) noexcept;

// False: there was no memory to convert a large number.
[[nodiscard]] bool write_literal(const ast::Literal& literal, WriteText write) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::compiler
