// python/compiler/future.h: the features that a program asks for by `from __future__ import`.
//
// Tests: tests/python/compiler/compile_error_test.cc
#pragma once

#include <cstdint>

#include "python/compiler/ast.h"
#include "python/compiler/compile_context.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

struct Future {
  std::uint32_t flags = 0;  // of bytecode::CodeFlag
  Place last;               // of the last such import at the beginning of the file
};

// False: the diagnostics say why.
[[nodiscard]] bool find_future(const ast::Root& tree, CompileContext& context,
                               Future& future) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::compiler
