// tests/memory/counting_world.h: owners and counted objects without a runtime, for the tests of the
// merge queue.
//
// An Owner moves its slot and calls the queue as runtime/thread.h says. It is driven by whichever
// OS thread acts as it, so a test in one thread can walk through any order of steps.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <new>

#include "memory/counted.h"
#include "memory/door/platform.h"
#include "memory/heap.h"
#include "memory/merge_queue.h"

namespace orochi::inline OROCHI_DESIGN {

class Owner {
 public:
  Owner() : slot_(SlotTable::issue()) {}
  // Bound to no thread yet: what is issued, and not started.
  [[nodiscard]] Slot& slot() const { return *slot_; }
  [[nodiscard]] OwnerId id() const { return slot_->id; }

  void start() {
    move(SlotState::kStarting, SlotState::kDetached);
    attach();
  }
  void attach() {
    while (!slot_->state.move(SlotState::kDetached, SlotState::kAttached)) platform::yield();
    look_after_attach(*slot_);
  }
  void detach() {
    move(SlotState::kAttached, SlotState::kDetached);
    merge_as_detacher(*slot_);
  }
  void exit() {
    heap::leave();
    move(SlotState::kAttached, SlotState::kFree);
    merge_as_detacher(*slot_);
    SlotTable::recycle(*slot_);
    is_here_ = false;
  }
  // Not gone yet. (Its slot may be somebody else's afterwards.)
  [[nodiscard]] bool is_here() const { return is_here_; }
  // As if the world were stopped and started again.
  void suspend() { move(SlotState::kAttached, SlotState::kSuspended); }
  void resume() {
    move(SlotState::kSuspended, SlotState::kDetached);
    merge_as_starter();
  }
  // True: somebody had asked for it.
  bool safepoint() {
    if (slot_->breaker.load(kRelaxed) == 0) return false;
    slot_->breaker.exchange(0, kAcquire);
    drain_local();
    return true;
  }

  void move(SlotState from, SlotState to) {
    EXPECT_TRUE(slot_->state.move(from, to))
        << static_cast<int>(from) << " -> " << static_cast<int>(to) << " from "
        << static_cast<int>(slot_->state.load());
  }

 private:
  Slot* slot_;
  bool is_here_ = true;
};

// While one exists, the calling OS thread is `owner`.
class Acting {
 public:
  explicit Acting(const Owner& owner) : before_(current()) {
    current() = Current{&owner.slot(), owner.id(), nullptr};
  }
  ~Acting() { current() = before_; }
  Acting(const Acting&) = delete;
  Acting& operator=(const Acting&) = delete;

 private:
  Current before_;
};

// A counted object. Its destruction is counted, runs `at_death` and frees the block.
struct Object {
  static constexpr std::uint64_t kAlive = 0xA11FE;
  static constexpr std::uint64_t kDestroyed = 0xDEAD;

  std::uint64_t count_words;  // the Refcount, which is constructed last: then the block is live
  std::uint64_t life = kAlive;
  void (*at_death)(Object&) = nullptr;
  Object* child = nullptr;

  [[nodiscard]] Refcount& rc() { return count_of(this); }
};

inline SysAtomic<std::uint64_t> g_made{0};
inline SysAtomic<std::uint64_t> g_destroyed{0};

inline Destruction destroy_object(void* block) noexcept {
  auto& object = *static_cast<Object*>(block);
  EXPECT_EQ(object.life, Object::kAlive) << "destroyed twice";
  EXPECT_EQ(object.rc().kind(), BlockKind::kDestroyed);
  EXPECT_EQ(current().slot->state.load(), SlotState::kAttached) << "destructors never run detached";
  if (object.at_death != nullptr) object.at_death(object);
  if (object.child != nullptr) drop(object.child);
  object.life = Object::kDestroyed;
  g_destroyed.fetch_add(1U, kAcqRel);
  heap::free(block);
  return Destruction::kDone;
}

// An object of the owner that the calling thread is. Null without memory.
inline Object* make_object() {
  void* const block = heap::allocate(sizeof(Object));
  if (block == nullptr) return nullptr;
  auto* const object = new (block) Object;
  new (block) Refcount(current().id);
  g_made.fetch_add(1U, kRelaxed);
  return object;
}

}  // namespace orochi::inline OROCHI_DESIGN
