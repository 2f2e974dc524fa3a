// python/vm/async_generator.h: what an async generator is beyond a generator.
//
// A program goes through it by steps (async_step.h): asend, athrow, aclose. Each is awaited; what
// the generator awaits meanwhile is the step's to yield, and what it yields is the step's result.
// So Generator::send tells one from the other.
//
//     first step                -->  its thread's hook `first_iteration` is told: an event loop
//                                    keeps track of it
//     end, and it is not over   -->  `finalizer`, as it was at the first step, is told instead of
//                                    closing it here: closing may take awaiting
//
// A1  One step at a time is under way, over all that is awaited inside: who begins one claims that
//     with an exchange, and others get a RuntimeError. Acquire and release, as N1 of generator.h.
// A2  The hook is told once, whoever comes first.
//
// Attached threads. Tests: tests/python/language/async_generators.py
#pragma once

#include "python/vm/generator.h"

namespace orochi::inline OROCHI_DESIGN {

class AsyncGenerator : public Generator {
 public:
  using Generator::Generator;

  // Before each step: A2. Failed: the hook raised.
  [[nodiscard]] Status become_known() noexcept;

  // A1. False: one is under way.
  [[nodiscard]] bool try_begin_step() noexcept { return !is_stepping_.exchange(true, kAcquire); }
  void end_step() noexcept { is_stepping_.store(false, kRelease); }
  // relaxed, all: hints for who begins a step, and for programs that look.
  [[nodiscard]] bool is_stepping() const noexcept { return is_stepping_.load(kRelaxed); }
  // It was told to end, or has raised what says that it is at its end.
  [[nodiscard]] bool is_closed() const noexcept { return is_closed_.load(kRelaxed); }
  void mark_closed() noexcept { is_closed_.store(true, kRelaxed); }

  void finalize() noexcept;
  [[nodiscard]] bool wants_finalizer() const noexcept { return state() != State::kDone; }

 private:
  // True: the finalizer was told, and that is all.
  [[nodiscard]] bool tell_finalizer() noexcept;
};
static_assert(sizeof(AsyncGenerator) == sizeof(Generator), "registers lie right behind");

// With async_step.h. Once, by make_generator_types.
[[nodiscard]] Status make_async_generator_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
