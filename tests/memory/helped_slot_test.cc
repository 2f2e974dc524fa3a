#include "memory/helped_slot.h"

#include <gtest/gtest.h>

#include "tests/memory/attached_slot.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using enum SlotState;

int g_releases = 0;

class HelpedSlotTest : public testing::Test {
 protected:
  HelpedSlotTest() {
    g_releases = 0;
    HelpedSlot::on_release([](Slot&) noexcept { ++g_releases; });
  }
  ~HelpedSlotTest() override { HelpedSlot::on_release(nullptr); }

  const AttachedSlot me_;
  Slot slot_;
};

TEST_F(HelpedSlotTest, HoldsAFreeSlotAndLeavesItFree) {
  {
    const HelpedSlot held(slot_);
    EXPECT_TRUE(held);
    EXPECT_EQ(slot_.state.load(), kHelpedFree);
    EXPECT_FALSE(slot_.state.move(kFree, kStarting)) << "nobody else is issued it";
  }
  EXPECT_EQ(slot_.state.load(), kFree);
  EXPECT_EQ(g_releases, 1);
}

TEST_F(HelpedSlotTest, HoldsADetachedSlotAndLeavesItDetached) {
  ASSERT_TRUE(slot_.state.move(kFree, kStarting));
  ASSERT_TRUE(slot_.state.move(kStarting, kDetached));
  {
    const HelpedSlot held(slot_);
    EXPECT_TRUE(held);
    EXPECT_FALSE(slot_.state.move(kDetached, kAttached)) << "its thread has to wait";
  }
  EXPECT_EQ(slot_.state.load(), kDetached);
  EXPECT_EQ(g_releases, 1);
}

TEST_F(HelpedSlotTest, LeavesASlotAloneThatSomebodyElseHas) {
  const HelpedSlot first(slot_);
  ASSERT_TRUE(first);
  {
    const HelpedSlot second(slot_);
    EXPECT_FALSE(second);
  }
  EXPECT_EQ(slot_.state.load(), kHelpedFree) << "the second did not let go of the first's hold";
  EXPECT_EQ(g_releases, 0);
}

TEST_F(HelpedSlotTest, LeavesStartingAttachedAndSuspendedSlotsAlone) {
  const auto expect_refused = [this](SlotState state) {
    const HelpedSlot held(slot_);
    EXPECT_FALSE(held);
    EXPECT_EQ(slot_.state.load(), state);
  };
  ASSERT_TRUE(slot_.state.move(kFree, kStarting));
  expect_refused(kStarting);
  ASSERT_TRUE(slot_.state.move(kStarting, kDetached));
  ASSERT_TRUE(slot_.state.move(kDetached, kAttached));
  expect_refused(kAttached);
  ASSERT_TRUE(slot_.state.move(kAttached, kSuspended));
  expect_refused(kSuspended);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
