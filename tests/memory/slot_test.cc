#include "memory/slot.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace orochi::inline OROCHI_DESIGN {
namespace {

using enum SlotState;

TEST(Slot, MovesAreThoseOfTheDrawing) {
  struct Move {
    SlotState from, to;
  };
  const std::vector<Move> drawn = {
      {kFree, kStarting},      {kFree, kHelpedFree},    {kStarting, kDetached},
      {kStarting, kFree},      {kAttached, kDetached},  {kAttached, kFree},
      {kDetached, kAttached},  {kDetached, kSuspended}, {kDetached, kHelpedDetached},
      {kSuspended, kDetached}, {kHelpedFree, kFree},    {kHelpedDetached, kDetached},
  };
  const SlotState all[] = {kFree,      kStarting,   kAttached,      kDetached,
                           kSuspended, kHelpedFree, kHelpedDetached};
  for (const SlotState from : all) {
    for (const SlotState to : all) {
      const bool is_drawn = std::any_of(drawn.begin(), drawn.end(), [&](const Move& move) {
        return move.from == from && move.to == to;
      });
      EXPECT_EQ(is_legal_move(from, to), is_drawn)
          << static_cast<int>(from) << " to " << static_cast<int>(to);
    }
  }
}

TEST(Slot, AMoveFromAnotherStateChangesNothing) {
  SlotWord word;
  EXPECT_FALSE(word.move(kDetached, kAttached));
  EXPECT_EQ(word.load(), kFree);
  EXPECT_TRUE(word.move(kFree, kStarting));
  EXPECT_EQ(word.load(), kStarting);
}

void give_back(Slot& slot) {
  ASSERT_TRUE(slot.state.move(kStarting, kFree));
  SlotTable::recycle(slot);
}

TEST(SlotTable, WhatBecameFreeLastIsIssuedFirst) {
  Slot* const one = SlotTable::issue();
  Slot* const other = SlotTable::issue();
  ASSERT_NE(one, nullptr);
  ASSERT_NE(other, nullptr);
  EXPECT_NE(one->id, other->id);
  EXPECT_EQ(&SlotTable::at(one->id), one);
  EXPECT_EQ(one->state.load(), kStarting);
  give_back(*one);
  give_back(*other);
  EXPECT_EQ(SlotTable::issue(), other);
  EXPECT_EQ(SlotTable::issue(), one);
  give_back(*one);
  give_back(*other);
}

TEST(SlotTable, KnowsAllThatWereMade) {
  Slot* const slot = SlotTable::issue();
  ASSERT_NE(slot, nullptr);
  bool found = false;
  for (Slot& each : SlotTable::all()) found |= &each == slot;
  EXPECT_TRUE(found);
  EXPECT_GE(SlotTable::made(), slot->id);
  give_back(*slot);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
