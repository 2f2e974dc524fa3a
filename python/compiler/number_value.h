// python/compiler/number_value.h: the value of a number as it is written.
//
// Tests: tests/python/compiler/parser_test.cc
#pragma once

#include <string_view>

#include "python/compiler/arena.h"
#include "python/compiler/ast.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// Requires: `text` is a number by the lexer. False: no memory.
[[nodiscard]] bool number_value(std::string_view text, Arena& arena,
                                ast::Literal& literal) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::compiler
