// memory/merge_queue.h under every interleaving, with weak memory: nothing that is queued or doomed
// is forgotten (I1, I2), and nobody counts for an owner beside its holder (rule 19).
//
// In the design `ft_system`, where an object has a slab of its own that the scenario can lay out.
// Each ends with a day on which nothing happens by itself: whoever is detached stays so, and
// whoever is attached comes to a safepoint if, and only if, somebody asked for it.

#include <gtest/gtest.h>

#include "memory/counted.h"
#include "memory/helped_slot.h"
#include "memory/queued_bits.h"
#include "stress/explorer/verdicts.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::expect;
using explorer::expect_caught;
using explorer::expect_sound;
using explorer::Fault;
using explorer::Shared;
using enum SlotState;

static_assert(kPolicy.object_heap == ObjectHeap::kSystem);

// An object of `owner`, with its slab before it.
struct Queued {
  Slab slab;
  Refcount rc;
  Shared<int> deaths{0};
  SysAtomic<std::uint64_t> bit{0};

  explicit Queued(const Slot& owner) : rc(owner.id) {
    slab.base = reinterpret_cast<char*>(&rc) - 64;
    slab.block_bytes = slab.first_block = 64;
    slab.blocks = 1;
    slab.owner = owner.id;
    slab.marks.queued = &bit;
    explorer::call(rc, "count");
    explorer::call(bit, "bit");
  }
};

Destruction destroy_queued(void* block) noexcept {
  auto& object = *reinterpret_cast<Queued*>(static_cast<char*>(block) - sizeof(Slab));
  expect(current().slot->state.load() == kAttached, "destructors never run detached");
  object.deaths.set(object.deaths.get() + 1);
  return Destruction::kDone;
}

Slot& issue_in(SlotState state) {
  Slot& slot = *SlotTable::issue();
  expect(slot.state.move(kStarting, kDetached), "issued");
  if (state == kAttached) expect(slot.state.move(kDetached, kAttached), "attached");
  return slot;
}

void act_as(Slot& slot) { current() = Current{&slot, slot.id, nullptr}; }

// Two owners and an object of the first one's.
struct World {
  Slot& owner = issue_in(kAttached);
  Slot& other = issue_in(kAttached);
  Queued object{owner};

  World() {
    set_destroyer(destroy_queued);
    explorer::call(owner.state, "owner's state");
    explorer::call(other.state, "other's state");
    explorer::call(owner.merges, "owner's stack");
  }

  // The day on which nothing happens by itself.
  void rest() {
    for (Slot* slot : {&owner, &other}) {
      if (slot->state.load() != kAttached || slot->breaker.exchange(0, kAcquire) == 0) continue;
      act_as(*slot);
      drain_local();
    }
    current() = Current{};
  }
  void expect_one_death() { expect(object.deaths.get() == 1, "destroyed, once"); }
};

enum class Mistake {
  kNone,
  kAsksBeforePushing,     // who queues looks at the owner's state, and pushes then
  kLooksBeforeDetaching,  // who detaches looks at the queue, and detaches then
  kHelpsUnheld,           // who helps does not hold the owner's slot
  kLeavesToHolder,        // who queues, or starts the world, leaves the work to the slot's holder
  kLooksBeforeAttaching,  // who attaches looks at the list of the doomed, and attaches then
};

// queue_merge, as it is or with a mistake.
template <Mistake kMistake>
void drop_with(Queued& object, Slot& owner) {
  if (kMistake == Mistake::kNone || kMistake == Mistake::kLooksBeforeDetaching) {
    return drop(&object.rc);
  }
  Debt debt = object.rc.drop(current().id);
  if (debt == Debt::kQueue) {
    const SlotState seen = owner.state.load();
    QueuedBits(object.slab).set(&object.rc);
    owner.merges.push(object.slab);
    owner.ask(Breaker::kMerge);
    if (kMistake == Mistake::kLeavesToHolder) {
      if (owner.state.load() == kDetached) merge_as_starter();  // which helps
    } else if (kMistake == Mistake::kHelpsUnheld) {
      if (seen == kFree && object.bit.exchange(0, kAcqRel) != 0) {
        static_cast<void>(object.rc.merge(-1));
      }
    } else if (seen == kDetached) {
      merge_as_starter();
    }
    debt = object.rc.drop(current().id);
  }
  if (debt == Debt::kDestroy) destroy(&object.rc);
}

