// python/compiler/compile.h: from source bytes to code: the front door of the compiler.
//
// Parsing, scopes, code, in this order; docs/compiler.md is the map. What is wrong with a program
// is said as CPython 3.11 says it.
//
// Any number of threads, each with its own arena and diagnostics.
// Tests: tests/python/compiler/code_test.cc, compile_error_test.cc, check_library.py
#pragma once

#include <cstdint>
#include <string_view>

#include "python/bytecode/code.h"
#include "python/compiler/parse.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

struct CompileOptions {
  ParseOptions parse;
  // 0; 1: no asserts, and __debug__ is False; 2: no docstrings either.
  int optimize = 0;
  // Features of __future__ that are switched on from outside (bytecode::CodeFlag).
  std::uint32_t future_flags = 0;
  // `await` outside of functions, as an interactive shell for coroutines wants it.
  bool top_level_await = false;
};

// Null: `diagnostics` says why. The code lives as long as the arena; the bytes need not.
[[nodiscard]] const bytecode::Code* compile(std::string_view bytes, const CompileOptions& options,
                                            Arena& arena, Diagnostics& diagnostics) noexcept;

// The same for a tree. `text` is what it was parsed from, decoded, for messages; it may be empty.
[[nodiscard]] const bytecode::Code* compile_tree(const ast::Root& tree, std::string_view text,
                                                 const CompileOptions& options, Arena& arena,
                                                 Diagnostics& diagnostics) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::compiler
