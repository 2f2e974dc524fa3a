// python/compiler/ast_dump.h: a tree as text, as ast.dump(tree, include_attributes=True) has it.
//
// One difference: characters that are not ASCII are written as escapes, whether or not they can be
// printed. For tests and for whoever looks into a program.
//
// Tests: tests/python/compiler/parser_test.cc, compare_trees.py
#pragma once

#include <string_view>

#include "memory/function_ref.h"
#include "python/compiler/ast.h"

namespace orochi::inline OROCHI_DESIGN::ast {

// Writes piece by piece. False: there was no memory to write a large number.
[[nodiscard]] bool dump(const Node& tree, FunctionRef<void(std::string_view)> write) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::ast
