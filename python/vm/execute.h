// python/vm/execute.h: from source to a result: compile, exec, eval, and what runs around the
// caller.
//
// Attached threads. Runs any code. Tests: tests/python/language/functions.py
#pragma once

#include "python/compiler/compile.h"
#include "python/vm/machine.h"

namespace orochi::inline OROCHI_DESIGN {

// Empty: it raised, a SyntaxError with its place for instance. `bytes` may have an encoding
// declaration.
[[nodiscard]] Ref<CodeObject> compile_source(std::string_view bytes, Ref<Str> file,
                                             const compiler::CompileOptions& options) noexcept;

// Runs the code of a module, a class body or an expression. `names`: where its names live; any
// mapping. Globals get __builtins__ if they have none. Empty: it raised.
[[nodiscard]] Ref<> execute(CodeObject& code, Dict& globals, Object& names) noexcept;

// Of the innermost frame of this thread; empty, and nothing is pending: no code runs.
[[nodiscard]] Ref<Dict> current_globals() noexcept;
// As locals() has them. Empty: no code runs, or it raised.
[[nodiscard]] Ref<> current_locals() noexcept;
// The frame that many calls up; null: there are not so many.
[[nodiscard]] Frame* current_frame(std::size_t depth = 0) noexcept;

// The machine's types and hooks. Once, after start_types.
[[nodiscard]] Status start_machine() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
