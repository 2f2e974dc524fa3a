#include "memory/merge_queue.h"

#include <gtest/gtest.h>

#include <vector>

#include "memory/helped_slot.h"
#include "tests/memory/counting_world.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Two owners, both attached at first: `maker_` makes objects, `other_` drops them.
class MergeQueueTest : public testing::Test {
 protected:
  MergeQueueTest() {
    set_destroyer(destroy_object);
    g_made.store(0, kRelaxed);
    g_destroyed.store(0, kRelaxed);
    maker_.start();
    other_.start();
  }
  ~MergeQueueTest() override {
    HelpedSlot::on_release(nullptr);
    for (Owner* owner : {&maker_, &other_}) {
      if (!owner->is_here()) continue;
      if (owner->slot().state.load() == SlotState::kDetached) owner->attach();
      const Acting acting(*owner);
      owner->safepoint();
      owner->exit();
    }
    EXPECT_EQ(destroyed(), g_made.load(kRelaxed)) << "every object, once";
  }

  Object* make() {
    const Acting acting(maker_);
    return make_object();
  }
  void drop_as(const Owner& owner, Object* object) {
    const Acting acting(owner);
    drop(object);
  }
  // `other_` had stopped the world with the maker in it.
  void start_the_world() {
    const Acting acting(other_);
    maker_.resume();
  }
  void doom_what_is_queued() {
    maker_.suspend();
    start_the_world();
    maker_.attach();
  }
  bool safepoint_as(Owner& owner) {
    const Acting acting(owner);
    return owner.safepoint();
  }
  static std::uint64_t destroyed() { return g_destroyed.load(kAcquire); }
  static bool was_asked(const Owner& owner, Breaker reason) {
    return (owner.slot().breaker.load(kAcquire) & static_cast<std::uint32_t>(reason)) != 0;
  }

  Owner maker_;
  Owner other_;
};

TEST_F(MergeQueueTest, AnAttachedOwnerMergesAtItsNextSafepoint) {
  Object* const object = make();
  drop_as(other_, object);
  EXPECT_EQ(destroyed(), 0U);
  EXPECT_TRUE(was_asked(maker_, Breaker::kMerge));
  EXPECT_TRUE(safepoint_as(maker_));
  EXPECT_EQ(destroyed(), 1U);
  EXPECT_FALSE(safepoint_as(maker_)) << "nothing is left to be asked for";
}

TEST_F(MergeQueueTest, AStoppedWorldSeesWhatIsQueued) {
  Object* const queued = make();
  Object* const other = make();
  EXPECT_FALSE(is_queued_stopped(queued));
  drop_as(other_, queued);
  EXPECT_TRUE(is_queued_stopped(queued));
  EXPECT_FALSE(is_queued_stopped(other));
  EXPECT_TRUE(safepoint_as(maker_));
  drop_as(maker_, other);
}

TEST_F(MergeQueueTest, MergingKeepsWhatOthersStillHold) {
  Object* const object = make();
  {
    const Acting acting(maker_);
    retain(object);
  }
  drop_as(other_, object);
  safepoint_as(maker_);
  EXPECT_EQ(destroyed(), 0U);
  EXPECT_EQ(object->rc().total_stopped(), 1);
  drop_as(other_, object);
  EXPECT_EQ(destroyed(), 1U) << "merged: the last drop is anybody's";
}

TEST_F(MergeQueueTest, ADetachedOwnerIsHelpedAtOnce) {
  Object* const object = make();
  maker_.detach();
  drop_as(other_, object);
  EXPECT_EQ(destroyed(), 1U);
  EXPECT_EQ(maker_.slot().state.load(), SlotState::kDetached);
}

TEST_F(MergeQueueTest, AnOwnerThatIsGoneIsHelpedAtOnce) {
  Object* const object = make();
  {
    const Acting acting(maker_);
    maker_.exit();
  }
  drop_as(other_, object);
  EXPECT_EQ(destroyed(), 1U);
  EXPECT_EQ(maker_.slot().state.load(), SlotState::kFree);
}

// The bug: queued objects piled up to tens of gigabytes while their owner slept in a system call.
class Trap02 : public MergeQueueTest {};

