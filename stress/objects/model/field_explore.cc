// objects/model/field.h under every interleaving, with weak memory: a reader without a lock counts
// what it finds or finds it dead, never freed; and every value ends once (D5, D6, rules 1 to 5).
//
// In the design `ft_system`, where a block that is freed is gone: whoever looks at it then is
// caught. The labels C1 to C13 are those of the executions that forced the rules.

#include <gtest/gtest.h>

#include "memory/epoch.h"
#include "memory/heap.h"
#include "memory/merge_queue.h"
#include "objects/model/children.h"
#include "objects/model/field.h"
#include "stress/explorer/explore.h"
#include "stress/runtime/explored_crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::expect;
using explorer::explore;
using explorer::Options;
using explorer::Report;
using explorer::Shared;

static_assert(kPolicy.object_heap == ObjectHeap::kSystem);

// How often it was destroyed lies outside of it.
struct Item : Object {
  Shared<int>* ends;
  Shared<int> payload{1};
  explicit Item(Shared<int>& counter) noexcept : Object(0), ends(&counter) {}
};

// As objects/model/destroy.cc, but without a type.
Destruction destroy_item(void* block) noexcept {
  auto& item = *static_cast<Item*>(block);
  item.ends->set(item.ends->get() + 1);
  if (item.is_retire_late()) {
    Epoch::retire(&item);
  } else {
    item.payload.set(0);
    heap::free(&item);
  }
  return Destruction::kDone;
}

struct Box : Object {
  Field field;
  Box() noexcept : Object(0) {}
};

enum class Mistake {
  kNone,
  kDoesNotMark,          // what is unlinked is not marked
  kAsksBeforeTheLock,    // C1: `shared` is tested, and the lock is taken then
  kWritesWithoutLock,    // C4: the owner of a holder that is not shared takes no lock
  kReadsWithoutAsking,   // C13: the reader does not ask whether the holder is open to it
  kCountsWithoutTrying,  // the reader counts what it finds, dead or alive
};

Ref<> unlink_unmarked(Box& box) {
  const Held held = Held::unreachable(box);
  const Value before = box.field.get(held);
  box.field.forget(held);
  return Ref<>::adopt(before);
}

// Takes the value out, as it is done or with a mistake, and drops it.
template <Mistake kMistake>
void take_from(Box& box) {
  Ref<> before;
  const bool was_shared = box.is_shared();
  if (kMistake == Mistake::kWritesWithoutLock && box.is_mine() && !was_shared) {
    before = unlink_unmarked(box);
    return;
  }
  const Locked lock(box);
  if (kMistake == Mistake::kDoesNotMark) {
    before = unlink_unmarked(box);
  } else if (kMistake == Mistake::kAsksBeforeTheLock) {
    const Value seen = box.field.get(lock.held());
    if (was_shared && seen.is_counted()) seen.object()->mark_retire_late();
    before = unlink_unmarked(box);
  } else {
    before = box.field.take(lock.held());
  }
}

template <Mistake kMistake>
Ref<> read_from(Box& box) {
  if (kMistake == Mistake::kReadsWithoutAsking) {
    const Value seen = Children::of(box.field);
    return detail::try_count(seen) ? Ref<>::adopt(seen) : Ref<>();
  }
  Value seen;
  if (kMistake == Mistake::kCountsWithoutTrying && box.field.try_peek(box, seen))
    return Ref<>::of(seen);
  return box.field.load(box);
}

// An owner of a box with an item in it, and a stranger who counts the box too.
struct World {
  Shared<int> ends{0};
  Member owner, stranger;
  Box box;
  Item* item = nullptr;

  World() {
    set_destroyer(destroy_item);
    owner.enter();
    box.begin_life();
    void* const block = heap::allocate(sizeof(Item));
    item = new (block) Item(ends);
    item->begin_life();
    box.field.store(box, Ref<>::adopt(Value(item)));
    current() = {};
    explorer::call(box, "box");
    explorer::call(*item, "item");
  }
  Member& member(unsigned actor) { return actor == 0 ? owner : stranger; }

  template <Mistake kMistake>
  void read() {
    if (const Ref<> found = read_from<kMistake>(box))
      expect(static_cast<Item*>(found.value().object())->payload.get() == 1, "alive while held");
  }
  // Whoever is asked comes to a safepoint, until nobody is.
  void settle() {
    for (bool again = true; again;) {
      again = false;
      for (const Member* one : {&owner, &stranger}) {
        if (one->slot().breaker.load(kSeqCst) == 0) continue;
        one->enter();
        safepoint();
        again = true;
      }
    }
    current() = {};
  }
  void finish() {
    settle();
    expect(ends.get() == 1, "the value ended, once");
  }
};

