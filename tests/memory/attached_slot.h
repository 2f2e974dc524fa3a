// tests/memory/attached_slot.h: makes the calling OS thread one that may touch objects, for tests
// and benchmarks of the lowest floor, which have no runtime/thread.h.
//
//     AttachedSlot me;
//     void* block = heap::allocate(48);
//
// Takes the steps of runtime/thread.h that heap and epoch need, in its order.
#pragma once

#include <cstdlib>
#include <utility>

#include "memory/door/platform.h"
#include "memory/epoch.h"
#include "memory/heap.h"
#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {
namespace testing_support {

template <class E = Epoch>
class EpochThread {
 public:
  EpochThread() : slot_(*issue()) {
    move(SlotState::kStarting, SlotState::kDetached);
    current() = Current{&slot_, slot_.id, nullptr};
    attach();
  }
  // Requires: attached.
  ~EpochThread() {
    E::flush(slot_);
    heap::leave();
    current() = {};
    move(SlotState::kAttached, SlotState::kFree);
    heap::after_leaving(slot_);
    E::leave(slot_);
    SlotTable::recycle(slot_);
  }
  EpochThread(const EpochThread&) = delete;
  EpochThread& operator=(const EpochThread&) = delete;

  [[nodiscard]] Slot& slot() const { return slot_; }
  [[nodiscard]] OwnerId id() const { return slot_.id; }

  void attach() {
    move(SlotState::kDetached, SlotState::kAttached);
    E::enter(slot_);
  }
  void detach() {
    move(SlotState::kAttached, SlotState::kDetached);
    E::leave(slot_);
  }
  void safepoint() {
    // relaxed: as in runtime/safepoint.h.
    if (slot_.breaker.load(kRelaxed) != 0) [[unlikely]]
      safepoint_slow();
  }
  // Until nobody asks any more.
  void safepoints() {
    while (slot_.breaker.load(kRelaxed) != 0) safepoint();
  }

 private:
  static Slot* issue() {
    Slot* const slot = SlotTable::issue();
    if (slot == nullptr) std::abort();
    return slot;
  }
  [[gnu::noinline]] void safepoint_slow() {
    // acquire: pairs with Slot::ask.
    slot_.breaker.exchange(0, kAcquire);
    E::report(slot_);
  }
  // Tries again while a helper has the slot.
  void move(SlotState from, SlotState to) {
    while (!slot_.state.move(from, to)) platform::yield();
  }

  Slot& slot_;
};

}  // namespace testing_support

using AttachedSlot = testing_support::EpochThread<>;

}  // namespace orochi::inline OROCHI_DESIGN
