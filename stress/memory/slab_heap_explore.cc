// memory/slab_heap.h under every interleaving: a thread exits, and is followed by another, while
// strangers free what it allocated. Every slab comes back (I2), none while somebody looks at it
// (I3), and nothing changes while the world is stopped.
//
// Each scenario ends with safepoints of those who were asked, and only of those. Then no slab must
// be left.

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "memory/epoch.h"
#include "memory/heap.h"
#include "stress/explorer/verdicts.h"
#include "stress/memory/explored_slot.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::expect;
using explorer::expect_caught;
using explorer::expect_sound;
using explorer::Fault;

// A block of which a slab has few, so that looks through a slab are short.
void* make_block() {
  void* const block = heap::allocate(8'000);
  if (block == nullptr) std::abort();
  return new (block) Refcount(Born::kMerged);
}

// How the last steps of an exit are taken.
enum class Exit {
  kAsIs,
  kLooksTooEarly,  // it looks for what it was told of, and makes its slot free then
  kSettlesAlone,   // it gives back what it was told of although it is not attached any more
};

class Resident : public ExploredReader<Epoch> {
 public:
  using ExploredReader::ExploredReader;

  // As Thread::exit in runtime/thread.cc.
  template <Exit kExit = Exit::kAsIs>
  void exit() {
    using enum SlotState;
    Epoch::flush(slot());
    heap::leave();
    current() = {};
    if (kExit == Exit::kLooksTooEarly) heap::after_leaving(slot());
    move(kAttached, kFree);
    if (kExit == Exit::kAsIs) heap::after_leaving(slot());
    if (kExit == Exit::kSettlesAlone && !slot().frees.is_empty() &&
        slot().state.move(kFree, kHelpedFree)) {
      slot().heap.settle();
      move(kHelpedFree, kFree);
    }
    Epoch::leave(slot());
  }
};

// One has made two blocks in one slab.
struct Scene {
  Resident one, two;
  void* first = nullptr;
  void* second = nullptr;

  Scene() {
    one.enter();
    first = make_block();
    second = make_block();
    expect(slab_of(first) == slab_of(second), "they are in one slab");
    current() = {};
    explorer::call(one.slot(), "one's slot");
    explorer::call(two.slot(), "two's slot");
    explorer::call(*slab_of(first), "slab");
  }
  static void expect_nothing_left() {
    expect(heap::bytes_taken() == 0, "every slab was given back");
  }
};

// Two frees what one leaves behind, before, during and after its exit.
template <Exit kExit>
struct FreesAgainstExit : Scene {
  static constexpr unsigned kActors = 2;
  void act(unsigned actor) {
    if (actor == 0) {
      one.enter();
      one.exit<kExit>();
    } else {
      two.enter();
      heap::free(first);
      heap::free(second);
    }
  }
  void finish() {
    settle({&two});
    expect_nothing_left();
  }
};

// The last two blocks are freed by two threads.
struct TwoFreeAgainstExit : Scene {
  static constexpr unsigned kActors = 3;
  Resident three;
  void act(unsigned actor) {
    if (actor == 0) {
      one.enter();
      one.exit();
    } else {
      (actor == 1 ? two : three).enter();
      heap::free(actor == 1 ? first : second);
    }
  }
  void finish() {
    settle({&two, &three});
    expect_nothing_left();
  }
};

// One is gone. Another thread is issued its slot, adopts its heap, and exits as well.
struct FreesAgainstAnHeir : Scene {
  static constexpr unsigned kActors = 2;
  Slot* issued = nullptr;
  FreesAgainstAnHeir() {
    one.enter();
    one.exit();
    SlotTable::recycle(one.slot());
  }
  void act(unsigned actor) {
    if (actor == 0) {
      Resident heir;
      issued = &heir.slot();
      heir.enter();
      heap::free(make_block());
      heir.exit();
    } else {
      two.enter();
      heap::free(first);
      heap::free(second);
    }
  }
  void finish() {
    settle({&two});
    expect_nothing_left();
  }
};

// Three stops the world, as runtime/world.h does, and walks over the heap.
template <Exit kExit>
struct StopAgainstExit : Scene {
  static constexpr unsigned kActors = 3;
  Resident three;
  StopAgainstExit() {
    two.enter();
    heap::free(first);
    current() = {};
  }
  void act(unsigned actor) {
    if (actor == 0) {
      one.enter();
      one.exit<kExit>();
    } else if (actor == 1) {
      two.enter();
      heap::free(second);
      two.detach();
    } else {
      three.enter();
      for (Resident* const other : {&one, &two}) wait_until_it_stands(other->slot());
      // Whoever changes a slab meanwhile, or a list of slabs, races with this.
      heap::for_each_block_stopped([](void*) {});
    }
  }
  // Who is free is not waited for, and who is detached is held.
  static void wait_until_it_stands(Slot& slot) {
    using enum SlotState;
    while (slot.state.load() != kFree && !slot.state.move(kDetached, kSuspended)) platform::yield();
  }
  void finish() {
    two.move(SlotState::kSuspended, SlotState::kDetached);
    three.enter();
    Epoch::look_around(three.slot());
    settle({&three});
    expect_nothing_left();
  }
};

TEST(SlabHeapExplored, FreesAgainstExit) {
  expect_sound<FreesAgainstExit<Exit::kAsIs>>({.preemptions = 3});
}
TEST(SlabHeapExplored, TwoFreeAgainstExit) { expect_sound<TwoFreeAgainstExit>(); }
TEST(SlabHeapExplored, FreesAgainstAnHeir) { expect_sound<FreesAgainstAnHeir>(); }
TEST(SlabHeapExplored, StopAgainstExit) {
  expect_sound<StopAgainstExit<Exit::kAsIs>>(explorer::kManyPreemptions);
  expect_sound<StopAgainstExit<Exit::kAsIs>>(explorer::kMuchWeakMemory);
}

TEST(SlabHeapExplored, TwinsAreCaught) {
  expect_caught<FreesAgainstExit<Exit::kLooksTooEarly>>(Fault::kCheck);
  expect_caught<StopAgainstExit<Exit::kSettlesAlone>>(Fault::kRace, explorer::kManyPreemptions);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
