// The epoch, with threads that the test drives by hand and memory that is only counted.

#include "memory/epoch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <vector>

#include "tests/memory/hand_driven.h"
#include "tests/memory/retired_blocks.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using testing_support::Acting;
using testing_support::AddressSlab;
using testing_support::FreedList;
using testing_support::HandDriven;
using testing_support::reclaim_all;
using enum SlotState;

constexpr std::size_t kKiB = 1024;
constexpr std::size_t kMiB = 1024 * kKiB;

// Grace periods that end one epoch early. Whoever relies on this frees what readers look at.
struct OneEpochShort : GracePeriod {
  [[nodiscard]] static bool has_passed(const Slot& slot, Goal goal) noexcept {
    return GracePeriod::has_passed(slot, goal - 1);
  }
};

template <class Grace>
class EpochFixture : public testing::Test {
 protected:
  using E = EpochOf<Grace, FreedList>;
  using Hand = HandDriven<E>;

  EpochFixture() { FreedList::freed.clear(); }
  ~EpochFixture() override {
    threads_.clear();
    reclaim_all<E>();
  }

  // An attached thread. Its slot may have been asked for something before, which is done now.
  Hand& thread() {
    threads_.emplace_back();
    threads_.back().attach();
    threads_.back().safepoints();
    return threads_.back();
  }

  // Buffers that are counted as `bytes` long and live as long as the test.
  BufferHead& retire_buffer(Hand& by, std::size_t bytes) {
    BufferHead& buffer = buffers_.emplace_back();
    buffer.bytes = bytes;
    const Acting acting(by.slot());
    E::retire_buffer_of(buffer);
    return buffer;
  }

  AddressSlab& slab_of_owner(Hand& owner, std::uint32_t block_bytes) {
    return slabs_.emplace_back(owner.slot().id, block_bytes);
  }
  const void* retire(Hand& by, AddressSlab& slab, std::uint32_t index) {
    const Acting acting(by.slot());
    E::retire_in(slab.slab(), slab.block(index));
    return slab.block(index);
  }

  static std::size_t freed() { return FreedList::freed.size(); }

 private:
  std::deque<BufferHead> buffers_;
  std::deque<AddressSlab> slabs_;
  std::deque<Hand> threads_;
};

using EpochTest = EpochFixture<GracePeriod>;
using EpochOneShortTest = EpochFixture<OneEpochShort>;

TEST_F(EpochTest, FreesAtTheNextSafepointWhenNobodyElseIsThere) {
  Hand& me = thread();
  const BufferHead& big = retire_buffer(me, E::kBatchBytes);
  EXPECT_EQ(freed(), 0U) << "never before a safepoint";
  EXPECT_EQ(E::pending_bytes(me.slot()), E::kBatchBytes);
  EXPECT_EQ(me.safepoints(), 1);
  EXPECT_TRUE(FreedList::has(&big));
  EXPECT_EQ(E::pending_bytes(me.slot()), 0U);
}

TEST_F(EpochTest, AsksForNothingBelowABatch) {
  Hand& me = thread();
  Hand& reader = thread();
  static_cast<void>(retire_buffer(me, E::kBatchBytes - 1));
  EXPECT_FALSE(me.safepoint());
  EXPECT_FALSE(reader.safepoint());
  static_cast<void>(retire_buffer(me, 1));
  EXPECT_TRUE(me.safepoint());
  EXPECT_TRUE(reader.safepoint());
}

TEST_F(EpochTest, WaitsForAReaderUntilItsSafepoint) {
  Hand& me = thread();
  Hand& reader = thread();
  static_cast<void>(retire_buffer(me, E::kBatchBytes));
  EXPECT_EQ(me.safepoints(), 1) << "asked once, and not again while the reader is busy";
  EXPECT_EQ(freed(), 0U);
  EXPECT_TRUE(reader.safepoint());
  EXPECT_TRUE(me.safepoint()) << "the reader told";
  EXPECT_EQ(freed(), 1U);
}

// The twin that must be caught: the same steps free under the reader's eyes.
TEST_F(EpochOneShortTest, FreesUnderTheEyesOfAReader) {
  Hand& me = thread();
  static_cast<void>(thread());
  static_cast<void>(retire_buffer(me, E::kBatchBytes));
  EXPECT_EQ(me.safepoints(), 1);
  EXPECT_EQ(freed(), 1U) << "if this holds no more, the twin does not break what it should";
}

