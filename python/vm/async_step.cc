#include "python/vm/async_step.h"

#include "objects/types/digits.h"
#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "python/vm/resumption.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

[[nodiscard]] Type& stop_type() noexcept {
  return exception_type(BuiltinException::kStopAsyncIteration);
}
[[nodiscard]] Type& exit_type() noexcept {
  return exception_type(BuiltinException::kGeneratorExit);
}

// What is pending is how an async generator comes to its end.
[[nodiscard]] bool is_end_pending() noexcept {
  return is_pending(stop_type()) || is_pending(exit_type());
}

[[nodiscard]] std::string_view name_of(AsyncStep::Kind kind) noexcept {
  if (kind == AsyncStep::Kind::kSend) return "anext";
  return kind == AsyncStep::Kind::kThrow ? "athrow" : "aclose";
}

Raised raise_used(AsyncStep::Kind kind) noexcept {
  return raise(ErrorKind::kRuntime,
               {"cannot reuse already awaited ",
                kind == AsyncStep::Kind::kSend ? "__anext__()/asend()" : "aclose()/athrow()"});
}

}  // namespace

// --- Who runs it. ---

Status AsyncStep::claim(State& before) noexcept {
  before = state_.load(kRelaxed);  // relaxed: a guess, which the exchange checks
  while (before == State::kNew || before == State::kSuspended) {
    // A3. relaxed: the guess is another one.
    if (!state_.compare_exchange_weak(before, State::kRunning, kAcquire, kRelaxed)) continue;
    return before == State::kNew ? claim_generator() : Status::kDone;
  }
  if (before == State::kOver) return raise_used(kind_);
  return raise(ErrorKind::kValue, {"async generator already executing"});
}

Status AsyncStep::claim_generator() noexcept {
  if (generator().try_begin_step()) return Status::kDone;
  stop(kind_ == Kind::kSend ? State::kNew : State::kOver);
  return raise(ErrorKind::kRuntime,
               {name_of(kind_), "(): asynchronous generator is already running"});
}

// Somebody may have closed it meanwhile, and that stays.
void AsyncStep::stop(State state) noexcept {
  State running = State::kRunning;
  // release: the next one to claim it sees what was done. relaxed: it is over.
  static_cast<void>(state_.compare_exchange(running, state, kRelease, kRelaxed));
}

// --- Running. ---

Ref<> AsyncStep::send(Value sent, Ref<>& returned) noexcept {
  State before = State::kNew;
  if (failed(claim(before))) return kRaised;
  if (before == State::kNew && kind_ != Kind::kSend) return begin_throwing(sent, returned);
  const bool is_own = before == State::kNew && sent.is_none();
  Ref<> yielded = generator().send(is_own ? operand_.get() : sent, returned);
  return settle(std::move(yielded), returned);
}

Ref<> AsyncStep::begin_throwing(Value sent, Ref<>& returned) noexcept {
  if (generator().state() == Generator::State::kDone) {
    finish();
    returned = Special::kNone;
    return {};
  }
  if (generator().is_closed()) {
    finish();
    return raise_bare(stop_type());
  }
  if (!sent.is_none()) {
    stop(State::kNew);
    generator().end_step();
    return raise(ErrorKind::kRuntime, {"can't send non-None value to a just-started coroutine"});
  }
  if (failed(prepare())) {
    finish();
    return kRaised;
  }
  Ref<> yielded = generator().throw_in(returned);
  return settle(std::move(yielded), returned);
}

// What is to be thrown is pending afterwards. Failed: something else is.
Status AsyncStep::prepare() noexcept {
  if (kind_ == Kind::kClose) {
    generator().mark_closed();
    static_cast<void>(raise_bare(exit_type()));
    return Status::kDone;
  }
  const auto& given = static_cast<const Tuple&>(*operand_.get().object());
  if (given.size() == 0)
    return raise(ErrorKind::kType, {"athrow expected at least 1 argument, got 0"});
  if (given.size() > 3)
    return raise(ErrorKind::kType,
                 {"athrow expected at most 3 arguments, got ", Digits(given.size()).text()});
  const auto at = [&given](std::size_t i) noexcept {
    return i < given.size() ? given[i] : Value();
  };
  return prepare_throw(at(0), at(1), at(2)) ? Status::kDone : Status::kFailed;
}

Ref<> AsyncStep::throw_in(Ref<>& returned) noexcept {
  Error thrown = Error::take();
  State before = State::kNew;
  if (failed(claim(before))) return kRaised;
  std::move(thrown).restore();
  Ref<> yielded = generator().throw_in(returned);
  return settle(std::move(yielded), returned);
}

// --- Answers. ---

Ref<> AsyncStep::settle(Ref<> yielded, Ref<>& returned) noexcept {
  const bool awaits = yielded && !returned;
  if (awaits) {
    stop(State::kSuspended);
    return yielded;
  }
  yielded = kind_ == Kind::kClose ? settle_close(std::move(yielded), returned)
                                  : settle_end(std::move(yielded), returned);
  finish();
  return yielded;
}

Ref<> AsyncStep::settle_end(Ref<> yielded, Ref<>& returned) noexcept {
  if (yielded) {
    returned = std::move(yielded);
    return {};
  }
  if (returned) {
    returned = Ref<>();
    static_cast<void>(raise_bare(stop_type()));
  }
  if (is_end_pending()) generator().mark_closed();
  return {};
}

Ref<> AsyncStep::settle_close(Ref<> yielded, Ref<>& returned) noexcept {
  if (yielded) {
    returned = Ref<>();
    return raise(ErrorKind::kRuntime, {"async generator ignored GeneratorExit"});
  }
  if (!returned && !is_end_pending()) return kRaised;
  if (!returned) clear_error();
  returned = Special::kNone;
  return {};
}

}  // namespace orochi::inline OROCHI_DESIGN