TEST_F(Trap02, OwnerBlockedWhileOthersDropItsObjects) {
  constexpr std::uint64_t kObjects = 20'000;
  std::size_t bytes_at_first = 0;
  for (std::uint64_t nap = 1; nap <= 5; ++nap) {
    std::vector<Object*> objects;
    for (std::uint64_t i = 0; i < kObjects; ++i) objects.push_back(make());
    const std::uint64_t before = destroyed();
    maker_.detach();  // for as long as it likes
    {
      const Acting acting(other_);
      for (std::uint64_t i = 0; i < kObjects; ++i) {
        drop(objects[i]);
        ASSERT_EQ(destroyed(), before + i + 1) << "at once, while the owner sleeps";
      }
    }
    maker_.attach();
    if (nap == 1) bytes_at_first = heap::bytes_taken();
    EXPECT_LE(heap::bytes_taken(), bytes_at_first) << "and their memory is used again";
  }
}

// The bug: a thread's queue was set up before the thread was bound, so that what was queued then
// went to a queue that nobody ever looked at. Here the queue belongs to the slot, which is there
// before and after its threads.
class Trap18 : public MergeQueueTest {};

TEST_F(Trap18, QueuedBeforeTheThreadIsBound) {
  Object* const object = make();
  const OwnerId id = maker_.id();
  {
    const Acting acting(maker_);
    maker_.exit();
  }
  Owner next;  // issued, and in the middle of its start
  ASSERT_EQ(next.id(), id) << "ids are used again";
  drop_as(other_, object);
  EXPECT_EQ(destroyed(), 0U) << "nobody may act for it now";
  next.slot().breaker.store(0, kRelaxed);  // a start that takes nothing over
  next.start();
  EXPECT_TRUE(safepoint_as(next));
  EXPECT_EQ(destroyed(), 1U);
  const Acting acting(next);
  next.exit();
}

// A stopped world waits for attached threads only, so nobody else may move counts.
TEST_F(MergeQueueTest, DetachLeavesWhatIsQueuedToSomebodyAttached) {
  Object* const object = make();
  drop_as(other_, object);
  maker_.detach();
  EXPECT_EQ(object->rc().kind(), BlockKind::kLive);
  EXPECT_TRUE(was_asked(other_, Breaker::kDoomed));
  safepoint_as(other_);
  EXPECT_EQ(destroyed(), 1U);
}

TEST_F(MergeQueueTest, WhatIsLeftWaitsForWhoeverAttachesFirst) {
  Object* const object = make();
  drop_as(other_, object);
  other_.detach();
  maker_.detach();
  EXPECT_FALSE(was_asked(other_, Breaker::kDoomed)) << "nobody was there to be asked";
  EXPECT_EQ(object->life, Object::kAlive);
  other_.attach();
  EXPECT_TRUE(was_asked(other_, Breaker::kDoomed));
  safepoint_as(other_);
  EXPECT_EQ(destroyed(), 1U);
}

TEST_F(MergeQueueTest, WhoWasAskedAndDetachesPassesItOn) {
  Owner third;
  third.start();
  Object* const object = make();
  drop_as(other_, object);
  maker_.detach();
  // Whichever of the two was asked goes away without coming to a safepoint.
  Owner& asked = was_asked(other_, Breaker::kDoomed) ? other_ : third;
  Owner& left = &asked == &other_ ? third : other_;
  ASSERT_TRUE(was_asked(asked, Breaker::kDoomed));
  EXPECT_FALSE(was_asked(left, Breaker::kDoomed));
  asked.detach();
  EXPECT_TRUE(was_asked(left, Breaker::kDoomed));
  safepoint_as(left);
  EXPECT_EQ(destroyed(), 1U);
  if (third.slot().state.load() == SlotState::kDetached) third.attach();
  const Acting acting(third);
  third.exit();
}

TEST_F(MergeQueueTest, ASuspendedOwnerIsLeftToTheStarterOfTheWorld) {
  Object* const object = make();
  maker_.suspend();
  drop_as(other_, object);
  EXPECT_EQ(object->rc().kind(), BlockKind::kLive) << "nobody touches a suspended thread's counts";
  start_the_world();
  EXPECT_EQ(object->rc().kind(), BlockKind::kDestroyed) << "merged and doomed";
  EXPECT_EQ(object->life, Object::kAlive) << "but no destructor runs while the world is started";
  EXPECT_TRUE(was_asked(other_, Breaker::kDoomed));
  safepoint_as(other_);
  EXPECT_EQ(destroyed(), 1U);
}