TEST_F(EpochTest, WaitsForAllReaders) {
  Hand& me = thread();
  Hand& one = thread();
  Hand& two = thread();
  Hand& three = thread();
  static_cast<void>(retire_buffer(me, E::kBatchBytes));
  me.safepoints();
  for (Hand* reader : {&two, &three, &one}) {
    EXPECT_EQ(freed(), 0U);
    EXPECT_TRUE(reader->safepoint());
    me.safepoints();
  }
  EXPECT_EQ(freed(), 1U);
}

TEST_F(EpochTest, AThreadThatAttachesLaterIsNotWaitedFor) {
  Hand& me = thread();
  Hand& reader = thread();
  static_cast<void>(retire_buffer(me, E::kBatchBytes));
  me.safepoints();
  static_cast<void>(thread());
  reader.safepoint();
  me.safepoints();
  EXPECT_EQ(freed(), 1U);
}

TEST_F(EpochTest, BlocksGoTheSameWayAndComeBackEachOnce) {
  Hand& me = thread();
  Hand& reader = thread();
  AddressSlab& slab = slab_of_owner(me, 8 * kKiB);
  std::vector<const void*> retired;
  for (const std::uint32_t index : {0U, 1U, 63U, 64U, 127U, 128U, 149U})
    retired.push_back(retire(me, slab, index));
  for (std::uint32_t index = 2; index < 62; ++index) retired.push_back(retire(me, slab, index));
  EXPECT_EQ(E::pending_bytes(me.slot()), retired.size() * 8 * kKiB);
  me.safepoints();
  EXPECT_EQ(freed(), 0U);
  reader.safepoint();
  me.safepoints();
  std::sort(retired.begin(), retired.end());
  std::sort(FreedList::freed.begin(), FreedList::freed.end());
  EXPECT_EQ(FreedList::freed, retired);
}

TEST_F(EpochTest, ABlockCanBeRetiredAgainAfterItWasFreed) {
  Hand& me = thread();
  AddressSlab& slab = slab_of_owner(me, 8 * kKiB);
  for (int round = 0; round < 3; ++round) {
    for (std::uint32_t index = 0; index < 64; ++index) static_cast<void>(retire(me, slab, index));
    me.safepoints();
  }
  EXPECT_EQ(freed(), 3U * 64U);
}

TEST_F(EpochTest, OneBatchWaitsWhileTheNextCollects) {
  Hand& me = thread();
  Hand& reader = thread();
  AddressSlab& slab = slab_of_owner(me, 16 * kKiB);
  for (std::uint32_t index = 0; index < 32; ++index) static_cast<void>(retire(me, slab, index));
  me.safepoints();
  const void* const late = retire(me, slab, 40);  // the same slab: its other blocks wait already
  const BufferHead& late_buffer = retire_buffer(me, E::kBatchBytes);
  me.safepoints();
  reader.safepoint();  // for the first batch only: the second has not begun
  me.safepoints();
  EXPECT_EQ(freed(), 32U);
  EXPECT_FALSE(FreedList::has(late));
  reader.safepoint();
  me.safepoints();
  EXPECT_TRUE(FreedList::has(late));
  EXPECT_TRUE(FreedList::has(&late_buffer));
}

TEST_F(EpochTest, ABlockOfAnotherOwnerComesBackThroughItsOwner) {
  Hand& owner = thread();
  Hand& me = thread();
  AddressSlab& slab = slab_of_owner(owner, 8 * kKiB);
  for (std::uint32_t index = 0; index < 64; ++index) static_cast<void>(retire(me, slab, index));
  EXPECT_EQ(E::pending_bytes(owner.slot()), E::kBatchBytes);
  EXPECT_EQ(E::pending_bytes(me.slot()), 0U);
  EXPECT_TRUE(owner.safepoint()) << "the one that crossed the line asked the owner";
  EXPECT_EQ(freed(), 0U) << "the thread that retired may be looking still";
  me.safepoints();
  owner.safepoints();
  EXPECT_EQ(freed(), 64U);
}

TEST_F(EpochTest, BlocksOfAnOwnerThatIsAwayAreFreedByAnother) {
  Hand& owner = thread();
  Hand& me = thread();
  AddressSlab& slab = slab_of_owner(owner, 8 * kKiB);
  owner.detach();
  for (std::uint32_t index = 0; index < 64; ++index) static_cast<void>(retire(me, slab, index));
  me.safepoints();
  EXPECT_EQ(freed(), 64U);
  EXPECT_EQ(owner.slot().state.load(), kDetached);
}

// Steps.

