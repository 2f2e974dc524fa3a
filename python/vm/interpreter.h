// python/vm/interpreter.h: running code.
//
// Each opcode has one handler, of a few lines (handlers.h). Those that are run most have a short
// way for what they meet most, in the loop itself, which falls back on the handler.
//
//     handler done ---------------> the next instruction
//     handler raised -------------> unwind: the frame's handler, or the caller's, or out
//     call, return ---------------> another frame, in the same loop: no C++ call
//
// A safepoint is at every jump back and every call of a function.
//
// The machine's own thread. Tests: tests/python/language
#pragma once

#include <cstdint>

#include "python/vm/machine.h"

namespace orochi::inline OROCHI_DESIGN {

// Runs the machine's innermost frame, which has kLeaveMachine, and what it calls, until it is over:
// its result; or, of a generator, until it yields. Empty: it raised.
enum class Begin : std::uint8_t {
  kGoingOn,  // with the instruction at `next`
  kRaising,  // what is pending is raised there
  kRefused,  // what is pending is raised before the first instruction: no handler is there yet
};
[[nodiscard]] Ref<> run(Machine& machine, Frame& entry, Begin begin = Begin::kGoingOn) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
