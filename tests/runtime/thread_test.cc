#include "runtime/thread.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "runtime/safepoint.h"
#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;
using enum SlotState;

TEST(Thread, IsUnknownBeforeStartAndAfterExit) {
  EXPECT_EQ(Thread::current(), nullptr);
  ASSERT_EQ(Thread::start(), Attach::kDone);
  Thread* const me = Thread::current();
  ASSERT_NE(me, nullptr);
  EXPECT_TRUE(me->is_attached());
  EXPECT_EQ(&me->slot(), current().slot);
  EXPECT_EQ(me->slot().id, current().id);
  Slot& slot = me->slot();
  Thread::exit();
  EXPECT_EQ(Thread::current(), nullptr);
  EXPECT_EQ(current().id, kNobody);
  EXPECT_EQ(slot.state.load(), kFree);
}

TEST(Thread, DetachesAndAttaches) {
  const Known known;
  Thread& me = *Thread::current();
  me.detach();
  EXPECT_EQ(me.slot().state.load(), kDetached);
  EXPECT_FALSE(me.will_return());
  EXPECT_EQ(me.attach(), Attach::kDone);
  me.detach_to_wait();
  EXPECT_EQ(me.slot().state.load(), kDetached);
  EXPECT_TRUE(me.will_return());
  me.attach_after_wait();
  EXPECT_TRUE(me.is_attached());
  {
    Detached blocked;
    EXPECT_FALSE(me.is_attached());
    EXPECT_EQ(blocked.end(), Attach::kDone);
    EXPECT_TRUE(me.is_attached());
  }
  { const Detached blocked; }
  EXPECT_TRUE(me.is_attached());
}

TEST(Thread, HasRoomForTheFloorsAboveThatIsEmptyAtFirst) {
  const auto is_empty = [](const UpperRoom& room) { return room.bytes == UpperRoom{}.bytes; };
  for (int round = 0; round < 2; ++round) {
    const Known known;
    Thread& me = *Thread::current();
    EXPECT_TRUE(is_empty(me.upper)) << "whatever the last thread of this record left there";
    me.upper.bytes.fill(std::byte{1});
    EXPECT_FALSE(is_empty(me.upper));
  }
}

TEST(Thread, TheSlotThatBecameFreeLastIsIssuedNext) {
  ASSERT_EQ(Thread::start(), Attach::kDone);
  const OwnerId id = current().id;
  Thread* const record = Thread::current();
  Thread::exit();
  const Known me;
  EXPECT_EQ(current().id, id);
  EXPECT_EQ(Thread::current(), record);
}

TEST(Thread, ARecordStartsAnew) {
  ASSERT_EQ(Thread::start(), Attach::kDone);
  Thread* const record = Thread::current();
  record->detach_to_wait();
  Thread::exit();
  record->hold.depth = 3;  // as a thread that vanished at a fork would leave it
  const Known me;
  ASSERT_EQ(Thread::current(), record);
  EXPECT_EQ(record->hold.depth, 0U);
  EXPECT_FALSE(record->will_return());
}

TEST(Thread, WithoutAnIdItIsRefusedCleanly) {
  ASSERT_EQ(Thread::start(), Attach::kDone);
  SlotTable::limit_for_test(SlotTable::made());
  std::vector<Slot*> taken;
  while (Slot* const slot = SlotTable::issue()) taken.push_back(slot);
  std::thread([] {
    EXPECT_EQ(Thread::start(), Attach::kNoSlot);
    EXPECT_EQ(Thread::current(), nullptr);
  }).join();
  for (Slot* const slot : taken) {
    EXPECT_TRUE(slot->state.move(kStarting, kFree));
    SlotTable::recycle(*slot);
  }
  // At the limit, but with free slots: fine again.
  if (!taken.empty()) {
    std::thread other = attached([](Thread&) {});
    join_detached(other);
  }
  SlotTable::limit_for_test(kLastOwner);
  Thread::exit();
}

// Takes all slots there are, then frees and takes each of some with all others in use. Returns 0,
// or the number of the step that went wrong.
int use_every_id() {
  std::vector<Slot*> taken;
  while (Slot* const slot = SlotTable::issue()) taken.push_back(slot);
  if (taken.size() != kLastOwner || SlotTable::made() != kLastOwner) return 1;
  if (Thread::start() != Attach::kNoSlot) return 2;
  for (std::size_t i = 0; i < 100'000; ++i) {
    Slot& slot = *taken[i % taken.size()];
    if (!slot.state.move(kStarting, kFree)) return 3;
    SlotTable::recycle(slot);
    if (SlotTable::issue() != &slot) return 4;
  }
  return 0;
}

// The real limit, without a thread behind each id. A cost that grew with the number of slots in use
// would show here as minutes. In a process of its own: the table never shrinks.
TEST(Thread, ThereAreAsManySlotsAsIdsAndNoMore) {
  EXPECT_EXIT(::_exit(use_every_id()), ::testing::ExitedWithCode(0), "");
}

TEST(Thread, AHelpedSlotIsNotIssued) {
  ASSERT_EQ(Thread::start(), Attach::kDone);
  Slot& slot = Thread::current()->slot();
  Thread::exit();
  ASSERT_TRUE(slot.state.move(kFree, kHelpedFree));
  ASSERT_EQ(Thread::start(), Attach::kDone);
  EXPECT_NE(current().slot, &slot);
  ASSERT_TRUE(slot.state.move(kHelpedFree, kFree));
  std::thread other = attached([&slot](Thread& me) { EXPECT_EQ(&me.slot(), &slot); });
  join_detached(other);
  Thread::exit();
}

TEST(ThreadConcurrency, WaitsForItsHelper) {
  const Known known;
  Thread& me = *Thread::current();
  me.detach();
  Slot& slot = me.slot();
  ASSERT_TRUE(slot.state.move(kDetached, kHelpedDetached));
  Flag helping;
  std::thread helper([&] {
    raise(helping);
    for (int i = 0; i < 100; ++i) platform::yield();
    EXPECT_EQ(slot.state.load(), kHelpedDetached);
    EXPECT_TRUE(slot.state.move(kHelpedDetached, kDetached));
    World::settle(slot);
  });
  ASSERT_TRUE(eventually([&] { return is_raised(helping); }));
  EXPECT_EQ(me.attach(), Attach::kDone);
  helper.join();
}

TEST(ThreadConcurrency, ManyComeAndGo) {
  constexpr int kThreads = 8;
  constexpr int kRounds = 500;
  const OwnerId before = SlotTable::made();
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i)
    threads.emplace_back([] {
      for (int round = 0; round < kRounds; ++round) {
        ASSERT_EQ(Thread::start(), Attach::kDone);
        safepoint();
        Thread::exit();
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(SlotTable::made(), before + kThreads);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
