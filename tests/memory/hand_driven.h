// tests/memory/hand_driven.h: a thread that the test drives by hand, without an OS thread of its
// own.
//
// It moves its slot as runtime/thread.h says, and calls the epoch where runtime/ does.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <utility>

#include "memory/heap.h"
#include "memory/slot.h"

namespace orochi::inline OROCHI_DESIGN::testing_support {

// The calling OS thread acts for `slot` while one exists.
class Acting {
 public:
  explicit Acting(Slot& slot)
      : before_(std::exchange(current(), Current{&slot, slot.id, nullptr})) {}
  ~Acting() { current() = before_; }
  Acting(const Acting&) = delete;
  Acting& operator=(const Acting&) = delete;

 private:
  Current before_;
};

// Leaves its slot free when it goes out of scope.
template <class Epoch>
class HandDriven {
 public:
  HandDriven() : slot_(*SlotTable::issue()) {
    // The breaker stays as the last holder left it.
    move(SlotState::kStarting, SlotState::kDetached);
  }
  ~HandDriven() {
    if (is_gone_) return;
    if (slot_.state.load() == SlotState::kSuspended)
      move(SlotState::kSuspended, SlotState::kDetached);
    if (slot_.state.load() == SlotState::kDetached) attach();
    exit();
  }
  HandDriven(const HandDriven&) = delete;
  HandDriven& operator=(const HandDriven&) = delete;

  Slot& slot() { return slot_; }

  void attach() {
    move(SlotState::kDetached, SlotState::kAttached);
    Epoch::enter(slot_);
  }
  void detach() {
    move(SlotState::kAttached, SlotState::kDetached);
    Epoch::leave(slot_);
  }
  void suspend() {
    move(SlotState::kAttached, SlotState::kSuspended);
    Epoch::leave(slot_);
  }
  // As Thread::exit: attached, what is retired need not wait for more. Who allocated calls
  // heap::leave first.
  void exit() {
    {
      const Acting acting(slot_);
      Epoch::flush(slot_);
    }
    move(SlotState::kAttached, SlotState::kFree);
    heap::after_leaving(slot_);
    Epoch::leave(slot_);
    SlotTable::recycle(slot_);
    is_gone_ = true;
  }

  // False: nobody asked, so the fast path was taken.
  bool safepoint() {
    if (slot_.breaker.load(kRelaxed) == 0) return false;
    slot_.breaker.exchange(0, kAcquire);
    const Acting acting(slot_);
    Epoch::report(slot_);
    return true;
  }
  // At most `limit` safepoints, until nobody asks any more. How many there were.
  int safepoints(int limit = 100) {
    int count = 0;
    while (count < limit && safepoint()) ++count;
    return count;
  }

  void move(SlotState from, SlotState to) { EXPECT_TRUE(slot_.state.move(from, to)); }

 private:
  Slot& slot_;
  bool is_gone_ = false;
};

// Gives back all that is pending. Requires: nobody else is attached. Slots outlive a test, so what
// one leaves there the next would find.
template <class Epoch>
void reclaim_all() {
  HandDriven<Epoch> hand;
  hand.attach();
  const Acting acting(hand.slot());
  for (int i = 0; i < 1000 && Epoch::figures().pending_bytes != 0; ++i) {
    Epoch::flush_all(hand.slot());
    hand.safepoints();
  }
  EXPECT_EQ(Epoch::figures().pending_bytes, 0U);
}

}  // namespace orochi::inline OROCHI_DESIGN::testing_support
