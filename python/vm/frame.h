// python/vm/frame.h: one call of a function while it runs: where it is, and its registers.
//
//     registers   locals, then temporaries: words that the frame counts; an empty one holds nothing
//     next        the instruction that runs, or where the frame goes on
//
// Frames lie on their thread's stack (machine_stack.h), and so do registers, but for those of
// generators (generator.h). The callee's registers begin where the caller's call window has the
// arguments (rule O3 in opcodes.h): passing arguments moves nothing, and the callable, below them,
// is counted for as long as the call lasts.
//
//     caller   | locals | temporaries ... | callable | self |
//     callee                                                | locals | temporaries ...
//
// F1  `next` is up to date whenever anything is called: whoever looks at a frame that is not the
//     innermost one of its thread sees the instruction that called.
// F2  Each word is empty that is neither a live local nor a live temporary. So a new frame finds
//     its registers empty and clears nothing.
//
// Touched by its thread alone, or by whoever has stopped the world.
#pragma once

#include <cstdint>

#include "python/vm/code_object.h"

namespace orochi::inline OROCHI_DESIGN {

class FrameObject;
class Function;

// What there is to do beside the usual when a frame ends. None: a call by an instruction.
enum FrameDuty : std::uint32_t {
  kLeaveMachine = 1,  // whoever entered it waits in C++ for the result
  kOwnSegment = 2,    // it is the first one of a segment of the stack
  kInGenerator = 4,   // its registers lie in a generator, which lives on
  kHasObject = 8,     // somebody has a FrameObject of it
  kGivesMade = 16,    // an __init__, called by calling its class: the result is what was made
};

struct Frame {
  const bytecode::Instruction* next;
  Value* registers;
  Value* end;  // behind it, registers of frames that it calls may begin
  CodeObject* code;
  Function* function;   // borrowed from the call's window, or from who entered
  Frame* caller;        // of the same thread; null: the first one
  Object* names;        // borrowed: where a class body or a module has its names; null: a function
  FrameObject* object;  // counted, with kHasObject
  Object* made;         // counted, with kGivesMade
  std::uint32_t duties;

  [[nodiscard]] std::uint32_t position() const noexcept {
    return static_cast<std::uint32_t>(next - code->code().instructions.data());
  }
};

}  // namespace orochi::inline OROCHI_DESIGN
