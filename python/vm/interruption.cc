#include "python/vm/interruption.h"

#include "runtime/lifecycle.h"
#include "runtime/safepoint.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// The machine's own reason to leave the fast path.
constexpr Breaker kInterruption = Breaker::kUpper;

// Written by the main thread: once, and in a forked child.
constinit SysAtomic<Thread*> g_main{nullptr};
constinit SysAtomic<InterruptionWork> g_work{nullptr};

void ask_main_thread() noexcept {
  Thread* const main = g_main.load(kAcquire);  // pairs with the release in become_main
  if (main != nullptr) main->slot().ask(kInterruption);
}

// I2
void at_safepoint() noexcept {
  if (detail::g_is_interrupted.load(kRelaxed)) ask_main_thread();
}

void become_main() noexcept {
  g_main.store(Thread::current(), kRelease);  // whoever sees it sees the slot
}

}  // namespace

constinit SysAtomic<bool> detail::g_is_interrupted{false};

void start_interruptions(InterruptionWork work) noexcept {
  g_work.store(work, kRelease);  // pairs with the acquire in do_interruptions
  become_main();
  set_safepoint_hook(kInterruption, at_safepoint);
  Lifecycle::call_in_children(become_main);
}

bool is_main_thread() noexcept {
  const Thread* const main = g_main.load(kAcquire);  // as above
  return main == nullptr || main == Thread::current();
}

void interrupt() noexcept {
  detail::g_is_interrupted.store(true, kRelease);  // I1: what was noted before is seen
  ask_main_thread();
}

Status detail::do_interruptions() noexcept {
  const InterruptionWork work = g_work.load(kAcquire);
  if (work == nullptr || !is_main_thread()) return Status::kDone;
  // I1. Acquire: pairs with the release in interrupt.
  if (!g_is_interrupted.exchange(false, kAcqRel)) return Status::kDone;
  return work();
}

}  // namespace orochi::inline OROCHI_DESIGN
