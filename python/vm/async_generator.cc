#include "python/vm/async_generator.h"

#include "objects/model/operations.h"
#include "objects/model/unraisable.h"

namespace orochi::inline OROCHI_DESIGN {

Status AsyncGenerator::become_known() noexcept {
  // relaxed: the hooks are this thread's own, and nothing else depends on who was first.
  if (is_known_.load(kRelaxed) || is_known_.exchange(true, kRelaxed)) return Status::kDone;
  const Machine* const machine = Machine::mine();
  if (machine == nullptr) return kRaised;
  const AsyncHooks& hooks = machine->async_hooks;
  if (hooks.finalizer) origin_or_finalizer.store(*this, hooks.finalizer.share());
  if (!hooks.first_iteration) return Status::kDone;
  const Ref<> hook = hooks.first_iteration.share();
  const Value self(this);
  return call(hook.value(), {&self, 1}) ? Status::kDone : Status::kFailed;
}

bool AsyncGenerator::tell_finalizer() noexcept {
  const Ref<> hook = origin_or_finalizer.load(*this);
  if (!hook || is_closed()) return false;
  const Value self(this);
  if (!call(hook.value(), {&self, 1})) report_unraisable(self);
  return true;
}

void AsyncGenerator::finalize() noexcept {
  if (tell_finalizer() || state() != State::kSuspended) return;
  static_cast<void>(close());
}

}  // namespace orochi::inline OROCHI_DESIGN
