// python/cli/options.h: the command line of `orochi`, as that of python3.
//
// Constant once read; one thread. Tests: tests/python/cli/options_test.cc
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::cli {

struct Options {
  enum class What : unsigned char {
    kFile,     // `operand`: its path
    kCommand,  // `operand`: the program itself
    kModule,   // `operand`: its name
    kInput,    // a program on standard input
    kVersion,
    kLongVersion,
    kHelp,
    kWrong,  // `operand`: what is wrong, in a line
  };
  What what = What::kInput;
  std::string_view operand;
  // What becomes of sys.argv: the first of these is what stands in place of argv[0].
  std::span<char* const> rest;
  bool ignores_environment = false;  // -E
  bool without_site = false;         // -S
  bool isolated = false;             // -I
  bool unbuffered = false;           // -u
  int optimize = 0;                  // -O, -OO
};

[[nodiscard]] Options read_options(std::span<char* const> arguments) noexcept;

extern const std::string_view kUsage;

}  // namespace orochi::inline OROCHI_DESIGN::cli