TEST_F(EpochTest, AStepFreesAQuarterOfALargeBatch) {
  Hand& me = thread();
  constexpr std::size_t kBytes = 16 * kKiB;
  for (std::size_t i = 0; i < 4 * kMiB / kBytes; ++i) static_cast<void>(retire_buffer(me, kBytes));
  std::size_t before = 0;
  for (int steps = 0; me.safepoint(); ++steps) {
    ASSERT_LT(steps, 5);
    EXPECT_LE(freed() - before, kMiB / kBytes);
    before = freed();
  }
  EXPECT_EQ(before, 4 * kMiB / kBytes);
}

TEST_F(EpochTest, AStepFreesAboutKStepBytesOfASmallBatch) {
  Hand& me = thread();
  std::vector<AddressSlab*> slabs;
  constexpr std::size_t kSlabs = 16;
  for (std::size_t i = 0; i < kSlabs; ++i) {
    slabs.push_back(&slab_of_owner(me, 320));
    for (std::uint32_t index = 0; index < AddressSlab::kBlocks; ++index)
      static_cast<void>(retire(me, *slabs.back(), index));
  }
  me.slot().breaker.exchange(0, kRelaxed);
  E::flush(me.slot());
  const std::size_t slab_bytes = std::size_t{320} * AddressSlab::kBlocks;
  EXPECT_GE(freed() * 320, E::kStepBytes);
  EXPECT_LE(freed() * 320, kSlabs * slab_bytes / 4 + slab_bytes);
  me.safepoints();
  EXPECT_EQ(freed(), kSlabs * AddressSlab::kBlocks);
}

TEST_F(EpochTest, AStepDealsWithFewItemsHoweverSmall) {
  Hand& me = thread();
  for (std::size_t i = 0; i < 3 * E::kStepItems; ++i) static_cast<void>(retire_buffer(me, 16));
  E::flush(me.slot());
  EXPECT_EQ(freed(), E::kStepItems);
  me.safepoints();
  EXPECT_EQ(freed(), 3 * E::kStepItems);
}

TEST_F(EpochTest, NobodyRetiresFasterThanHeFrees) {
  Hand& me = thread();
  std::size_t most = 0;
  for (int i = 0; i < 200; ++i) {
    for (std::size_t n = 0; n < 8 * E::kStepItems; ++n) static_cast<void>(retire_buffer(me, 64));
    me.safepoint();
    most = std::max(most, E::pending_bytes(me.slot()));
  }
  EXPECT_LE(most, 4 * E::kBatchBytes) << "of 25 MiB";
}

// Leaving.

// Leaving took a lock, and waited for it with the GIL in its hand. Here leaving takes none and
// waits for nobody, whatever is going on: the leaver is awaited, has waiters, has memory of its own
// that waits, and the one who could answer stands still.
TEST(Trap07, QsbrUnregisterWhileHoldingTheGil) {
  using E = EpochOf<GracePeriod, FreedList>;
  FreedList::freed.clear();
  BufferHead mine;
  BufferHead yours;
  mine.bytes = yours.bytes = E::kBatchBytes;
  HandDriven<E> holder;  // say it holds the GIL, and never gets to a safepoint
  holder.attach();
  HandDriven<E> waiter;
  waiter.attach();
  {
    HandDriven<E> leaver;
    leaver.attach();
    {
      const Acting acting(leaver.slot());
      E::retire_buffer_of(mine);
    }
    {
      const Acting acting(waiter.slot());
      E::retire_buffer_of(yours);
    }
    leaver.safepoints();
    waiter.safepoints();
    leaver.exit();
    EXPECT_EQ(leaver.slot().state.load(), kFree);
  }
  waiter.safepoints();
  EXPECT_EQ(FreedList::freed.size(), 0U) << "the holder may still be looking";
  holder.detach();  // it too may leave without a safepoint
  waiter.safepoints();
  EXPECT_EQ(FreedList::freed.size(), 2U) << "the leaver's memory was not lost";
}

TEST_F(EpochTest, AReaderThatLeavesTells) {
  const std::vector<void (*)(Hand&)> ways{[](Hand& reader) { reader.detach(); },
                                          [](Hand& reader) { reader.suspend(); },
                                          [](Hand& reader) { reader.exit(); }};
  Hand& me = thread();
  std::size_t expected = 0;
  for (const auto leave : ways) {
    Hand& reader = thread();
    static_cast<void>(retire_buffer(me, E::kBatchBytes));
    me.safepoints();
    EXPECT_EQ(freed(), expected);
    leave(reader);
    EXPECT_TRUE(me.safepoint()) << "nobody told";
    EXPECT_EQ(freed(), ++expected);
  }
}