template <Mistake kMistake>
void leave_with(Slot& slot, SlotState to) {
  if (kMistake == Mistake::kLooksBeforeDetaching) {
    const bool is_empty = slot.merges.is_empty();
    expect(slot.state.move(kAttached, to), "left");
    if (!is_empty) merge_as_detacher(slot);
  } else {
    expect(slot.state.move(kAttached, to), "left");
    merge_as_detacher(slot);
  }
}

// The owner goes to sleep while another thread drops its object (H3).
template <Mistake kMistake>
struct OwnerDetaches : World {
  static constexpr unsigned kActors = 2;
  void act(unsigned actor) {
    act_as(actor == 0 ? owner : other);
    if (actor == 0) {
      leave_with<kMistake>(owner, kDetached);
    } else {
      drop_with<kMistake>(object, owner);
    }
  }
  void finish() {
    rest();
    expect_one_death();
  }
};

// The owner has gone, with a reference of its half in another thread's hands and one in the hands
// of the thread that is issued its id next (H1).
template <Mistake kMistake>
struct IdIsUsedAgain : World {
  static constexpr unsigned kActors = 2;
  IdIsUsedAgain() {
    object.rc.retain(owner.id);
    expect(owner.state.move(kAttached, kFree), "gone");
  }
  void act(unsigned actor) {
    if (actor == 0) {
      act_as(other);
      drop_with<kMistake>(object, owner);
      return;
    }
    if (!owner.state.move(kFree, kStarting)) return;  // helped at the moment: another id is issued
    expect(owner.state.move(kStarting, kDetached), "started");
    while (!owner.state.move(kDetached, kAttached)) platform::spin_pause();
    act_as(owner);
    look_after_attach(owner);
    drop(&object.rc);
  }
  void finish() {
    if (owner.state.load() == kFree) {
      act_as(other);
      drop(&object.rc);  // somebody else has the other reference then
    }
    rest();
    expect_one_death();
  }
};

// A thread attaches while the owner's detach dooms an object that nobody attached is there to
// destroy.
template <Mistake kMistake>
struct SomebodyAttaches : World {
  static constexpr unsigned kActors = 2;
  SomebodyAttaches() {
    act_as(other);
    drop(&object.rc);
    expect(other.state.move(kAttached, kDetached), "detached");
    merge_as_detacher(other);
    current() = Current{};
  }
  void act(unsigned actor) {
    if (actor == 0) {
      act_as(owner);
      return leave_with<kMistake>(owner, kDetached);
    }
    act_as(other);
    if (kMistake == Mistake::kLooksBeforeAttaching) look_after_attach(other);
    expect(other.state.move(kDetached, kAttached), "attached");
    if (kMistake != Mistake::kLooksBeforeAttaching) look_after_attach(other);
  }
  void finish() {
    rest();
    expect_one_death();
  }
};

// Two strangers give back references of the owner's half while it comes to a safepoint and drops
// its own: the queue's reference, the owner's last and a stranger's meet.
struct AllGiveBack : World {
  static constexpr unsigned kActors = 3;
  Slot& third = issue_in(kAttached);
  AllGiveBack() {
    object.rc.retain(owner.id);
    object.rc.retain(owner.id);
  }
  void act(unsigned actor) {
    act_as(actor == 0 ? owner : actor == 1 ? other : third);
    if (actor == 0 && owner.breaker.exchange(0, kAcquire) != 0) drain_local();
    drop(&object.rc);
  }
  void finish() {
    rest();
    expect_one_death();
  }
};

