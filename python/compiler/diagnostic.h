// python/compiler/diagnostic.h: what a compilation has to complain about.
//
// At most one error, in the words of CPython 3.11 and with its places, and any number of warnings.
// Columns count characters from 1; 0 and -1 stand where CPython has no column and mean "unknown".
// All text lives in the arena or is a literal.
//
// Tests: tests/python/compiler/syntax_error_test.cc
#pragma once

#include <cstdint>
#include <string_view>

#include "memory/function_ref.h"
#include "memory/policy.h"
#include "python/compiler/growing_array.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

enum class ErrorKind : std::uint8_t {
  kNone,
  kSyntax,
  kIndentation,
  kTab,
  kMemory,     // MemoryError; also when the parser is nested too deeply
  kRecursion,  // RecursionError: the tree is deeper than who walks it may go
  kValue,
  kOverflow,  // more names, constants or registers in one function than there are numbers for
};

// The name of the exception's class.
[[nodiscard]] std::string_view name_of(ErrorKind kind) noexcept;

struct Diagnostic {
  ErrorKind kind = ErrorKind::kNone;
  std::string_view message;
  std::string_view text;  // the line in question, with its newline if it has one
  std::int32_t line = 0;
  std::int32_t column = 0;
  std::int32_t end_line = 0;
  std::int32_t end_column = 0;
};

enum class WarningKind : std::uint8_t { kDeprecation, kSyntax };

struct Warning {
  std::string_view message;
  std::int32_t line = 0;
  WarningKind kind = WarningKind::kDeprecation;
};

class Diagnostics {
 public:
  [[nodiscard]] const Diagnostic& error() const noexcept { return error_; }
  [[nodiscard]] bool has_error() const noexcept { return error_.kind != ErrorKind::kNone; }
  // The last one stands: who reports twice knows why.
  void set_error(const Diagnostic& error) noexcept { error_ = error; }
  void out_of_memory() noexcept { error_ = {ErrorKind::kMemory, {}, {}}; }

  // Without memory for it a warning is lost and nothing else.
  void warn(std::string_view message, std::int32_t line,
            WarningKind kind = WarningKind::kDeprecation) noexcept;
  [[nodiscard]] const GrowingArray<Warning>& warnings() const noexcept { return warnings_; }

 private:
  Diagnostic error_;
  GrowingArray<Warning> warnings_;
};

// Writes the error as `python3 FILE` prints it, piece by piece.
void print_error(const Diagnostic& error, std::string_view filename,
                 FunctionRef<void(std::string_view)> write) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::compiler
