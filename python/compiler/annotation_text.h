// python/compiler/annotation_text.h: an expression as text, as `from __future__ import annotations`
// stores it: CPython's spelling, with the parentheses that are needed and no others.
//
// Tests: tests/python/compiler/annotation_text_test.cc
#pragma once

#include <string_view>

#include "python/compiler/ast.h"
#include "python/compiler/compile_context.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// In the arena. Empty: no memory, which the context has been told.
[[nodiscard]] std::string_view annotation_text(const ast::Expr& expression,
                                               CompileContext& context) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::compiler
