// python/cli/program.h: running one program from its first line to its exit code.
//
// Main thread, once in a process. Tests: tests/python/cli
#pragma once

#include <span>

#include "python/cli/options.h"

namespace orochi::inline OROCHI_DESIGN::cli {

// "ft"
[[nodiscard]] const char* design_name() noexcept;

// The exit code of the process. `arguments`: all, with that of the process itself.
[[nodiscard]] int run_program(const Options& options, std::span<char* const> arguments) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::cli