TEST_F(EpochTest, WhatADetachedThreadRetiredIsFreedByAReader) {
  Hand& me = thread();
  Hand& reader = thread();
  static_cast<void>(retire_buffer(me, E::kBatchBytes));
  me.safepoints();
  me.detach();
  EXPECT_EQ(freed(), 0U);
  reader.safepoints();
  EXPECT_EQ(freed(), 1U);
  EXPECT_EQ(me.slot().state.load(), kDetached);
}

TEST_F(EpochTest, WhatAnExitedThreadRetiredIsFreedByAReader) {
  Hand& me = thread();
  Hand& reader = thread();
  static_cast<void>(retire_buffer(me, 100));  // less than a batch: exit flushes
  me.exit();
  EXPECT_EQ(freed(), 0U);
  reader.safepoints();
  EXPECT_EQ(freed(), 1U);
  EXPECT_EQ(me.slot().state.load(), kFree);
}

TEST_F(EpochTest, WhatAnExitedThreadRetiredIsFreedByTheNextOfItsSlot) {
  Hand& me = thread();
  Hand& reader = thread();
  static_cast<void>(retire_buffer(me, 100));
  Slot* const slot = &me.slot();
  me.exit();
  Hand& heir = thread();
  ASSERT_EQ(&heir.slot(), slot);
  reader.safepoint();
  EXPECT_EQ(freed(), 0U) << "the slot has a thread again, which nobody may act for";
  heir.safepoints();
  EXPECT_EQ(freed(), 1U);
}

TEST_F(EpochTest, TheLastThreadToLeaveLosesNothing) {
  Hand& me = thread();
  Hand& reader = thread();
  static_cast<void>(retire_buffer(me, E::kBatchBytes));
  me.safepoints();
  me.detach();
  reader.detach();  // it cannot help: a stop of the world would not wait for it
  EXPECT_EQ(freed(), 0U);
  reader.attach();
  reader.safepoints();
  EXPECT_EQ(freed(), 1U);
}

TEST_F(EpochTest, ALeaverTellsAnAttachedThread) {
  Hand& me = thread();
  Hand& reader = thread();
  static_cast<void>(retire_buffer(me, E::kBatchBytes));
  me.safepoints();
  me.detach();
  Hand& third = thread();
  reader.detach();
  EXPECT_EQ(third.safepoints(), 1);
  EXPECT_EQ(freed(), 1U);
}

TEST_F(EpochTest, ASuspendedThreadIsHelpedAfterTheWorldStarts) {
  Hand& me = thread();
  Hand& reader = thread();
  static_cast<void>(retire_buffer(me, E::kBatchBytes));
  me.safepoints();
  me.suspend();
  EXPECT_EQ(reader.safepoints(), 1) << "and does not try again and again";
  EXPECT_EQ(freed(), 0U);
  me.move(kSuspended, kDetached);
  E::look_around(reader.slot());
  reader.safepoints();
  EXPECT_EQ(freed(), 1U);
}

TEST_F(EpochTest, ASlotThatSomebodyElseHelpsIsHelpedLater) {
  Hand& me = thread();
  Hand& reader = thread();
  static_cast<void>(retire_buffer(me, E::kBatchBytes));
  me.safepoints();
  me.detach();
  {
    const HelpedSlot held(me.slot());
    EXPECT_EQ(reader.safepoints(3), 3) << "it must not forget";
    EXPECT_EQ(freed(), 0U);
  }
  reader.safepoints();
  EXPECT_EQ(freed(), 1U);
}

TEST_F(EpochTest, HelpsOneSlotASafepoint) {
  Hand& reader = thread();
  std::deque<Hand*> others;
  for (int i = 0; i < 5; ++i) {
    others.push_back(&thread());
    static_cast<void>(retire_buffer(*others.back(), E::kBatchBytes));
  }
  for (Hand* other : others) other->safepoints();
  for (Hand* other : others) other->safepoints();  // each has passed the goals of all
  for (Hand* other : others) other->detach();
  for (std::size_t i = 1; i <= others.size(); ++i) {
    EXPECT_TRUE(reader.safepoint());
    EXPECT_EQ(freed(), i);
  }
  EXPECT_EQ(reader.safepoints(), 0);
}

