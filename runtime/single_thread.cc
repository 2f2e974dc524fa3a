#include "runtime/single_thread.h"

#include <cassert>

#include "memory/helped_slot.h"
#include "memory/raw_mutex.h"
#include "runtime/notice.h"
#include "runtime/parking.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit RawMutex g_lock;
constinit std::uint32_t g_count OROCHI_GUARDED_BY(g_lock) = 0;  // thread states that may attach
// The one. Null while the mode is off.
constinit Slot* g_one OROCHI_GUARDED_BY(g_lock) = nullptr;

// Newcomers sleep on the mode itself.
const void* sleeping_place() noexcept { return detail::g_single_thread.on.address(); }

void begin_single(Slot& one) noexcept OROCHI_REQUIRES(g_lock) {
  g_one = &one;
  detail::g_single_thread.on.store(true, kRelaxed);  // relaxed: I3
}

// The caller wakes the newcomers when it has let go of the lock.
void end_single() noexcept OROCHI_REQUIRES(g_lock) {
  g_one = nullptr;
  detail::g_single_thread.on.store(false, kRelaxed);  // relaxed: I3
  Notices::withdraw(Notice::kMode);
}

void wake_newcomers() noexcept {
  ParkingLot::unpark_all(sleeping_place(), [](Found) {});
}

// Ends the mode if its thread is away. Null: it has ended. Else who has to end it.
Slot* end_while_away() noexcept {
  const RawLock lock(g_lock);
  if (g_one == nullptr) return nullptr;
  Slot& one = *g_one;
  // I1: while we hold the slot, its thread cannot attach.
  const HelpedSlot held(one);
  if (!held) return &one;
  end_single();
  return nullptr;
}

void wait_for_the_one() noexcept {
  while (Slot* const one = end_while_away()) {
    one->ask(Breaker::kMode);
    // I4. Suspended or helped is over soon, and nobody would wake us: look again.
    const auto still = [one] {
      return SingleThread::is_on() && one->state.load() == SlotState::kAttached;
    };
    const Parked parked = ParkingLot::park(sleeping_place(), still, {.park = Park::kAsItIs});
    if (parked == Parked::kNot) platform::yield();
  }
  wake_newcomers();  // If it was us who ended the mode, others may sleep for it.
}

// Somebody left, and one is still there. It cannot be told from those who come, so all are asked;
// who looks at the count knows.
void ask_survivor(const Slot& leaver) noexcept {
  for (Slot& slot : SlotTable::all()) {
    const SlotState state = slot.state.load();
    if (&slot != &leaver && state != SlotState::kFree && state != SlotState::kHelpedFree)
      slot.ask(Breaker::kMode);
  }
}

}  // namespace

void SingleThread::before_first_attach(Slot& slot) noexcept {
  if constexpr (!kPolicy.parallel) return;
  {
    const RawLock lock(g_lock);
    if (++g_count == 1) slot.ask(Breaker::kMode);
    if (!is_on()) return;
    Notices::post(Notice::kMode);
  }
  wait_for_the_one();
}

void SingleThread::before_exit(Slot& slot) noexcept {
  if constexpr (!kPolicy.parallel) return;
  std::uint32_t others = 0;
  {
    const RawLock lock(g_lock);
    others = --g_count;
    if (g_one == &slot) end_single();
  }
  if (others != 0) wake_newcomers();
  if (others == 1) ask_survivor(slot);
}

void SingleThread::after_detach() noexcept {
  if constexpr (kPolicy.parallel) wake_newcomers();
}

void SingleThread::at_safepoint(Slot& slot) noexcept {
  if constexpr (!kPolicy.parallel) return;
  {
    const RawLock lock(g_lock);
    if (!is_on() && g_count == 1) return begin_single(slot);
    if (!is_on() || g_count == 1) return;
    assert(g_one == &slot && "rule 36: the mode is ended by its own thread");
    end_single();
  }
  wake_newcomers();
}

void SingleThread::after_fork_child(Slot& survivor) noexcept {
  if constexpr (!kPolicy.parallel) return;
  g_lock.reset_after_fork();
  const RawLock lock(g_lock);
  Notices::withdraw(Notice::kMode);
  g_count = 1;
  if (is_on()) {
    g_one = &survivor;
  } else {
    survivor.ask(Breaker::kMode);
  }
}

}  // namespace orochi::inline OROCHI_DESIGN
