// Raising, and what handlers do.

#include "objects/types/exception_raise.h"
#include "objects/types/exception_type.h"
#include "objects/types/traceback.h"
#include "python/vm/catching.h"
#include "python/vm/handlers.h"

namespace orochi::inline OROCHI_DESIGN::handlers {
namespace {

[[nodiscard]] Exception& exception_at(Value value) noexcept {
  return static_cast<Exception&>(*value.object());
}

}  // namespace

Status Raise(const Step& step) noexcept { return raise_any(step.a(), Value()); }
Status RaiseFrom(const Step& step) noexcept { return raise_any(step.a(), step.b()); }

Status RaiseAgain(const Step&) noexcept {
  Exception* const handled = Handling::innermost();
  if (handled == nullptr) return raise(ErrorKind::kRuntime, {"No active exception to reraise"});
  return reraise(Ref<Exception>::of(*handled));
}

// --- What is being handled: the place of the code that runs counts it. ---

Status EnterHandler(const Step& step) noexcept {
  HandlingPlace& place = *ThreadRecord::mine().handling;
  Ref<> before =
      place.caught == nullptr ? Ref<>(Special::kNone) : Ref<>::adopt(Value(place.caught));
  place.caught = &exception_at(Ref<>::of(step.b()).release());
  return step.give(std::move(before));
}

Status LeaveHandler(const Step& step) noexcept {
  HandlingPlace& place = *ThreadRecord::mine().handling;
  const Ref<> handled = Ref<>::adopt(Value(place.caught));
  const Value before = std::exchange(step.window_a()[0], Value());
  place.caught = before.is_none() ? nullptr : &exception_at(before);
  return Status::kDone;
}

// --- Which handler it is. ---

Status MatchException(const Step& step) noexcept {
  return step.give(is_caught_by(exception_at(step.b()), step.c()));
}

Status LoadExceptionInfo(const Step& step) noexcept {
  Ref<> value = step.take_b();
  auto& exception = value.as<Exception>();
  Ref<Traceback> traceback = exception.traceback();
  Value* const window = step.window_a();
  window[0] = Ref<>::of(Value(&type_of(exception))).release();
  window[1] = Ref<>::of(value.value()).release();
  window[2] = traceback ? Ref<>(std::move(traceback)).release() : Value::kNone;
  return Status::kDone;
}

Status EndAsyncFor(const Step& step) noexcept {
  Exception& exception = exception_at(step.a());
  if (type_of(exception).is_subtype_of(exception_type(BuiltinException::kStopAsyncIteration))) {
    drop(std::exchange(step.window_a()[0], Value()));
    return Status::kDone;
  }
  return reraise(Ref<Exception>::of(exception));
}

}  // namespace orochi::inline OROCHI_DESIGN::handlers
