// python/bytecode/disassembler.h: code objects as text that people read.
//
//     f: 1 locals, 4 registers
//       2    0  LoadGlobal      t0, g
//            1  Move            t2, a
//            2  Call            t0, t0.., 1
//            3  Return          t0
//
// A line has the source line where it changes, the number of the instruction, `>` where a jump
// leads to, the opcode and its operands: locals by name, temporaries as t and a number, constants
// as Python writes them. An apostrophe is a mark: the last use of what is read, a drop of what is
// written over. `..` is a window. Exception entries and nested code follow.
//
// Tests: tests/python/compiler/code_test.cc
#pragma once

#include <string_view>

#include "memory/function_ref.h"
#include "python/bytecode/code.h"

namespace orochi::inline OROCHI_DESIGN::bytecode {

using Write = FunctionRef<void(std::string_view)>;

// With all nested code objects.
void disassemble(const Code& code, Write write) noexcept;
void disassemble_alone(const Code& code, Write write) noexcept;
void write_constant(const Constant& constant, Write write) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::bytecode
