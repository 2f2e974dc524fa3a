// memory/helped_slot.h: acting for a slot whose thread is not attached (rule 19).
//
// Free and detached slots may keep things that others wait for: queued counts, retired memory.
// A helper holds such a slot for a short, bounded piece of work. It may do all that the slot's own
// thread may do with counts, heap and queues; it runs no destructor and touches no container.
//
// I1  While it is held, nobody is issued the slot, its thread cannot attach, and a stop of the
//     world waits. So work under one hold is bounded; who has more lets go and takes it again.
// I2  After the release the hook is told, which suspends the slot on behalf of a stopper that came
//     meanwhile (rule 21).
// I3  A free slot is not left with slabs in its `frees`: nobody else would come (I2 of
//     memory/slab_heap.h). Letting go of it settles its heap.
//
// Helpers are attached threads: a stopped world must see neither heap nor counts change. Only to
// keep the thread of a detached slot away may anybody hold that slot.
// Tests: tests/memory/helped_slot_test.cc
#pragma once

#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN {

class HelpedSlot {
 public:
  // Takes the slot if nobody has it; ask with operator bool.
  explicit HelpedSlot(Slot& slot) noexcept : slot_(slot), before_(take(slot)) {}
  ~HelpedSlot() {
    if (*this) let_go();
  }
  HelpedSlot(const HelpedSlot&) = delete;
  HelpedSlot& operator=(const HelpedSlot&) = delete;

  explicit operator bool() const noexcept { return before_ != SlotState::kAttached; }

  // Told after every release, by the helper. Set once, before the second thread exists.
  using Released = void (*)(Slot&) noexcept;
  static void on_release(Released hook) noexcept;

 private:
  // The state that the slot was taken from; attached stands for "not taken".
  [[nodiscard]] static SlotState take(Slot& slot) noexcept;
  void let_go() noexcept;

  Slot& slot_;
  const SlotState before_;
};

}  // namespace orochi::inline OROCHI_DESIGN
