// stress/memory/explored_owner.h: owners and counted objects without a runtime, for scenarios.
//
// An Owner moves its slot and calls the queues as runtime/thread.h says. Whoever acts as it, actor
// or host, is its thread.
#pragma once

#include <cstdlib>
#include <initializer_list>
#include <new>

#include "memory/counted.h"
#include "memory/heap.h"
#include "memory/merge_queue.h"
#include "memory/slot.h"
#include "stress/explorer/explore.h"

namespace orochi::inline OROCHI_DESIGN {

class Owner {
 public:
  // Issued and attached.
  Owner() noexcept : Owner(SlotTable::issue()) {
    move(SlotState::kStarting, SlotState::kDetached);
    attach();
  }
  explicit Owner(Slot* slot) noexcept : slot_(slot) {
    explorer::expect(slot != nullptr, "a slot is to be had");
  }

  [[nodiscard]] Slot& slot() const noexcept { return *slot_; }
  [[nodiscard]] OwnerId id() const noexcept { return slot_->id; }
  [[nodiscard]] bool is_attached() const noexcept {
    return slot_->state.load() == SlotState::kAttached;
  }
  [[nodiscard]] bool was_asked() const noexcept { return slot_->breaker.load(kSeqCst) != 0; }

  // The calling thread is this owner's from now on.
  void enter() const noexcept { current() = Current{slot_, slot_->id, nullptr}; }

  void attach() noexcept {
    while (!slot_->state.move(SlotState::kDetached, SlotState::kAttached)) platform::yield();
    look_after_attach(*slot_);
  }
  void detach() noexcept {
    move(SlotState::kAttached, SlotState::kDetached);
    merge_as_detacher(*slot_);
  }
  void exit() noexcept {
    heap::leave();
    move(SlotState::kAttached, SlotState::kFree);
    merge_as_detacher(*slot_);
    heap::after_leaving(*slot_);
  }
  void safepoint() noexcept {
    // relaxed: as runtime/safepoint.h; acquire: pairs with Slot::ask.
    if (slot_->breaker.load(kRelaxed) == 0) return;
    slot_->breaker.exchange(0, kAcquire);
    drain_local();
  }
  void move(SlotState from, SlotState to) noexcept {
    explorer::expect(slot_->state.move(from, to), "nobody else moves my slot");
  }

 private:
  Slot* slot_;
};

// A counted object that knows how often it was destroyed, and by whom it was touched before.
struct ExploredObject {
  std::uint64_t count_words = 0;  // the Refcount, constructed last
  explorer::Shared<int> touched[3];
  explorer::Shared<int> destroyed{0};

  [[nodiscard]] Refcount& rc() noexcept { return count_of(this); }
};

// The destructor: it must come after all that the holders did, and only once.
inline void destroy_explored(void* block) noexcept {
  auto& object = *static_cast<ExploredObject*>(block);
  explorer::expect(object.rc().kind() == BlockKind::kDestroyed, "the count says dead");
  explorer::expect(current().slot->state.load() == SlotState::kAttached,
                   "attached threads destroy");
  for (auto& touched : object.touched) touched.set(-1);
  object.destroyed.set(object.destroyed.get() + 1);
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

// What every scenario does in the end: owners that were asked come to a safepoint, until nobody is
// asked any more. Nobody looks who was not asked: that would hide a forgotten object.
inline void settle(std::initializer_list<Owner*> owners) noexcept {
  for (bool again = true; again;) {
    again = false;
    for (Owner* const owner : owners) {
      if (!owner->is_attached() || !owner->was_asked()) continue;
      owner->enter();
      owner->safepoint();
      again = true;
    }
  }
  current() = {};
}

}  // namespace orochi::inline OROCHI_DESIGN
