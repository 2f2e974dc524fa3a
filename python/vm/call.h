// python/vm/call.h: how calls begin and frames end.
//
// A call window lies in registers: the callable, the first argument of a method or nothing,
// arguments by position, arguments by name. A function gets a frame whose registers begin with the
// arguments; whatever else is callable is called at once.
//
// The machine's own thread. Tests: tests/python/language/functions.py
#pragma once

#include <cstddef>

#include "python/vm/machine.h"

namespace orochi::inline OROCHI_DESIGN {

struct CallWindow {
  Value* at;               // the callable
  std::size_t positional;  // without what at[1] may hold
  Object* keywords;        // a tuple of names; null: none

  [[nodiscard]] Value* first() const noexcept { return at[1].is_empty() ? at + 2 : at + 1; }
  [[nodiscard]] std::size_t named() const noexcept {
    return keywords == nullptr ? 0 : static_cast<Tuple*>(keywords)->size();
  }
  [[nodiscard]] std::size_t count() const noexcept {
    return positional + named() + (at[1].is_empty() ? 0 : 1);
  }
  [[nodiscard]] Arguments arguments() const noexcept {
    return {first(), positional + (at[1].is_empty() ? 0 : 1), keywords};
  }
};

enum class Begun : unsigned char {
  kFrame,  // the machine's innermost frame is that of the call
  kDone,   // `result` is that of the call
  kNot,    // it raised; the window is as it was, or emptied
};

// Requires: machine.frame is the caller's, and its `next` the instruction.
[[nodiscard]] Begun begin_call(Machine& machine, const CallWindow& window, Ref<>& result) noexcept;

// A frame for a function, whose `used` arguments lie from `registers` on. Null: an exception is
// pending, and the arguments are where they were.
[[nodiscard]] Frame* take_frame(Machine& machine, Function& function, Value* registers,
                                std::size_t used) noexcept;
// The same for so many arguments that are not there yet.
[[nodiscard]] Frame* take_frame_above(Machine& machine, Function& function,
                                      std::size_t arguments) noexcept;

// Makes parameters of arguments, in place; `arguments` lie in the frame's registers. Failed: all of
// them are dropped (binding.cc).
[[nodiscard]] Status bind_parameters(Function& function, Frame& frame, std::size_t positional,
                                     Object* keywords) noexcept;

// Drops what the registers from `first` up to `last` hold, and empties them.
void empty_registers(Value* first, const Value* last) noexcept;

// The caller is the machine's innermost frame from now on. Of a frame that is over, or of a
// generator's, whose registers are kept.
void leave_frame(Machine& machine, Frame& frame) noexcept;
// The same, and its registers are emptied before.
void end_frame(Machine& machine, Frame& frame) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
