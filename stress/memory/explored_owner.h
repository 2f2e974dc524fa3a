// stress/memory/explored_owner.h: owners and counted objects without a runtime, for scenarios.
//
// An Owner moves its slot and calls the merge queue as runtime/thread.h says.
#pragma once

#include <cstdlib>
#include <new>

#include "memory/counted.h"
#include "memory/heap.h"
#include "memory/merge_queue.h"
#include "stress/explorer/explore.h"
#include "stress/memory/explored_slot.h"

namespace orochi::inline OROCHI_DESIGN {

// Issued and attached, unless it is told which slot to go on with.
class Owner : public ExploredSlot {
 public:
  Owner() noexcept { attach(); }
  explicit Owner(Slot* slot) noexcept : ExploredSlot(slot) {}

  void attach() noexcept {
    move_to_attached();
    look_after_attach(slot());
  }
  void detach() noexcept {
    move(SlotState::kAttached, SlotState::kDetached);
    merge_as_detacher(slot());
  }
  void exit() noexcept {
    heap::leave();
    move(SlotState::kAttached, SlotState::kFree);
    merge_as_detacher(slot());
  }
  void safepoint() noexcept {
    if (take_breaker()) drain_local();
  }
};

// A counted object that knows how often it was destroyed, and by whom it was touched before.
struct ExploredObject {
  std::uint64_t count_words = 0;  // the Refcount, constructed last
  explorer::Shared<int> touched[3];
  explorer::Shared<int> destroyed{0};

  [[nodiscard]] Refcount& rc() noexcept { return count_of(this); }
};

// The destructor: it must come after all that the holders did, and only once.
inline Destruction destroy_explored(void* block) noexcept {
  auto& object = *static_cast<ExploredObject*>(block);
  explorer::expect(object.rc().kind() == BlockKind::kDestroyed, "the count says dead");
  explorer::expect(current().slot->state.load() == SlotState::kAttached,
                   "attached threads destroy");
  for (auto& touched : object.touched) touched.set(-1);
  object.destroyed.set(object.destroyed.get() + 1);
  return Destruction::kDone;
}

// An object of the calling thread's, with one reference. It stays mapped after its destruction. Its
// block is large, so that a look through its slab's bits is short.
inline ExploredObject* make_explored() noexcept {
  void* const block = heap::allocate(1024);
  if (block == nullptr) std::abort();
  auto* const object = new (block) ExploredObject;
  new (block) Refcount(current().id);
  return object;
}

}  // namespace orochi::inline OROCHI_DESIGN