// A stop of the world takes the owner while it is helped or detached, and lets go of it.
struct OwnerIsSuspended : World {
  static constexpr unsigned kActors = 2;
  Slot& third = issue_in(kAttached);
  OwnerIsSuspended() { expect(owner.state.move(kAttached, kDetached), "detached"); }
  void act(unsigned actor) {
    if (actor == 0) {
      act_as(other);
      return drop(&object.rc);
    }
    if (!owner.state.move(kDetached, kSuspended)) return;
    expect(owner.state.move(kSuspended, kDetached), "started");
    act_as(third);
    merge_as_starter();
  }
  void finish() {
    rest();
    expect_one_death();
  }
};

// Somebody holds the slot of the sleeping owner for a reason of its own, as heap and epoch do.
template <Mistake kMistake>
struct SomebodyElseHolds : World {
  static constexpr unsigned kActors = 2;
  SomebodyElseHolds() { expect(owner.state.move(kAttached, kDetached), "detached"); }
  void act(unsigned actor) {
    if (actor == 0) {
      act_as(other);
      return drop_with<kMistake>(object, owner);
    }
    const HelpedSlot held(owner);
  }
  void finish() {
    rest();
    expect_one_death();
  }
};

// The owner was suspended when its object was dropped. The world starts, and somebody else holds
// the owner's slot before the starter comes to look at it.
template <Mistake kMistake>
struct SomebodyElseHoldsAtAStart : World {
  static constexpr unsigned kActors = 2;
  SomebodyElseHoldsAtAStart() {
    expect(owner.state.move(kAttached, kDetached), "detached");
    expect(owner.state.move(kDetached, kSuspended), "suspended");
    act_as(other);
    drop(&object.rc);
    current() = Current{};
  }
  void act(unsigned actor) {
    if (actor == 1) {
      const HelpedSlot held(owner);
      return;
    }
    act_as(other);
    expect(owner.state.move(kSuspended, kDetached), "started");
    if (kMistake == Mistake::kNone || owner.state.load() == kDetached) merge_as_starter();
  }
  void finish() {
    rest();
    expect_one_death();
  }
};

constexpr explorer::Bounds kThree{.preemptions = 3};

TEST(MergeQueueExplored, OwnerDetaches) { expect_sound<OwnerDetaches<Mistake::kNone>>(kThree); }
TEST(MergeQueueExplored, IdIsUsedAgain) { expect_sound<IdIsUsedAgain<Mistake::kNone>>(kThree); }
TEST(MergeQueueExplored, SomebodyAttaches) {
  expect_sound<SomebodyAttaches<Mistake::kNone>>(kThree);
}
TEST(MergeQueueExplored, AllGiveBack) { expect_sound<AllGiveBack>(); }
TEST(MergeQueueExplored, OwnerIsSuspended) { expect_sound<OwnerIsSuspended>(kThree); }

TEST(MergeQueueExplored, SomebodyElseHolds) {
  expect_sound<SomebodyElseHolds<Mistake::kNone>>(kThree);
}

TEST(MergeQueueExplored, SomebodyElseHoldsAtAStart) {
  expect_sound<SomebodyElseHoldsAtAStart<Mistake::kNone>>(kThree);
}

TEST(MergeQueueExplored, TwinsAreCaught) {
  expect_caught<SomebodyElseHoldsAtAStart<Mistake::kLeavesToHolder>>(Fault::kCheck, kThree);
  expect_caught<SomebodyElseHolds<Mistake::kLeavesToHolder>>(Fault::kCheck, kThree);
  expect_caught<OwnerDetaches<Mistake::kAsksBeforePushing>>(Fault::kCheck, kThree);
  expect_caught<OwnerDetaches<Mistake::kLooksBeforeDetaching>>(Fault::kCheck, kThree);
  expect_caught<IdIsUsedAgain<Mistake::kHelpsUnheld>>(Fault::kCheck, kThree);
  expect_caught<SomebodyAttaches<Mistake::kLooksBeforeAttaching>>(Fault::kCheck, kThree);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