// A stopper came while the slot was helped: its release suspends the slot for the stopper, and the
// helper must not take it again (rule 21).
TEST_F(MergeQueueTest, AHelperLeavesASlotThatItsReleaseSuspended) {
  static Object* second;
  Object* const first = make();
  second = make();
  maker_.detach();
  HelpedSlot::on_release([](Slot& slot) noexcept {
    EXPECT_TRUE(slot.state.move(SlotState::kDetached, SlotState::kSuspended));
    HelpedSlot::on_release(nullptr);
  });
  drop_as(other_, first);
  EXPECT_EQ(destroyed(), 1U);
  drop_as(other_, second);
  EXPECT_EQ(destroyed(), 1U);
  EXPECT_EQ(maker_.slot().state.load(), SlotState::kSuspended);
  start_the_world();
  safepoint_as(other_);
  EXPECT_EQ(destroyed(), 2U);
}

// The owner's own last drop merges an object that stands in the queue: the queue's reference is
// then one among the others.
TEST_F(MergeQueueTest, TheOwnerMayMergeBeforeTheQueueDoes) {
  Object* const object = make();
  {
    const Acting acting(maker_);
    retain(object);
  }
  drop_as(other_, object);
  drop_as(maker_, object);
  EXPECT_EQ(destroyed(), 0U);
  EXPECT_EQ(object->rc().total_stopped(), 1) << "the queue's";
  safepoint_as(maker_);
  EXPECT_EQ(destroyed(), 1U);
}

TEST_F(MergeQueueTest, ImmortalsPassThroughTheQueue) {
  Object* const object = make();
  drop_as(other_, object);
  object->rc().immortalise();
  safepoint_as(maker_);
  EXPECT_EQ(destroyed(), 0U);
  EXPECT_EQ(object->rc().kind(), BlockKind::kLive);
  g_destroyed.fetch_add(1U, kRelaxed);  // it never will be
}

TEST_F(MergeQueueTest, SettlesManySlabsOfObjects) {
  constexpr std::uint64_t kMany = 5'000;
  std::vector<Object*> objects;
  for (std::uint64_t i = 0; i < kMany; ++i) objects.push_back(make());
  const MergeTotals before = merge_totals();
  for (Object* object : objects) drop_as(other_, object);
  safepoint_as(maker_);
  EXPECT_EQ(destroyed(), kMany);
  const MergeTotals after = merge_totals();
  EXPECT_EQ(after.queued - before.queued, kMany);
  EXPECT_EQ(after.merged - before.merged, kMany);
  EXPECT_EQ(after.helped, before.helped);
  EXPECT_GE(after.longest, kMany);
}

// A slab holds a dead object and one that is queued and alive. Whoever looks for the dead has to
// take the other's bit to know; its merge must not be lost.
TEST_F(MergeQueueTest, LookingForTheDeadLosesNoQueuedObject) {
  Object* const dead = make();
  Object* const queued = make();
  drop_as(other_, dead);
  doom_what_is_queued();
  drop_as(other_, queued);
  safepoint_as(other_);  // destroys the one, gives back the other
  EXPECT_EQ(destroyed(), 1U);
  EXPECT_EQ(queued->life, Object::kAlive);
  safepoint_as(maker_);
  EXPECT_EQ(destroyed(), 2U);
}

// The same while the owner goes away: the bit that was given back is found by whoever it asks.
TEST_F(MergeQueueTest, LookingForTheDeadLosesNothingOfAnOwnerThatGoesAway) {
  static Owner* maker;
  maker = &maker_;
  Object* const dead = make();
  Object* const next = make();
  Object* const queued = make();
  dead->at_death = [](Object&) { maker->detach(); };
  drop_as(other_, dead);
  drop_as(other_, next);
  doom_what_is_queued();
  drop_as(other_, queued);
  maker_.slot().breaker.store(0, kRelaxed);
  safepoint_as(other_);
  EXPECT_TRUE(safepoint_as(other_)) << "asked when the maker went away";
  EXPECT_EQ(destroyed(), 3U);
}

// A destructor that blocks must hold back nothing that others could destroy.
TEST_F(MergeQueueTest, ABlockedDestructorHoldsNobodyUp) {
  static Owner* other;
  static Owner* third;
  Owner owner;
  owner.start();
  third = &owner;
  other = &other_;
  std::vector<Object*> objects;
  for (int i = 0; i < 150; ++i) objects.push_back(make());
  for (Object* object : objects) drop_as(other_, object);
  for (Object* object : objects) {
    object->at_death = [](Object&) {
      if (other == nullptr) return;
      Owner& blocked = *std::exchange(other, nullptr);
      blocked.detach();  // blocks; and everybody else goes on
      {
        const Acting acting(*third);
        EXPECT_TRUE(third->safepoint()) << "it was told of what is left";
        EXPECT_EQ(destroyed(), 149U);
      }
      blocked.attach();
    };
  }
  doom_what_is_queued();
  maker_.detach();
  other_.slot().ask(Breaker::kDoomed);
  third->slot().breaker.store(0, kRelaxed);
  safepoint_as(other_);
  EXPECT_EQ(destroyed(), 150U);
  const Acting acting(owner);
  owner.exit();
}

