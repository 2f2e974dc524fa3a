// stress/memory/explored_slot.h: threads of a scenario, without a runtime.
//
// Each moves its slot and calls its mechanism in the order of runtime/thread.cc. Whoever acts as
// one, actor or host, enters first. A mechanism derives its own from ExploredSlot.
#pragma once

#include <initializer_list>

#include "memory/door/platform.h"
#include "memory/epoch.h"
#include "memory/slot.h"
#include "stress/explorer/explore.h"

namespace orochi::inline OROCHI_DESIGN {

class ExploredSlot {
 public:
  ExploredSlot() noexcept : ExploredSlot(SlotTable::issue()) {
    move(SlotState::kStarting, SlotState::kDetached);
  }
  // One that was issued and started already.
  explicit ExploredSlot(Slot* slot) noexcept : slot_(slot) {
    explorer::expect(slot != nullptr, "a slot is to be had");
  }

  [[nodiscard]] Slot& slot() const noexcept { return *slot_; }
  [[nodiscard]] OwnerId id() const noexcept { return slot_->id; }
  [[nodiscard]] bool is_attached() const noexcept {
    return slot_->state.load() == SlotState::kAttached;
  }
  [[nodiscard]] bool was_asked() const noexcept { return slot_->breaker.load(kSeqCst) != 0; }

  // The calling thread is this one from now on.
  void enter() const noexcept { current() = Current{slot_, slot_->id, nullptr}; }

  void move(SlotState from, SlotState to) noexcept {
    explorer::expect(slot_->state.move(from, to), "nobody else moves my slot");
  }

 protected:
  // A helper may have the slot.
  void move_to_attached() noexcept {
    while (!slot_->state.move(SlotState::kDetached, SlotState::kAttached)) platform::yield();
  }
  // At a safepoint. False: nobody asked.
  [[nodiscard]] bool take_breaker() noexcept {
    // relaxed: as runtime/safepoint.h; acquire: pairs with Slot::ask.
    if (slot_->breaker.load(kRelaxed) == 0) return false;
    slot_->breaker.exchange(0, kAcquire);
    return true;
  }

 private:
  Slot* slot_;
};

// One that reads, retires and reports. Attached from the first.
template <class E>
class ExploredReader : public ExploredSlot {
 public:
  ExploredReader() noexcept { attach(); }
  explicit ExploredReader(Slot* slot) noexcept : ExploredSlot(slot) {}

  void attach() noexcept {
    move_to_attached();
    E::enter(slot());
  }
  void detach() noexcept {
    move(SlotState::kAttached, SlotState::kDetached);
    E::leave(slot());
  }
  void exit() noexcept {
    E::flush(slot());
    move(SlotState::kAttached, SlotState::kFree);
    E::leave(slot());
  }
  void safepoint() noexcept {
    if (take_breaker()) E::report(slot());
  }
};

// What every scenario does in the end: threads that were asked come to a safepoint, until nobody is
// asked any more. Nobody looks who was not asked: that would hide what was forgotten.
template <class Thread>
void settle(std::initializer_list<Thread*> threads) noexcept {
  for (bool again = true; again;) {
    again = false;
    for (Thread* const thread : threads) {
      if (!thread->is_attached() || !thread->was_asked()) continue;
      thread->enter();
      thread->safepoint();
      again = true;
    }
  }
  current() = {};
}

}  // namespace orochi::inline OROCHI_DESIGN
