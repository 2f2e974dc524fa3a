// python/vm/generator.h: generators and coroutines: a call that stops and goes on.
//
//     new --resume--> running --yield--> suspended --resume--> running ...
//                        |                   |
//                        +--return, raise--> done <--- close
//
// The registers lie in the generator, so what is suspended costs one object and no stack. While it
// runs it has a frame on the stack of the thread that resumed it; that may be another one each
// time.
//
// N1  One thread runs it: who resumes claims it with an exchange, and somebody else meanwhile gets
//     a ValueError. The exchange is acquire, the store that ends the run is release: so the next
//     one sees the registers as they were left.
//
// Attached threads. Tests: tests/python/language/generators.py, generators_in_threads.py
#pragma once

#include <cstdint>

#include "objects/types/exception_raise.h"
#include "python/vm/call.h"
#include "python/vm/interpreter.h"

namespace orochi::inline OROCHI_DESIGN {

enum class GeneratorKind : std::uint8_t { kGenerator, kCoroutine, kAsyncGenerator };

class Generator : public Object {
 public:
  enum class State : std::uint8_t { kNew, kSuspended, kRunning, kDone };

  Generator(ShapeIndex shape, Function& function, CodeObject& code, GeneratorKind kind,
            Ref<> own_name, Ref<> long_name) noexcept;

  // Whose registers those of the frame are. Requires: kInGenerator.
  [[nodiscard]] static Generator& of(const Frame& frame) noexcept {
    return reinterpret_cast<Generator*>(frame.registers)[-1];
  }

  [[nodiscard]] GeneratorKind kind() const noexcept { return kind_; }
  [[nodiscard]] State state() const noexcept { return state_.load(kRelaxed); }  // a guess
  [[nodiscard]] Function& function() const noexcept {
    return static_cast<Function&>(*function_.get().object());
  }
  // What it runs, whatever code the function has been given meanwhile.
  [[nodiscard]] CodeObject& code() const noexcept { return code_; }
  [[nodiscard]] Value* registers() noexcept { return reinterpret_cast<Value*>(this + 1); }
  [[nodiscard]] const Value* registers() const noexcept {
    return reinterpret_cast<const Value*>(this + 1);
  }

  // Runs it until it yields: what it yielded. Or until it returns: then `returned` holds the
  // result, and nothing is the answer. Nothing in both: it raised. Something in both: an async
  // generator yields, and does not wait for what it awaits. All three.
  [[nodiscard]] Ref<> send(Value sent, Ref<>& returned) noexcept;
  // What is pending is raised where it stands, or in what it delegates to.
  [[nodiscard]] Ref<> throw_in(Ref<>& returned) noexcept;
  // GeneratorExit where it stands. RuntimeError if it yields nevertheless.
  [[nodiscard]] Status close() noexcept;

  // For the interpreter, which takes the frame away: it goes on at this instruction.
  void suspend(const bytecode::Instruction* next) noexcept {
    next_ = next;
    has_yielded_ = true;
  }
  [[nodiscard]] const bytecode::Instruction& next() const noexcept { return *next_; }
  // What it delegates to; nothing: it stands elsewhere. Requires: it is suspended.
  [[nodiscard]] Value delegate() const noexcept;

  // For programs that look: what it delegates to, or None.
  [[nodiscard]] Ref<> current_delegate() noexcept;
  // Its frame, for as long as it is not over; then None. Empty: it raised.
  [[nodiscard]] Ref<> frame() noexcept;

