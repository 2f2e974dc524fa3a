#include "memory/grace_period.h"

#include <gtest/gtest.h>

#include <array>
#include <thread>

namespace orochi::inline OROCHI_DESIGN {
namespace {

using enum SlotState;

class GracePeriodTest : public testing::Test {
 protected:
  void attach() {
    ASSERT_TRUE(slot_.state.move(kDetached, kAttached));
    GracePeriod::observe(slot_);
  }
  void move(SlotState from, SlotState to) { ASSERT_TRUE(slot_.state.move(from, to)); }
  void expect_passed() { EXPECT_TRUE(GracePeriod::has_passed(slot_, goal_)); }
  void expect_awaited() { EXPECT_FALSE(GracePeriod::has_passed(slot_, goal_)); }
  void begin() { goal_ = GracePeriod::begin(); }

  Slot slot_;
  GracePeriod::Goal goal_ = 0;
};

TEST_F(GracePeriodTest, WaitsForAnAttachedSlotAndNoOther) {
  begin();
  expect_passed();  // free
  move(kFree, kHelpedFree);
  expect_passed();
  move(kHelpedFree, kFree);
  move(kFree, kStarting);
  expect_passed();
  move(kStarting, kDetached);
  expect_passed();
  move(kDetached, kHelpedDetached);
  expect_passed();
  move(kHelpedDetached, kDetached);

  attach();
  begin();
  expect_awaited();

  move(kAttached, kSuspended);
  expect_passed();
  move(kSuspended, kDetached);
  expect_passed();
}

TEST_F(GracePeriodTest, EndsForASlotThatObserves) {
  move(kFree, kStarting);
  move(kStarting, kDetached);
  attach();
  begin();
  const GracePeriod::Goal first = goal_;
  begin();
  expect_awaited();
  EXPECT_FALSE(GracePeriod::has_passed(slot_, first));
  GracePeriod::observe(slot_);
  expect_passed();
  EXPECT_TRUE(GracePeriod::has_passed(slot_, first));
  begin();
  expect_awaited();
}

TEST_F(GracePeriodTest, EndsForASlotThatLeavesAndComesBack) {
  move(kFree, kStarting);
  move(kStarting, kDetached);
  attach();
  begin();
  move(kAttached, kDetached);
  attach();
  expect_passed();
}

// W2: between its move to attached and its look at the epoch a slot is not known to be harmless.
TEST_F(GracePeriodTest, WaitsForASlotThatHasNotLookedAtTheEpochYet) {
  move(kFree, kStarting);
  move(kStarting, kDetached);
  begin();
  move(kDetached, kAttached);
  expect_awaited();
  GracePeriod::observe(slot_);
  expect_passed();
}

TEST_F(GracePeriodTest, TellsHowFarASlotIsBehind) {
  move(kFree, kStarting);
  move(kStarting, kDetached);
  attach();
  EXPECT_EQ(GracePeriod::lag_of(slot_), 0U);
  begin();
  begin();
  EXPECT_EQ(GracePeriod::lag_of(slot_), 2U);
  move(kAttached, kDetached);
  EXPECT_EQ(GracePeriod::lag_of(slot_), 0U) << "a slot that is away holds nobody up";
}

// W2 as a race. The reader attaches, looks at one of two cells and leaves; the other thread takes
// the cell out, waits for the grace period, and writes to it plainly, which ThreadSanitizer would
// see too.
TEST_F(GracePeriodTest, NobodyLooksAfterwards) {
  struct Cell {
    int alive = 1;
  };
  std::array<Cell, 2> cells;
  SysAtomic<Cell*> shared{&cells[0]};
  SysAtomic<bool> done{false};
  int dead_ones_seen = 0;
  move(kFree, kStarting);
  move(kStarting, kDetached);
  std::thread reader([&] {
    for (int i = 0; !done.load(kAcquire); ++i) {
      attach();
      for (int looks = i % 3; looks >= 0; --looks)
        dead_ones_seen += shared.load(kAcquire)->alive == 1 ? 0 : 1;
      move(kAttached, kDetached);
    }
  });
  for (std::size_t i = 1; i < 20'000; ++i) {
    Cell& old = *shared.load(kRelaxed);
    shared.store(&cells[i % 2], kRelease);
    const GracePeriod::Goal goal = GracePeriod::begin();
    while (!GracePeriod::has_passed(slot_, goal)) platform::yield();
    old.alive = 0;
    old.alive = 1;  // before it is shared again
  }
  done.store(true, kRelease);
  reader.join();
  EXPECT_EQ(dead_ones_seen, 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
