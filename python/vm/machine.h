// python/vm/machine.h: the machine that runs code in one thread: its stack, and the frame that
// runs.
//
// Each thread that runs code has one, from its first call on until `end`.
//
//     C++ calls a function  -->  enter  -->  run (interpreter.h)  -->  calls by instructions: no
//     C++
//
// Its thread alone; the collector and others look at frames in a stopped world.
// Tests: tests/python/language/functions.py
#pragma once

#include <utility>

#include "objects/model/protocols.h"
#include "objects/model/thread_record.h"
#include "objects/types/exception_raise.h"
#include "python/vm/async_hooks.h"
#include "python/vm/function.h"
#include "python/vm/machine_stack.h"

namespace orochi::inline OROCHI_DESIGN {

class Machine {
 public:
  // The calling thread's. Null: a MemoryError is pending.
  [[nodiscard]] static Machine* mine() noexcept {
    auto* const machine = static_cast<Machine*>(ThreadRecord::mine().language);
    return machine != nullptr ? machine : begin();
  }
  // Of a thread that runs code already.
  [[nodiscard]] static Machine& running() noexcept {
    return *static_cast<Machine*>(ThreadRecord::mine().language);
  }
  // Frees that of the calling thread, which runs no code now. Attached.
  static void end() noexcept;

  // The innermost frame; null: none runs.
  Frame* frame = nullptr;
  MachineStack stack;
  // How many callers a coroutine remembers (coroutine_origin.h).
  std::uint32_t origin_depth = 0;
  AsyncHooks async_hooks;

  // Where registers of the next frame may begin.
  [[nodiscard]] Value* free_registers() const noexcept {
    return frame == nullptr ? stack.bottom() : frame->end;
  }

 private:
  [[nodiscard]] static Machine* begin() noexcept;
};

// Runs the function with these arguments: the slot `call` of functions.
[[nodiscard]] Ref<> call_function(Value function, const Arguments& arguments) noexcept;
// Runs the body of a class or a module, whose names are those of `names`.
[[nodiscard]] Ref<> run_body(Function& body, Object& names) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
