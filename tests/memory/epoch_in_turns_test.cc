// The epoch where threads take turns: nobody else can be looking, so nothing waits.

#include <gtest/gtest.h>

#include <vector>

#include "tests/memory/hand_driven.h"
#include "tests/memory/retired_blocks.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using testing_support::Acting;
using testing_support::AddressSlab;
using testing_support::FreedList;
using testing_support::HandDriven;

TEST(EpochInTurns, FreesAtOnce) {
  using E = EpochOf<GracePeriod, FreedList>;
  FreedList::freed.clear();
  HandDriven<E> me;
  me.attach();
  BufferHead buffer;
  AddressSlab slab(me.slot().id, 64);
  const Acting acting(me.slot());
  E::retire_buffer_of(buffer);
  E::retire_in(slab.slab(), slab.block(3));
  EXPECT_EQ(FreedList::freed, (std::vector<const void*>{&buffer, slab.block(3)}));
  EXPECT_FALSE(me.safepoint());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