TEST_F(EpochTest, WhoBeginsABatchFindsWhatWasLeftBehind) {
  Hand& me = thread();
  Hand& sleeper = thread();
  const BufferHead& left = retire_buffer(sleeper, E::kStrandedBytes);
  sleeper.detach();
  me.safepoints();
  EXPECT_EQ(freed(), 0U);
  static_cast<void>(retire_buffer(me, E::kBatchBytes));
  me.safepoints();
  EXPECT_TRUE(FreedList::has(&left));
}

// Counting.

class Trap08 : public EpochTest {};

// What is pending was counted in items, so a few huge ones stayed for long.
TEST_F(Trap08, ByteBlindReclamation) {
  Hand& me = thread();
  for (int i = 0; i < 250; ++i) {
    static_cast<void>(retire_buffer(me, 4 * kMiB));
    EXPECT_TRUE(me.safepoint()) << "one huge item is enough";
    EXPECT_LE(E::pending_bytes(me.slot()), 4 * kMiB);
  }
  const std::size_t big_ones = freed();
  EXPECT_EQ(big_ones, 250U);
  for (int i = 0; i < 250; ++i) static_cast<void>(retire_buffer(me, 64));
  EXPECT_FALSE(me.safepoint()) << "many tiny ones are not";
}

TEST_F(EpochTest, SlowsDownWhoRetiresMoreThanReadersLetGo) {
  Hand& me = thread();
  Hand& reader = thread();
  static_cast<void>(retire_buffer(me, E::kBatchBytes));
  me.safepoints();
  const platform::Nanos start = platform::now();
  static_cast<void>(retire_buffer(me, E::kLimitBytes));
  me.safepoints();
  EXPECT_GE(platform::now() - start, E::kPatience);
  EXPECT_EQ(freed(), 0U) << "patience has an end, and readers are safe all the same";
  reader.safepoints();
  me.safepoints();
  reader.safepoints();
  me.safepoints();
  EXPECT_EQ(freed(), 2U);
}

TEST_F(EpochTest, FlushAllLeavesNothingPendingAnywhere) {
  Hand& me = thread();
  Hand& busy = thread();
  Hand& sleeper = thread();
  AddressSlab& slab = slab_of_owner(sleeper, 64);
  static_cast<void>(retire_buffer(me, 1));
  static_cast<void>(retire_buffer(busy, 1));
  static_cast<void>(retire_buffer(sleeper, 1));
  sleeper.detach();
  static_cast<void>(retire(busy, slab, 7));
  E::flush_all(me.slot());
  for (int i = 0; i < 3; ++i) {
    me.safepoints();
    busy.safepoints();
  }
  EXPECT_EQ(freed(), 4U);
  EXPECT_EQ(E::figures().pending_bytes, 0U);
}

TEST_F(EpochTest, FiguresShowWhoHoldsUpWhat) {
  Hand& me = thread();
  Hand& reader = thread();
  const RetiredFigures before = E::figures();
  static_cast<void>(retire_buffer(me, E::kBatchBytes));
  me.safepoints();
  static_cast<void>(retire_buffer(me, 1000));
  const RetiredFigures during = E::figures();
  EXPECT_EQ(during.pending_bytes - before.pending_bytes, E::kBatchBytes + 1000);
  EXPECT_EQ(during.batches - before.batches, 1U);
  EXPECT_EQ(during.laggard, reader.slot().id);
  EXPECT_EQ(during.greatest_lag, 1U);
  EXPECT_GT(during.oldest_age, 0);
  reader.safepoint();
  me.safepoints();
  const RetiredFigures after = E::figures();
  EXPECT_EQ(after.pending_bytes - before.pending_bytes, 1000U);
  EXPECT_EQ(after.greatest_lag, 0U);
  EXPECT_EQ(after.oldest_age, 0);
}

TEST_F(EpochTest, AForkedChildFreesForAll) {
  Hand& survivor = thread();
  Hand& gone = thread();
  Hand& gone_reader = thread();
  static_cast<void>(retire_buffer(survivor, E::kBatchBytes));
  static_cast<void>(retire_buffer(gone, E::kBatchBytes));
  static_cast<void>(retire_buffer(gone_reader, 10));
  survivor.safepoints();
  gone.safepoints();
  EXPECT_EQ(freed(), 0U);
  gone.slot().state.reset_after_fork(kFree);
  gone_reader.slot().state.reset_after_fork(kFree);
  E::reset_after_fork(survivor.slot());
  survivor.safepoints();
  EXPECT_EQ(freed(), 3U);
  // The hands take their slots back, to leave them properly.
  for (Hand* hand : {&gone, &gone_reader}) {
    hand->move(kFree, kStarting);
    hand->move(kStarting, kDetached);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
