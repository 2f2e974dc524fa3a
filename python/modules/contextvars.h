// python/modules/contextvars.h: variables that belong to a flow of the program.
//
//     thread --> current Context --> vars, a dict that nobody changes any more
//
// What a flow sets makes a new dict for its context; a copy of a context shares the dict until one
// of the two sets something. So copying costs the same however many variables there are.
//
// V1  A dict is never written after a context has published it.
// V2  A context is entered by one flow at a time, which alone sets its dict.
//
// A thread's context is made when it is first wanted, and is the thread's until `end_context`.
//
// Attached threads. May run destructors; `run` any code.
// Tests: tests/python/modules/contextvars_test.cc
#pragma once

#include "memory/function_ref.h"
#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/protocols.h"
#include "objects/types/dict.h"

namespace orochi::inline OROCHI_DESIGN {

class Context : public Object {
 public:
  Context(ShapeIndex shape, Ref<Dict> vars) noexcept : Object(shape), vars_(std::move(vars)) {}

  [[nodiscard]] static Ref<Context> make() noexcept;
  // The calling thread's. Empty: a MemoryError is pending.
  [[nodiscard]] static Ref<Context> current() noexcept;
  // Borrowed; null: it has none yet.
  [[nodiscard]] static Context* peek() noexcept;
  [[nodiscard]] Ref<Context> copy() noexcept;

  // Never nothing.
  [[nodiscard]] Ref<Dict> vars() noexcept {
    return Ref<Dict>::adopt(static_cast<Dict*>(vars_.load(*this).release().object()));
  }
  // V1. Nothing as value: the variable has none any more.
  [[nodiscard]] Status set(Value variable, Ref<> value) noexcept;

  // Runs the body with this as the thread's context. Raises RuntimeError if it is entered already.
  [[nodiscard]] Ref<> run(FunctionRef<Ref<>()> body) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(vars_));
    visit(Children::of(outer_));
  }
  void clear() noexcept;

 private:
  [[nodiscard]] Status enter() noexcept;
  void leave() noexcept;

  Field vars_;
  Field outer_;  // what was the thread's before; nothing: it had none, or this is not entered
  Atomic<bool> is_entered_{false};
};

class Module;
// Once, when the module is made. `variable`: the type of the keys.
[[nodiscard]] Status add_context_type(Module& module, Type& variable) noexcept;

// The calling thread has no context any more. Before it exits.
void end_context() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
