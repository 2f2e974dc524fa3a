// tests/memory/attached_slot.h: makes the calling thread one that may touch objects, for tests of
// the lowest floor, which have no runtime/thread.h.
//
//     const AttachedSlot me;
//     void* block = heap::allocate(48);
#pragma once

#include <cstdlib>

#include "memory/door/platform.h"
#include "memory/heap.h"
#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {

class AttachedSlot {
 public:
  AttachedSlot() noexcept : slot_(*issue()) {
    using enum SlotState;
    move(kStarting, kDetached);
    move(kDetached, kAttached);
    current() = {.slot = &slot_, .id = slot_.id};
  }
  ~AttachedSlot() {
    heap::leave();
    move(SlotState::kAttached, SlotState::kFree);
    heap::after_leaving(slot_);
    SlotTable::recycle(slot_);
    current() = {};
  }
  AttachedSlot(const AttachedSlot&) = delete;
  AttachedSlot& operator=(const AttachedSlot&) = delete;

  [[nodiscard]] Slot& slot() const noexcept { return slot_; }
  [[nodiscard]] OwnerId id() const noexcept { return slot_.id; }

 private:
  static Slot* issue() noexcept {
    Slot* const slot = SlotTable::issue();
    if (slot == nullptr) std::abort();
    return slot;
  }
  // Tries again while a helper has the slot.
  void move(SlotState from, SlotState to) noexcept {
    while (!slot_.state.move(from, to)) platform::yield();
  }

  Slot& slot_;
};

}  // namespace orochi::inline OROCHI_DESIGN