  Field name, qualified_name;
  // Of a coroutine where it was made (coroutine_origin.h); of an async generator who sees to its
  // end (async_generator.h). Nothing: not known, nobody.
  Field origin_or_finalizer;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    const std::uint32_t count = code().code().register_count;
    for (std::uint32_t i = 0; i < count; ++i) visit(registers()[i]);
    if (place_.caught != nullptr) visit(Value(place_.caught));
    visit(Children::of(function_));
    visit(Children::of(name));
    visit(Children::of(qualified_name));
    visit(Children::of(origin_or_finalizer));
  }
  // A suspended one is closed before its end: its `finally` clauses run. A coroutine that never
  // began is a mistake, of which the program is told. For async generators: async_generator.h.
  void finalize() noexcept;
  [[nodiscard]] bool wants_finalizer() const noexcept {
    const State now = state();
    return now == State::kSuspended || (now == State::kNew && kind_ == GeneratorKind::kCoroutine);
  }
  void clear() noexcept;

 protected:
  // Of async generators: the registers lie right behind this object, so a derived one has no room
  // of its own.
  SysAtomic<bool> is_known_{false};
  SysAtomic<bool> is_stepping_{false};
  SysAtomic<bool> is_closed_{false};

 private:
  // How it goes on: with a value that the yield gives; with what is pending; or behind a delegation
  // whose result is the value.
  enum class How : std::uint8_t { kSend, kThrow, kComplete };

  // N1. False: somebody runs it, and an exception is pending.
  [[nodiscard]] bool claim(State& before) noexcept;
  void release(State state) noexcept { state_.store(state, kRelease); }

  [[nodiscard]] Frame* push(Machine& machine) noexcept;
  void receive(Frame& frame, Ref<> value, How how) noexcept;
  // Requires: claimed, neither new nor done where that matters. Releases it.
  [[nodiscard]] Ref<> go_on(Ref<> value, How how, State before, Ref<>& returned) noexcept;
  [[nodiscard]] Ref<> throw_into_delegate(Ref<>& returned) noexcept;
  [[nodiscard]] static Begin begin_of(How how, State before) noexcept;
  void explain_stop() const noexcept;
  [[nodiscard]] Status check_reuse() const noexcept;

  const ConstField function_;
  CodeObject& code_;                   // the function keeps it
  const bytecode::Instruction* next_;  // N1, and the next two
  HandlingPlace place_;                // what it is handling
  bool has_yielded_ = false;
  SysAtomic<State> state_{State::kNew};
  const GeneratorKind kind_;
};

[[nodiscard]] inline bool makes_generator(const CodeObject& code) noexcept {
  return (code.code().flags &
          (bytecode::kGenerator | bytecode::kCoroutine | bytecode::kAsyncGenerator)) != 0;
}
// Of a call whose parameters are in the frame's registers, which are empty then.
[[nodiscard]] Ref<> make_generator(Function& function, Frame& frame) noexcept;

// A generator or coroutine, or what runs one; null: it is none.
[[nodiscard]] Generator* as_generator(Value value) noexcept;
// Sends a value to any iterator, as `yield from` does; the answer as in Generator::send.
[[nodiscard]] Ref<> send_to(Value iterator, Value sent, Ref<>& returned) noexcept;

// For opcodes (python/bytecode/opcodes.h). Nothing: it raised.
[[nodiscard]] Ref<> iterator_to_delegate_to(Value value, std::uint32_t code_flags) noexcept;
// Where an awaitable comes from; the first three are what the opcode says.
enum class AwaitOrigin : std::uint8_t { kExpression, kEnter, kExit, kNext };
[[nodiscard]] Ref<> iterator_of_awaitable(Value awaitable, AwaitOrigin origin) noexcept;
[[nodiscard]] Ref<> async_iterator_of(Value iterable) noexcept;
[[nodiscard]] Ref<> async_next_of(Value iterator) noexcept;

// coroutine.__await__(): an iterator that runs it.
[[nodiscard]] Ref<> coroutine_await(Value coroutine) noexcept;

[[nodiscard]] Type& generator_type() noexcept;
[[nodiscard]] Type& coroutine_type() noexcept;
// async_generator_type.cc
[[nodiscard]] Type& async_generator_type() noexcept;
// All. Once, after make_function_type.
[[nodiscard]] Status make_generator_types() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