// Destructors that come to safepoints destroy others there, but not without end.
TEST_F(MergeQueueTest, SafepointsInDestructorsNestOnlySoDeep) {
  static int depth;
  static int deepest;
  depth = deepest = 0;
  std::vector<Object*> objects;
  for (int i = 0; i < 100; ++i) objects.push_back(make());
  for (Object* object : objects) {
    object->at_death = [](Object&) {
      deepest = std::max(deepest, ++depth);
      drain_local();
      --depth;
    };
    drop_as(other_, object);
  }
  safepoint_as(maker_);
  EXPECT_EQ(destroyed(), 100U);
  EXPECT_GT(deepest, 1);
  EXPECT_LE(deepest, 8);
}

// A thread that vanishes in a fork may have been about to leave its slot to others, or inside its
// destructors' drains.
TEST_F(MergeQueueTest, AForkedChildForgetsNothing) {
  Object* const object = make();
  drop_as(other_, object);
  maker_.slot().drains = 8;
  maker_.slot().left.linked.store(true, kRelaxed);  // and not in the list
  maker_.move(SlotState::kAttached, SlotState::kDetached);
  {
    const Acting acting(other_);
    reset_merge_queue_after_fork();
  }
  EXPECT_TRUE(safepoint_as(other_));
  EXPECT_EQ(destroyed(), 1U);
  EXPECT_EQ(maker_.slot().drains, 0U);
}

Destruction put_off(void* block) noexcept {
  doom(block);
  return Destruction::kPutOff;
}

// A destroyer that is too deep leaves the dead to others, and to its own thread's next safepoint.
TEST_F(MergeQueueTest, WhatIsDoomedWaitsForWhoeverComesFirst) {
  Object* const first = make();
  Object* const second = make();
  set_destroyer(put_off);
  drop_as(maker_, first);
  drop_as(maker_, second);
  set_destroyer(destroy_object);
  EXPECT_EQ(first->rc().kind(), BlockKind::kDestroyed);
  EXPECT_EQ(destroyed(), 0U);
  EXPECT_TRUE(was_asked(maker_, Breaker::kDoomed));
  {
    const Acting acting(other_);
    destroy_doomed();
  }
  EXPECT_EQ(destroyed(), 2U);
  EXPECT_TRUE(safepoint_as(maker_)) << "which finds nothing";
}

// I6: a thread that is too deep asks itself for later, and does not try again and again.
TEST_F(MergeQueueTest, WhoPutsOffTakesNoOther) {
  static int tries = 0;
  Object* const first = make();
  Object* const second = make();
  set_destroyer([](void* block) noexcept {
    EXPECT_LT(++tries, 10) << "without end";
    return tries < 10 ? put_off(block) : destroy_object(block);
  });
  drop_as(maker_, first);
  drop_as(maker_, second);
  EXPECT_EQ(tries, 2);
  EXPECT_TRUE(safepoint_as(maker_));
  EXPECT_EQ(tries, 3);
  EXPECT_EQ(destroyed(), 0U);
  EXPECT_TRUE(was_asked(maker_, Breaker::kDoomed));
  set_destroyer(destroy_object);
  EXPECT_TRUE(safepoint_as(maker_));
  EXPECT_EQ(destroyed(), 2U);
}

TEST_F(MergeQueueTest, WhatIsDoomedByAThreadThatLeavesIsPassedOn) {
  Object* const object = make();
  set_destroyer(put_off);
  drop_as(maker_, object);
  set_destroyer(destroy_object);
  maker_.detach();
  EXPECT_TRUE(was_asked(other_, Breaker::kDoomed));
  EXPECT_TRUE(safepoint_as(other_));
  EXPECT_EQ(destroyed(), 1U);
}

TEST_F(MergeQueueTest, ADestructorMayQueueMore) {
  static Object* children[3];
  Object* const parent = make();
  for (Object*& child : children) child = make();
  drop_as(other_, parent);
  parent->at_death = [](Object&) {
    for (Object* child : children) drop(child);
  };
  maker_.detach();
  safepoint_as(other_);
  EXPECT_EQ(destroyed(), 4U);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