template <Mistake kMistake>
struct OwnerTakes : World {
  static constexpr unsigned kActors = 2;
  void act(unsigned actor) {
    member(actor).enter();
    if (actor == 0) return take_from<kMistake>(box);
    this->template read<kMistake>();
  }
};

// The stranger has read before: the box is shared, and the item can be tried.
template <Mistake kMistake>
struct OwnerTakesFromShared : OwnerTakes<kMistake> {
  OwnerTakesFromShared() {
    this->stranger.enter();
    static_cast<void>(this->box.field.load(this->box));
    current() = {};
  }
};

// The holder is shared, but nobody has counted the item yet: the reader's try is refused at plain/0
// and goes by the lock.
template <Mistake kMistake>
struct OwnerTakesFresh : OwnerTakes<kMistake> {
  OwnerTakesFresh() { this->box.mark_shared(); }
};

// The writer is the stranger, and his first access is a removal; the owner asks nobody.
template <Mistake kMistake>
struct StrangerTakes : World {
  static constexpr unsigned kActors = 2;
  void act(unsigned actor) {
    member(actor).enter();
    if (actor == 1) return take_from<kMistake>(box);
    this->template read<kMistake>();
  }
};

// The stranger reads twice: his first read opens the holder, the second takes no lock.
template <Mistake kMistake>
struct StrangerReadsTwice : World {
  static constexpr unsigned kActors = 2;
  void act(unsigned actor) {
    member(actor).enter();
    if (actor == 0) return take_from<kMistake>(box);
    this->template read<kMistake>();
    this->template read<kMistake>();
  }
};

// Both take: whoever comes first has it, and it ends once.
struct BothTake : World {
  static constexpr unsigned kActors = 2;
  void act(unsigned actor) {
    member(actor).enter();
    if (actor == 1) read<Mistake::kNone>();
    take_from<Mistake::kNone>(box);
  }
};

template <class Scenario>
void expect_sound(const Options& options = {}) {
  const Report report = explore<Scenario>(options);
  EXPECT_TRUE(report.is_clean()) << report;
  EXPECT_TRUE(report.is_complete()) << report;
}

template <class Scenario>
void expect_caught() {
  const Report report = explore<Scenario>();
  EXPECT_FALSE(report.is_clean()) << report;
}

TEST(FieldExplored, TheOwnerTakesWhileAStrangerReadsForTheFirstTime) {
  expect_sound<OwnerTakes<Mistake::kNone>>();
}
TEST(FieldExplored, TheOwnerTakesFromASharedHolder) {
  expect_sound<OwnerTakesFromShared<Mistake::kNone>>();
}
TEST(FieldExplored, TheOwnerTakesWhatNobodyHasCounted) {
  expect_sound<OwnerTakesFresh<Mistake::kNone>>();
}
TEST(FieldExplored, AStrangersFirstAccessIsARemoval) {
  expect_sound<StrangerTakes<Mistake::kNone>>();
}
TEST(FieldExplored, TheOwnerTakesWhileAStrangerReadsTwice) {
  expect_sound<StrangerReadsTwice<Mistake::kNone>>();
}
// A wider bound holds too, and takes a minute in a debug build.
TEST(FieldExplored, BothTake) { expect_sound<BothTake>({{.preemptions = 1}}); }

TEST(FieldExplored, AnUnmarkedValueIsFreedUnderItsReader) {
  expect_caught<OwnerTakesFresh<Mistake::kDoesNotMark>>();
}
TEST(FieldExplored, C1AskingBeforeTheLockIsTooEarly) {
  expect_caught<StrangerReadsTwice<Mistake::kAsksBeforeTheLock>>();
}
TEST(FieldExplored, C4TheOwnerNeedsTheLockToo) {
  expect_caught<OwnerTakes<Mistake::kWritesWithoutLock>>();
}
TEST(FieldExplored, C13AReaderHasToAsk) {
  expect_caught<OwnerTakes<Mistake::kReadsWithoutAsking>>();
}
TEST(FieldExplored, TheDeadAreNotCounted) {
  expect_caught<OwnerTakesFresh<Mistake::kCountsWithoutTrying>>();
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
