#include "runtime/thread.h"

#include <cassert>
#include <new>

#include "memory/door/platform.h"
#include "memory/epoch.h"
#include "memory/heap.h"
#include "memory/merge_queue.h"
#include "runtime/critical_section.h"
#include "runtime/gil.h"
#include "runtime/hostile.h"
#include "runtime/lifecycle.h"
#include "runtime/single_thread.h"

namespace orochi::inline OROCHI_DESIGN {

// The slot's record, made at the first use of the slot. Null without memory.
Thread* Thread::record_of(Slot& slot) noexcept {
  if (slot.record == nullptr) {
    auto* const made = new (std::nothrow) Thread;
    if (made == nullptr) return nullptr;
    made->slot_ = &slot;
    slot.record = made;
  }
  return static_cast<Thread*>(slot.record);
}

Attach Thread::start() noexcept {
  assert(current() == nullptr);
  if (Notices::read().has(Notice::kShutdown)) return Attach::kRefused;
  Slot* const slot = SlotTable::issue();
  if (slot == nullptr) return Attach::kNoSlot;
  Thread* const me = record_of(*slot);
  if (me == nullptr) {
    static_cast<void>(slot->state.move(SlotState::kStarting, SlotState::kFree));
    World::settle(*slot);
    recycle(*slot);
    return Attach::kNoSlot;
  }
  me->begin();
  SingleThread::before_first_attach(*slot);
  const Attach result = me->attach_refusably(GilWhy::kFirst);
  if (result != Attach::kDone) exit();
  return result;
}

void Thread::begin() noexcept {
  // After a fork the record may be that of a thread which vanished in the middle of something.
  innermost = nullptr;
  no_suspend = 0;
  raw_locks_held = 0;
  hold = {};
  upper = {};
  will_return_.store(false, kRelaxed);  // relaxed: published by the move below
  // What a shutdown, or a floor above, asked of the slot's last thread is not asked of this one.
  // seq_cst: before our look at the notices, so a shutdown that we miss there asks after this.
  slot_->breaker.fetch_and(static_cast<std::uint32_t>(Breaker::kLeave) - 1, kSeqCst);
  orochi::current() = {slot_, slot_->id, this};
  Hostile::arm(*slot_);
  Gil::begin_thread(*slot_);
  static_cast<void>(slot_->state.move(SlotState::kStarting, SlotState::kDetached));
}

void Thread::exit() noexcept {
  Thread& me = *current();
  if (me.is_attached()) {
    drain_local();
  } else {
    me.attach_after_wait();  // It was refused: it may hand over, but runs nobody's code.
  }
  assert(me.innermost == nullptr && me.raw_locks_held == 0 && me.hold.depth == 0);
  Slot& slot = *me.slot_;
  Epoch::flush(slot);
  heap::leave();
  const bool held_gil = Gil::is_on();
  SingleThread::before_exit(slot);
  orochi::current() = Current{};
  // From attached nobody else moves the slot. seq_cst in the move: all we did to counts comes
  // before the next holder's first look (H2).
  static_cast<void>(slot.state.move(SlotState::kAttached, SlotState::kFree));
  World::settle(slot);
  heap::after_leaving(slot);
  Epoch::leave(slot);
  merge_as_detacher(slot);
  if (held_gil) Gil::give_back(slot);
  recycle(slot);
}

// The slot is free, and its last holder is done with it.
void Thread::recycle(Slot& slot) noexcept {
  SlotTable::recycle(slot);
  if (Notices::read().has(Notice::kShutdown)) Lifecycle::notify_departure();
}

// Leaving and coming back are short where nothing goes on: each looks once at all that could, and
// does no more. What there may be is done out of line, by a call in the last place, so that the
// short way needs no frame: its stores would have to be through before the next exchange.

// Steps 2 to 4 of detach.
[[gnu::always_inline]] inline void Thread::step_out() noexcept {
  Slot& slot = *slot_;
  // Critical sections are empty then, and others come in at every detach.
  if constexpr (!kPolicy.parallel) ++suspensions;
  // From attached nobody else moves the slot, so this cannot fail.
  static_cast<void>(slot.state.move(SlotState::kAttached, SlotState::kDetached));
  if (!Notices::read().none() || Epoch::is_awaited(slot) || is_anything_queued(slot)) [[unlikely]]
    heed_outside();
}

[[gnu::noinline]] void Thread::heed_outside() noexcept {
  const Notices notices = Notices::read();
  if (!notices.none()) World::settle(*slot_);
  if (notices.has(Notice::kShutdown)) Lifecycle::notify_departure();
  if (notices.has(Notice::kMode)) SingleThread::after_detach();
  if (notices.has(Notice::kHostile)) Hostile::yield();
  Epoch::leave(*slot_);
  merge_as_detacher(*slot_);
}

// Says, before the move to detached, whether a shutdown has to wait for the return. It stays said
// until the thread leaves again, so that nobody who was promised a return finds the promise gone
// while the thread is attached.
void Thread::announce(Return kind) noexcept {
  will_return_.store(kind == Return::kCertain, kRelease);  // pairs with the acquire in will_return
}

[[gnu::always_inline]] inline void Thread::leave(Return kind) noexcept {
  assert(is_attached() && "a thread that is detached, or was refused, has nothing to leave");
  assert(no_suspend == 0 && "rule 2: nothing here may suspend the critical section");
  assert(raw_locks_held == 0 && "trap 6: a lock that does not detach is held across a detach");
  if (innermost != nullptr || hold.taken || Gil::is_on()) [[unlikely]]
    return leave_holding(kind);
  announce(kind);
  step_out();
}

[[gnu::noinline]] void Thread::leave_holding(Return kind) noexcept {
  let_go();
  const bool held_gil = Gil::is_on();
  announce(kind);
  step_out();
  if (held_gil) Gil::give_back(*slot_);
}

void Thread::detach() noexcept { leave(Return::kRefusable); }

void Thread::detach_to_wait() noexcept { leave(Return::kCertain); }

// Steps 2 and 3 of attach. False: the slot cannot be taken right now.
bool Thread::step_in() noexcept {
  if (!slot_->state.move(SlotState::kDetached, SlotState::kAttached)) return false;
  Epoch::enter(*slot_);
  look_after_attach(*slot_);
  return true;
}

// Step 4: what is demanded of a thread that just attached.
Thread::Verdict Thread::judge(Return kind, bool holds_gil) noexcept {
  const Notices notices = Notices::read();
  if (notices.has(Notice::kStop)) return Verdict::kStartOver;
  if (notices.has(Notice::kShutdown) && kind == Return::kRefusable) return Verdict::kRefuse;
  // After the notices were read: I3 of runtime/gil.h.
  return Gil::is_on() == holds_gil ? Verdict::kStay : Verdict::kStartOver;
}

// Steps 2 to 4.
[[gnu::always_inline]] inline Attach Thread::enter(Return kind, bool holds_gil) noexcept {
  Slot& slot = *slot_;
  if (!slot.state.move(SlotState::kDetached, SlotState::kAttached)) [[unlikely]]
    return enter_slow(kind, holds_gil);
  Epoch::observe(slot);
  if (Epoch::is_anyone_away() || is_anything_queued(slot) || !Notices::read().none() ||
      Gil::is_on() != holds_gil || innermost != nullptr || hold.depth != 0) [[unlikely]]
    return enter_with_care(kind, holds_gil);
  return Attach::kDone;
}

// It has moved to attached, and something goes on.
[[gnu::noinline]] Attach Thread::enter_with_care(Return kind, bool holds_gil) noexcept {
  Epoch::look_around(*slot_);
  look_after_attach(*slot_);
  return enter_slow(kind, holds_gil);
}

// The slot is attached and may have to go away again, or it could not be taken.
[[gnu::noinline]] Attach Thread::enter_slow(Return kind, bool holds_gil) noexcept {
  Verdict verdict = Verdict::kStartOver;
  for (;;) {
    if (is_attached() || step_in()) {
      verdict = judge(kind, holds_gil);
      if (verdict != Verdict::kStartOver) World::admit(*slot_);
      if (verdict == Verdict::kStay) {
        take_again();
        return Attach::kDone;
      }
      step_out();
    }
    if (holds_gil) Gil::give_back(*slot_);
    if (verdict == Verdict::kRefuse) return Attach::kRefused;
    wait_for_slot();
    holds_gil = Gil::take(*slot_, GilWhy::kReturning);
  }
}

void Thread::wait_for_slot() noexcept {
  // A hint: whatever it was, the next step_in looks again.
  switch (slot_->state.guess()) {
    case SlotState::kSuspended:
      World::wait_while_suspended(*slot_);
      return;
    case SlotState::kHelpedDetached:
      platform::yield();  // The helper merges counts and runs nobody's code: it is soon done.
      return;
    default:
      return;
  }
}

Attach Thread::attach() noexcept { return attach_refusably(GilWhy::kReturning); }

[[gnu::always_inline]] inline Attach Thread::attach_refusably(GilWhy why) noexcept {
  if (Gil::is_on()) [[unlikely]]
    return attach_with_gil(Return::kRefusable, why);
  return enter(Return::kRefusable, false);
}

[[gnu::noinline]] Attach Thread::attach_with_gil(Return kind, GilWhy why) noexcept {
  return enter(kind, Gil::take(*slot_, why));
}

void Thread::attach_after_wait() noexcept {
  static_cast<void>(Gil::is_on() ? attach_with_gil(Return::kCertain, GilWhy::kReturning)
                                 : enter(Return::kCertain, false));
}

void Thread::stand_for_stop() noexcept {
  if (hold.taken || !Notices::read().has(Notice::kStop)) return;
  detach_to_wait();
  attach_after_wait();
}

// Detaches and attaches, with a handoff in place of giving back and taking.
void Thread::share_gil() noexcept {
  if (hold.taken) return Gil::put_off();  // Whoever wants it is suspended.
  if (!Gil::must_yield()) return;
  let_go();
  announce(Return::kCertain);
  step_out();
  static_cast<void>(enter(Return::kCertain, Gil::yield(*slot_)));
}

void Thread::let_go() noexcept {
  ParallelCriticalSection::suspend_all(*this);
  if (hold.taken) World::hand_back(hold);
}

void Thread::take_again() noexcept {
  if (hold.depth != 0 && !hold.taken) World::retake(hold);
  ParallelCriticalSection::resume_innermost(*this);
}

}  // namespace orochi::inline OROCHI_DESIGN
