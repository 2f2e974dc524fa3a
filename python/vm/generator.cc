#include "python/vm/generator.h"

#include <cstring>

#include "objects/model/call_out.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/model/recursion.h"
#include "objects/types/attribute.h"
#include "objects/types/exception_type.h"
#include "objects/types/intern.h"
#include "python/vm/async_step.h"
#include "python/vm/coroutine_origin.h"
#include "python/vm/frame_object.h"
#include "python/vm/hooks.h"
#include "python/vm/interpreter.h"
#include "python/vm/resumption.h"

namespace orochi::inline OROCHI_DESIGN {

using bytecode::Opcode;

Generator::Generator(ShapeIndex shape, Function& function, CodeObject& code, GeneratorKind kind,
                     Ref<> own_name, Ref<> long_name) noexcept
    : Object(shape),
      name(std::move(own_name)),
      qualified_name(std::move(long_name)),
      function_(Ref<>::of(Value(&function))),
      code_(code),
      next_(code.code().instructions.data()),
      kind_(kind) {
  std::memset(static_cast<void*>(registers()), 0, code.code().register_count * sizeof(Value));
}

namespace {

[[nodiscard]] GeneratorKind kind_of(const CodeObject& code) noexcept {
  if (code.has(bytecode::kCoroutine)) return GeneratorKind::kCoroutine;
  return code.has(bytecode::kAsyncGenerator) ? GeneratorKind::kAsyncGenerator
                                             : GeneratorKind::kGenerator;
}

[[nodiscard]] std::string_view name_of_kind(GeneratorKind kind) noexcept {
  if (kind == GeneratorKind::kGenerator) return "generator";
  return kind == GeneratorKind::kCoroutine ? "coroutine" : "async generator";
}

template <class T>
[[nodiscard]] Ref<> make(Type& type, Function& function, CodeObject& code,
                         GeneratorKind kind) noexcept {
  return new_object_with_trailing<T>(type, code.code().register_count * sizeof(Value), function,
                                     code, kind, function.name.load(function),
                                     function.qualified_name.load(function));
}

[[nodiscard]] Ref<> make_of_kind(Function& function, CodeObject& code) noexcept {
  const GeneratorKind kind = kind_of(code);
  switch (kind) {
    case GeneratorKind::kGenerator:
      return make<Generator>(generator_type(), function, code, kind);
    case GeneratorKind::kCoroutine:
      return make<Generator>(coroutine_type(), function, code, kind);
    case GeneratorKind::kAsyncGenerator:
      break;
  }
  return make<AsyncGenerator>(async_generator_type(), function, code, kind);
}

// Where the caller stands, if it is to be known.
[[nodiscard]] Status note_origin(Generator& coroutine) noexcept {
  const Machine& machine = Machine::running();
  if (machine.origin_depth == 0) return Status::kDone;
  Ref<> origin = coroutine_origin(machine.frame, machine.origin_depth);
  if (!origin) return kRaised;
  coroutine.origin_or_finalizer.store(coroutine, std::move(origin));
  return Status::kDone;
}

}  // namespace

Ref<> make_generator(Function& function, Frame& frame) noexcept {
  const std::uint32_t count = frame.code->parameter_count();
  Ref<> made = make_of_kind(function, *frame.code);
  if (!made) {
    empty_registers(frame.registers, frame.registers + count);
    return kRaised;
  }
  auto& generator = made.as<Generator>();
  for (std::uint32_t i = 0; i < count; ++i)
    generator.registers()[i] = std::exchange(frame.registers[i], Value());
  const bool is_coroutine = generator.kind() == GeneratorKind::kCoroutine;
  if (is_coroutine && failed(note_origin(generator))) return kRaised;
  return made;
}

// --- Running. ---

bool Generator::claim(State& before) noexcept {
  before = state_.load(kRelaxed);  // relaxed: a guess, which the exchange checks
  // N1. relaxed: the guess is another one.
  while (before != State::kRunning &&
         !state_.compare_exchange_weak(before, State::kRunning, kAcquire, kRelaxed))
    continue;
  if (before != State::kRunning) return true;
  static_cast<void>(raise(ErrorKind::kValue, {name_of_kind(kind_), " already executing"}));
  return false;
}

// A frame whose registers are the generator's. Null: it raised.
Frame* Generator::push(Machine& machine) noexcept {
  Frame* const frame = take_frame_above(machine, function(), 0);
  if (frame == nullptr) return nullptr;
  frame->code = &code_;
  frame->end = frame->registers;
  frame->registers = registers();
  frame->next = next_;
  frame->duties |= kInGenerator | kLeaveMachine;
  return frame;
}

// The instruction at which it stands gets its value.
void Generator::receive(Frame& frame, Ref<> value, How how) noexcept {
  const bytecode::Instruction instruction = *next_;
  const bool is_yield = instruction.opcode == Opcode::kYield;
  const Ref<> before = Ref<>::adopt(std::exchange(frame.registers[instruction.a], value.release()));
  if (is_yield || how == How::kComplete) ++frame.next;
  if (how != How::kComplete) return;
  const Ref<> delegate = Ref<>::adopt(std::exchange(frame.registers[instruction.b], Value()));
}

// Nothing can catch what is thrown before the first instruction.
Begin Generator::begin_of(How how, State before) noexcept {
  if (how != How::kThrow) return Begin::kGoingOn;
  return before == State::kNew ? Begin::kRefused : Begin::kRaising;
}

Ref<> Generator::go_on(Ref<> value, How how, State before, Ref<>& returned) noexcept {
  const RecursionGuard guard;
  Machine* const machine = guard ? Machine::mine() : nullptr;
  Frame* const frame = machine == nullptr ? nullptr : push(*machine);
  if (frame == nullptr) {
    release(before);
    return kRaised;
  }
  machine->frame = frame;
  place_.enter();
  if (before == State::kSuspended && how != How::kThrow) receive(*frame, std::move(value), how);
  // What it handles itself is the context of what is thrown, and not what its caller handles.
  if (how == How::kThrow && place_.caught != nullptr)
    static_cast<void>(raise_exception(take_exception()));
  has_yielded_ = false;
  Ref<> result = run(*machine, *frame, begin_of(how, before));
  place_.leave();
  if (has_yielded_) {
    const bool is_awaited = next_->opcode == Opcode::kDelegate;
    if (kind_ == GeneratorKind::kAsyncGenerator && !is_awaited) returned = Special::kNone;
    release(State::kSuspended);
    return result;
  }
  release(State::kDone);
  if (result)
    returned = std::move(result);
  else
    explain_stop();
  return {};
}

// A StopIteration that leaves a generator would end whoever iterates over it.
void Generator::explain_stop() const noexcept {
  if (!CallOut::may_go_on()) return;
  const bool is_async = kind_ == GeneratorKind::kAsyncGenerator;
  const bool is_stop = is_pending(exception_type(ErrorKind::kStopIteration));
  const bool is_async_stop =
      is_async && is_pending(exception_type(BuiltinException::kStopAsyncIteration));
  if (!is_stop && !is_async_stop) return;
  Ref<Exception> stop = take_exception();
  static_cast<void>(raise(ErrorKind::kRuntime, {name_of_kind(kind_), " raised ",
                                                is_stop ? "Stop" : "StopAsync", "Iteration"}));
  Ref<Exception> error = take_exception();
  error->set_cause(stop.share());
  error->set_context(std::move(stop));
  static_cast<void>(reraise(std::move(error)));
}

// A coroutine is run once.
Status Generator::check_reuse() const noexcept {
  if (kind_ != GeneratorKind::kCoroutine) return Status::kDone;
  return raise(ErrorKind::kRuntime, {"cannot reuse already awaited coroutine"});
}

Ref<> Generator::send(Value sent, Ref<>& returned) noexcept {
  State before = State::kNew;
  if (!claim(before)) return kRaised;
  if (before == State::kDone) {
    release(State::kDone);
    if (!failed(check_reuse())) returned = Special::kNone;
    return {};
  }
  if (before == State::kNew && !sent.is_none()) {
    release(before);
    return raise(ErrorKind::kType,
                 {"can't send non-None value to a just-started ", name_of_kind(kind_)});
  }
  return go_on(Ref<>::of(sent), How::kSend, before, returned);
}

// --- Throwing. ---

Value Generator::delegate() const noexcept {
  return next_->opcode == Opcode::kDelegate ? registers()[next_->b] : Value();
}

Ref<> Generator::throw_in(Ref<>& returned) noexcept {
  Error thrown = Error::take();
  State before = State::kNew;
  if (!claim(before)) return kRaised;
  std::move(thrown).restore();
  if (before == State::kDone) {
    release(State::kDone);
    static_cast<void>(check_reuse());
    return kRaised;
  }
  if (before == State::kSuspended && delegate()) return throw_into_delegate(returned);
  return go_on({}, How::kThrow, before, returned);
}

namespace {

// Closes what was delegated to, however it is done there.
[[nodiscard]] Status close_any(Value iterator) noexcept {
  if (Generator* const generator = as_generator(iterator); generator != nullptr)
    return generator->close();
  const Ref<Str> name = intern("close");
  Ref<> close;
  if (!name || failed(find_attribute(iterator, *name, close))) return kRaised;
  if (!close) return Status::kDone;
  return call(close.value(), {}) ? Status::kDone : Status::kFailed;
}

[[nodiscard]] Ref<> take_stop_value() noexcept {
  const Ref<Exception> stop = take_exception();
  Ref<> value =
      stop->family() == ExceptionFamily::kStopIteration ? stop->extra(extra::kStopValue) : Ref<>();
  return value ? std::move(value) : Ref<>(Special::kNone);
}

// A StopIteration that is pending is a return.
[[nodiscard]] Ref<> returned_or_raised(Ref<>& returned) noexcept {
  if (!is_pending(exception_type(ErrorKind::kStopIteration))) return kRaised;
  returned = take_stop_value();
  return {};
}

// Throws what is pending into any iterator. False in `knows`: it cannot be thrown into, and what
// was pending still is.
[[nodiscard]] Ref<> throw_into(Value iterator, Ref<>& returned, bool& knows) noexcept {
  knows = true;
  if (Generator* const generator = as_generator(iterator); generator != nullptr)
    return generator->throw_in(returned);
  const Ref<Exception> thrown = take_exception();
  const Ref<Str> name = intern("throw");
  Ref<> method;
  if (!name || failed(find_attribute(iterator, *name, method))) return kRaised;
  knows = static_cast<bool>(method);
  if (!knows) return reraise(thrown.share());
  const Value argument(thrown.get());
  Ref<> result = call(method.value(), {&argument, 1});
  return result ? std::move(result) : returned_or_raised(returned);
}

}  // namespace

// Claimed and suspended. What is delegated to has to do with it first.
Ref<> Generator::throw_into_delegate(Ref<>& returned) noexcept {
  const Ref<> iterator = Ref<>::of(delegate());
  if (is_pending(exception_type(BuiltinException::kGeneratorExit))) {
    Error exit = Error::take();
    if (!failed(close_any(iterator.value()))) std::move(exit).restore();
    return go_on({}, How::kThrow, State::kSuspended, returned);
  }
  Ref<> result;
  bool knows = false;
  Ref<> yielded = throw_into(iterator.value(), result, knows);
  if (yielded) {
    release(State::kSuspended);
    return yielded;
  }
  if (result) return go_on(std::move(result), How::kComplete, State::kSuspended, returned);
  return go_on({}, How::kThrow, State::kSuspended, returned);
}

Status Generator::close() noexcept {
  const State state_now = state();
  if (state_now == State::kDone) return Status::kDone;
  static_cast<void>(raise_bare(exception_type(BuiltinException::kGeneratorExit)));
  Ref<> returned;
  const Ref<> yielded = throw_in(returned);
  if (yielded) return raise(ErrorKind::kRuntime, {name_of_kind(kind_), " ignored GeneratorExit"});
  if (returned) return Status::kDone;
  if (!is_pending(exception_type(BuiltinException::kGeneratorExit)) &&
      !is_pending(exception_type(ErrorKind::kStopIteration)))
    return kRaised;
  clear_error();
  return Status::kDone;
}

void Generator::finalize() noexcept {
  if (state() == State::kNew) return report_unawaited(Value(this));
  static_cast<void>(close());
}

void Generator::clear() noexcept {
  State before = State::kNew;
  if (!claim(before)) return clear_error();
  release(State::kDone);
  empty_registers(registers(), registers() + code().code().register_count);
  drop(Value(std::exchange(place_.caught, nullptr)));
  origin_or_finalizer.store(*this, Ref<>());
}

// --- For programs that look. ---

Ref<> Generator::current_delegate() noexcept {
  State before = State::kNew;
  if (!claim(before)) {
    clear_error();
    return Special::kNone;
  }
  const bool is_delegating = before == State::kSuspended && delegate();
  Ref<> found = is_delegating ? Ref<>::of(delegate()) : Ref<>(Special::kNone);
  release(before);
  return found;
}

namespace {

// Of this thread's frames, the one that runs with these registers; null: none does.
[[nodiscard]] Frame* frame_with(const Value* registers) noexcept {
  const Machine* const machine = Machine::mine();
  Frame* frame = machine == nullptr ? nullptr : machine->frame;
  while (frame != nullptr && frame->registers != registers) frame = frame->caller;
  return frame;
}

}  // namespace

Ref<> Generator::frame() noexcept {
  if (Frame* const running = frame_with(registers()); running != nullptr)
    return frame_object_of(*running);
  State before = State::kNew;
  if (!claim(before)) {
    clear_error();
    return Special::kNone;
  }
  Ref<> made = Special::kNone;
  if (before != State::kDone)
    made = frame_object_of_suspended(function(), code_, *next_, registers());
  release(before);
  return made;
}

// --- Any iterator. ---

Ref<> send_to(Value iterator, Value sent, Ref<>& returned) noexcept {
  if (Generator* const generator = as_generator(iterator); generator != nullptr)
    return generator->send(sent, returned);
  if (AsyncStep* const step = as_async_step(iterator); step != nullptr)
    return step->send(sent, returned);
  // The slot of a class has no room for what its StopIteration says.
  const bool says_more = !sent.is_none() || type_of(iterator).is_class();
  Ref<> result;
  if (!says_more) {
    if (failed(next_as_it_says(iterator, result))) return returned_or_raised(returned);
    if (!result) returned = Special::kNone;
    return result;
  }
  const Ref<Str> name = intern(sent.is_none() ? "__next__" : "send");
  if (!name) return kRaised;
  result = call_method(iterator, *name, {&sent, sent.is_none() ? 0U : 1U});
  return result ? std::move(result) : returned_or_raised(returned);
}

}  // namespace orochi::inline OROCHI_DESIGN
