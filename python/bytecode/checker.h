// python/bytecode/checker.h: proves of a code object that it does with registers what opcodes.h
// says: nothing is read that may be empty, nothing is read after it was given away, nothing is lost
// by writing over it, and nothing stays behind when a frame is left.
//
// It walks every way through the code, exceptions included, with sets of what each register may be:
// empty, full, or either. It knows the table of opcodes and nothing of the compiler, whose passes
// it is there to mistrust. Numbers of registers, constants, names and targets are checked too.
//
// Tests of the compiler run it over all they compile; a debug build may do so too.
// Tests: tests/python/bytecode/checker_test.cc
#pragma once

#include <cstdint>

#include "python/bytecode/code.h"

namespace orochi::inline OROCHI_DESIGN::bytecode {

struct Flaw {
  const Code* code = nullptr;  // the one that is wrong; null: none is
  std::uint32_t instruction = 0;
  Register at = kNoRegister;  // the register in question, if there is one
  const char* what = nullptr;

  [[nodiscard]] explicit operator bool() const noexcept { return what != nullptr; }
};

// The first flaw of the code or of one that is nested in it. "no memory" is a flaw too.
[[nodiscard]] Flaw check(const Code& code) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::bytecode
