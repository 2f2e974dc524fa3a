// python/cli/program.h: running one program from its first line to its exit code.
//
// Main thread, once in a process. Tests: tests/python/cli
#pragma once

#include "python/cli/options.h"

namespace orochi::inline OROCHI_DESIGN::cli {

// "ft"
[[nodiscard]] const char* design_name() noexcept;

// The exit code of the process.
[[nodiscard]] int run_program(const Options& options) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::cli
