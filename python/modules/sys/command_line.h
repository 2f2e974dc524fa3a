// python/modules/sys/command_line.h: what sys says of how the program was started.
//
// Attached threads, once at start, after start_modules.
// Tests: tests/python/modules/sys_test.cc
#pragma once

#include <span>
#include <string_view>

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

struct CommandLine {
  std::string_view first;           // argv[0]: the script, or what stands in its place
  std::span<char* const> rest;      // of argv
  std::span<char* const> original;  // all that the process was given
};

// Sets sys.argv, sys.orig_argv and sys.executable.
[[nodiscard]] Status set_command_line(const CommandLine& line) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
