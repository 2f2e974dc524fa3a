// memory/merge_queue.h and the slabs of memory/heap.h together, under every interleaving: each
// object is destroyed once, after all that its holders did, and nothing that was queued is
// forgotten (I1, I2; counterexamples H1 to H3).

#include <gtest/gtest.h>

#include "memory/biased_refcount.h"
#include "memory/helped_slot.h"
#include "memory/merge_queue.h"
#include "stress/explorer/verdicts.h"
#include "stress/memory/explored_owner.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::expect_caught;
using explorer::expect_sound;
using explorer::Fault;

// An object of `maker` with a reference for each actor, all counted by the maker's own half.
struct OneObject {
  Owner maker, other;
  ExploredObject* object = nullptr;

  explicit OneObject(int references = 2) {
    set_destroyer(destroy_explored);
    maker.enter();
    object = make_explored();
    for (int i = 1; i < references; ++i) retain(object);
    current() = {};
    explorer::call(maker.slot(), "maker's slot");
    explorer::call(other.slot(), "other's slot");
    explorer::call(*object, "object");
    explorer::call(*slab_of(object), "slab");
  }
  void touch_and_drop(unsigned actor) {
    object->touched[actor].set(1);
    drop(object);
  }
  void expect_destroyed() {
    explorer::expect(object->destroyed.get() == 1, "the object is destroyed, once");
  }
};

struct BothDrop : OneObject {
  static constexpr unsigned kActors = 2;
  void act(unsigned actor) {
    Owner& me = actor == 0 ? maker : other;
    me.enter();
    touch_and_drop(actor);
    me.safepoint();
  }
  void finish() {
    settle({&maker, &other});
    expect_destroyed();
  }
};

TEST(MergeQueueInSlabsExplored, OwnerAndStrangerDrop) { expect_sound<BothDrop>(); }

// H3: the owner goes away for an hour while a stranger drops. Nobody looks after it but those who
// the protocol says do.
template <bool kLooksAfterDetach>
struct DetachAgainstDrop : OneObject {
  static constexpr unsigned kActors = 2;
  DetachAgainstDrop() : OneObject(1) {}
  void act(unsigned actor) {
    if (actor == 0) {
      maker.enter();
      if (kLooksAfterDetach) return maker.detach();
      maker.move(SlotState::kAttached, SlotState::kDetached);
    } else {
      other.enter();
      touch_and_drop(1);
      other.safepoint();
    }
  }
  void finish() {
    settle({&maker, &other});
    expect_destroyed();
  }
};

TEST(MergeQueueInSlabsExplored, OwnerDetachesWhileAStrangerDrops) {
  expect_sound<DetachAgainstDrop<true>>({.preemptions = 3});
  expect_caught<DetachAgainstDrop<false>>(Fault::kCheck);
}

struct ExitAgainstDrop : OneObject {
  static constexpr unsigned kActors = 2;
  ExitAgainstDrop() : OneObject(1) {}
  void act(unsigned actor) {
    if (actor == 0) {
      maker.enter();
      return maker.exit();
    }
    other.enter();
    touch_and_drop(1);
    other.safepoint();
  }
  void finish() {
    settle({&maker, &other});
    expect_destroyed();
  }
};

TEST(MergeQueueInSlabsExplored, OwnerExitsWhileAStrangerDrops) { expect_sound<ExitAgainstDrop>(); }

struct AttachAgainstDrop : OneObject {
  static constexpr unsigned kActors = 2;
  AttachAgainstDrop() {
    maker.enter();
    maker.detach();
    current() = {};
  }
  void act(unsigned actor) {
    Owner& me = actor == 0 ? maker : other;
    me.enter();
    if (actor == 0) me.attach();
    touch_and_drop(actor);
    me.safepoint();
  }
  void finish() {
    settle({&maker, &other});
    expect_destroyed();
  }
};

TEST(MergeQueueInSlabsExplored, OwnerAttachesWhileAStrangerDrops) {
  expect_sound<AttachAgainstDrop>();
}

// Two strangers drop what a sleeping owner counts, and help it at the same time.
struct TwoHelpers : OneObject {
  static constexpr unsigned kActors = 2;
  Owner third;
  TwoHelpers() {
    maker.enter();
    maker.detach();
    current() = {};
  }
  void act(unsigned actor) {
    Owner& me = actor == 0 ? other : third;
    me.enter();
    touch_and_drop(actor);
    me.safepoint();
  }
  void finish() {
    settle({&maker, &other, &third});
    expect_destroyed();
  }
};

TEST(MergeQueueInSlabsExplored, TwoHelpersOfOneOwner) { expect_sound<TwoHelpers>(); }

// H1, H2: the owner is gone. A stranger drops, and helps; a new thread is issued the id, is the
// object's owner from then on, and counts on it.
template <bool kHoldsTheSlot>
struct IdUsedAgain : OneObject {
  static constexpr unsigned kActors = 2;
  Slot* issued = nullptr;
  IdUsedAgain() {
    maker.enter();
    maker.exit();
    current() = {};
  }
  void act(unsigned actor) {
    if (actor == 0) {
      other.enter();
      if (kHoldsTheSlot) {
        touch_and_drop(0);
        other.safepoint();
      } else {
        drop_and_help_with_bare_hands();
      }
    } else {
      Owner heir;
      issued = &heir.slot();
      heir.enter();
      retain(object);
      drop(object);
      touch_and_drop(1);
      heir.safepoint();
    }
  }
  // The twin: it sees a free slot and does what only its holder may do.
  void drop_and_help_with_bare_hands() {
    object->touched[0].set(1);
    if (object->rc().drop(other.id()) != Debt::kQueue) return;
    if (maker.slot().state.load() != SlotState::kFree) return drop(object);
    if (object->rc().owner() != kMergedOwner) static_cast<void>(object->rc().merge(-1));
    drop(object);
  }
  void finish() {
    Owner heir(issued);
    settle({&heir, &other});
    expect_destroyed();
  }
};

TEST(MergeQueueInSlabsExplored, AnIdIsUsedAgainWhileSomebodyHelps) {
  expect_sound<IdUsedAgain<true>>();
  EXPECT_FALSE(explorer::explore<IdUsedAgain<false>>().is_clean());
}

// I2: who merges in detach finds the object dead and may not destroy it. It asks somebody who goes
// away at that moment, while a third one comes.
template <bool kPassesOn>
struct DoomedIsPassedOn : OneObject {
  static constexpr unsigned kActors = 3;
  Owner third;
  DoomedIsPassedOn() : OneObject(1) {
    third.enter();
    third.detach();
    other.enter();
    drop(object);  // queued for the maker, who is attached
    current() = {};
  }
  void act(unsigned actor) {
    Owner& me = actor == 0 ? maker : actor == 1 ? other : third;
    me.enter();
    if (actor == 2) {
      me.attach();
    } else if (actor == 0 || kPassesOn) {
      me.detach();
    } else {
      me.move(SlotState::kAttached, SlotState::kDetached);
    }
  }
  void finish() {
    settle({&maker, &other, &third});
    expect_destroyed();
  }
};

TEST(MergeQueueInSlabsExplored, TheDoomedAreNotForgotten) {
  expect_sound<DoomedIsPassedOn<true>>();
  expect_caught<DoomedIsPassedOn<false>>(Fault::kCheck);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
