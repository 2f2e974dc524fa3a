#include "runtime/lifecycle.h"

#include <unistd.h>

#include <array>
#include <cassert>
#include <cerrno>
#include <cstdlib>

#include "memory/epoch.h"
#include "memory/heap.h"
#include "memory/merge_queue.h"
#include "runtime/gil.h"
#include "runtime/parking.h"
#include "runtime/single_thread.h"
#include "runtime/world.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit SysAtomic<std::uint32_t> g_departures{0};  // changes whenever somebody left

// Taken from the first on, each once.
constinit std::array<SysAtomic<Lifecycle::ChildHook>, Lifecycle::kMostHooks> g_child_hooks{};

// Whether a shutdown has to wait for the slot's thread.
bool is_inside(const Slot& slot) noexcept {
  switch (slot.state.load()) {
    case SlotState::kFree:
    case SlotState::kHelpedFree:
      return false;
    case SlotState::kStarting:
    case SlotState::kAttached:
      return true;
    case SlotState::kDetached:
    case SlotState::kSuspended:
    case SlotState::kHelpedDetached:
      // The record was made before the slot was first detached, and stays.
      return static_cast<const Thread*>(slot.record)->will_return();
  }
  return true;
}

std::uint32_t count_others_inside(const Slot& me) noexcept {
  std::uint32_t count = 0;
  for (const Slot& slot : SlotTable::all())
    if (&slot != &me && is_inside(slot)) ++count;
  return count;
}

std::uint32_t wait_for_departures(const Slot& me, platform::Nanos deadline) noexcept {
  for (;;) {
    // acquire: pairs with the release in notify_departure. Who leaves after this load changes the
    // word, so the wait below returns.
    const std::uint32_t seen = g_departures.load(kAcquire);
    const std::uint32_t inside = count_others_inside(me);
    if (inside == 0 || platform::now() >= deadline) return inside;
    platform::futex_wait(g_departures, seen, deadline);
  }
}

}  // namespace

Attach Lifecycle::start() noexcept {
  Notices::withdraw(Notice::kShutdown);
  return Thread::start();
}

std::uint32_t Lifecycle::shut_down(platform::Nanos deadline) noexcept {
  Thread& me = *Thread::current();
  // Posted first: who attaches after the asking below reads it (notice.h, I1).
  Notices::post(Notice::kShutdown);
  for (Slot& slot : SlotTable::all())
    if (&slot != &me.slot()) slot.ask(Breaker::kLeave);
  me.detach_to_wait();
  const std::uint32_t inside = wait_for_departures(me.slot(), deadline);
  me.attach_after_wait();
  return inside;
}

void Lifecycle::notify_departure() noexcept {
  g_departures.fetch_add(1U, kRelease);  // release: pairs with the acquire in wait_for_departures
  platform::futex_wake_all(g_departures);
}

int Lifecycle::fork() noexcept {
  before_fork();
  const pid_t child = ::fork();
  const int error = errno;
  if (child == 0) {
    after_fork_child();
  } else {
    after_fork_parent();
  }
  errno = error;
  return child;
}

void Lifecycle::before_fork() noexcept {
  World::stop(StopKind::kPause);
  SlotTable::before_fork();
  ParkingLot::before_fork();
  heap::before_fork();
}

void Lifecycle::after_fork_parent() noexcept {
  heap::after_fork_parent();
  ParkingLot::after_fork_parent();
  SlotTable::after_fork_parent();
  World::start();
}

void Lifecycle::after_fork_child() noexcept {
  Slot& survivor = Thread::current()->slot();
  ParkingLot::after_fork_child();
  SlotTable::after_fork_child(&survivor);
  SingleThread::after_fork_child(survivor);
  World::after_fork_child();
  Gil::reset_after_fork(survivor);
  heap::after_fork_child();
  reset_merge_queue_after_fork();
  Epoch::reset_after_fork(survivor);
  World::start();
  for (const SysAtomic<ChildHook>& place : g_child_hooks) {
    // relaxed: one thread exists.
    if (const ChildHook hook = place.load(kRelaxed)) hook();
  }
}

void Lifecycle::call_in_children(ChildHook hook) noexcept {
  for (SysAtomic<ChildHook>& place : g_child_hooks) {
    ChildHook before = nullptr;
    // relaxed: a pointer to code, which was there before all threads.
    if (place.compare_exchange(before, hook, kRelaxed, kRelaxed) || before == hook) return;
  }
  assert(false && "more hooks for forked children than Lifecycle::kMostHooks");
  std::abort();
}

}  // namespace orochi::inline OROCHI_DESIGN
