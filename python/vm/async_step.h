// python/vm/async_step.h: one step of an async generator, to be awaited once: what asend,
// __anext__, athrow and aclose give.
//
//     new --claim--> running --it awaits--> suspended --claim--> running ...
//      |                |
//      +--close         +--it yields, ends, raises--> over
//
// A3  One thread runs it, as N1 of generator.h has it. It is the generator's only step (A1) from
//     its first claim until it is over.
//
// A step that is dropped in between keeps the generator from ever taking another one, as in
// CPython.
//
// Attached threads. Tests: tests/python/language/async_generators.py
#pragma once

#include <cstdint>

#include "python/vm/async_generator.h"

namespace orochi::inline OROCHI_DESIGN {

class AsyncStep : public Object {
 public:
  enum class Kind : std::uint8_t { kSend, kThrow, kClose };
  enum class State : std::uint8_t { kNew, kSuspended, kRunning, kOver };

  // `operand`: what is sent; what is thrown, a tuple of up to three; nothing for kClose.
  AsyncStep(ShapeIndex shape, Ref<> generator, Kind kind, Ref<> operand) noexcept
      : Object(shape),
        generator_(std::move(generator)),
        operand_(std::move(operand)),
        kind_(kind) {}

  // As those of Generator, for whoever awaits it: what the generator yields is returned.
  [[nodiscard]] Ref<> send(Value sent, Ref<>& returned) noexcept;
  [[nodiscard]] Ref<> throw_in(Ref<>& returned) noexcept;
  // It is not to be awaited any more; the generator is not told.
  void close() noexcept { state_.store(State::kOver, kRelease); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(generator_));
    visit(Children::of(operand_));
  }

 private:
  [[nodiscard]] AsyncGenerator& generator() const noexcept {
    return static_cast<AsyncGenerator&>(*generator_.get().object());
  }

  // A3. Failed: somebody runs it, it is over, or the generator has another step.
  [[nodiscard]] Status claim(State& before) noexcept;
  [[nodiscard]] Status claim_generator() noexcept;
  // Claimed for the first time, and so was the generator.
  [[nodiscard]] Ref<> begin_throwing(Value sent, Ref<>& returned) noexcept;
  [[nodiscard]] Status prepare() noexcept;
  // From what the generator answered to what is answered here. Ends the run.
  [[nodiscard]] Ref<> settle(Ref<> yielded, Ref<>& returned) noexcept;
  [[nodiscard]] Ref<> settle_end(Ref<> yielded, Ref<>& returned) noexcept;
  [[nodiscard]] Ref<> settle_close(Ref<> yielded, Ref<>& returned) noexcept;

  void stop(State state) noexcept;
  void finish() noexcept {
    stop(State::kOver);
    generator().end_step();
  }

  const ConstField generator_;
  const ConstField operand_;
  SysAtomic<State> state_{State::kNew};
  const Kind kind_;
};

// Empty: it raised. With hooks (A2).
[[nodiscard]] Ref<> make_async_step(AsyncGenerator& generator, AsyncStep::Kind kind,
                                    Ref<> operand) noexcept;
// Null: it is none.
[[nodiscard]] AsyncStep* as_async_step(Value value) noexcept;
// Once, by make_async_generator_type.
[[nodiscard]] Status make_async_step_types() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
