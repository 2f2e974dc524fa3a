// memory/epoch.h under every interleaving: nobody's memory is forgotten, whoever leaves, comes or
// looks away at the wrong moment (I3, I4), and none is freed under a reader's hands.
//
// Each scenario ends with safepoints of those who were asked, and only of those, until nobody is
// asked any more. Then all memory must be back.

#include <gtest/gtest.h>

#include "memory/epoch_inl.h"
#include "stress/explorer/verdicts.h"
#include "stress/memory/explored_slot.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::expect;
using explorer::expect_caught;
using explorer::expect_sound;
using explorer::Fault;
using explorer::Shared;

// A block or a buffer that counts how often it was freed.
struct Retired {
  BufferHead head{.next = nullptr, .bytes = 64};
  Shared<int> content{7};
  Shared<int> freed{0};
};

struct WatchedHeaps {
  static void free_block(void* block) noexcept {
    auto& memory = *static_cast<Retired*>(block);
    memory.content.set(0);  // a write, which races with every reader
    memory.freed.set(memory.freed.get() + 1);
  }
  static void free_buffer(BufferHead& head) noexcept { free_block(&head); }
};

using E = EpochOf<GracePeriod, WatchedHeaps>;

class Actor : public ExploredReader<E> {
 public:
  void retire(Retired& memory) {
    E::retire_buffer_of(memory.head);
    E::flush(slot());
  }
};

struct Scene {
  Actor one, two, three;
  Retired first, second;
  SysAtomic<Retired*> place{&first};

  Scene() {
    explorer::call(one.slot(), "one's slot");
    explorer::call(two.slot(), "two's slot");
    explorer::call(three.slot(), "three's slot");
  }

  void look() { look_at(place); }
  static void look_at(const SysAtomic<Retired*>& where) {
    // acquire: pairs with the release that put the memory there.
    if (Retired* const found = where.load(kAcquire))
      expect(found->content.get() == 7, "what is found is whole");
  }
  void unlink() { unlink_from(place); }
  static void unlink_from(SysAtomic<Retired*>& where) { where.store(nullptr, kRelease); }

  void settle() { orochi::settle({&one, &two, &three}); }
  void expect_back(const Retired& memory) { expect(memory.freed.get() == 1, "it came back, once"); }
};

// One retires. Two, who may be looking, detaches without a safepoint. Three is away.
struct AReaderDetaches : Scene {
  static constexpr unsigned kActors = 2;
  AReaderDetaches() {
    three.enter();
    three.detach();
  }
  void act(unsigned actor) {
    if (actor == 0) {
      one.enter();
      unlink();
      one.retire(first);
      one.safepoint();
    } else {
      two.enter();
      look();
      two.detach();
    }
  }
  void finish() {
    settle();
    expect_back(first);
  }
};

// One retires and detaches, two comes to a safepoint or not, and has to help.
struct ARetirerDetaches : Scene {
  static constexpr unsigned kActors = 2;
  ARetirerDetaches() {
    three.enter();
    three.detach();
  }
  void act(unsigned actor) {
    if (actor == 0) {
      one.enter();
      unlink();
      one.retire(first);
      one.detach();
    } else {
      two.enter();
      look();
      two.safepoint();
      look();
    }
  }
  void finish() {
    settle();
    expect_back(first);
  }
};

// One retires and exits, two detaches, three attaches: it is the only one left to see to it.
struct OnlyANewcomerIsLeft : Scene {
  static constexpr unsigned kActors = 3;
  OnlyANewcomerIsLeft() {
    three.enter();
    three.detach();
  }
  void act(unsigned actor) {
    if (actor == 0) {
      one.enter();
      unlink();
      one.retire(first);
      one.exit();
    } else if (actor == 1) {
      two.enter();
      look();
      two.detach();
    } else {
      three.enter();
      three.attach();
      look();
    }
  }
  void finish() {
    settle();
    expect_back(first);
  }
};

// One and two each retire and wait for the other; three, who holds up both, detaches.
struct TwoWaitForOneAnother : Scene {
  static constexpr unsigned kActors = 3;
  void act(unsigned actor) {
    if (actor == 0) {
      one.enter();
      unlink();
      one.retire(first);
    } else if (actor == 1) {
      two.enter();
      two.retire(second);
    } else {
      three.enter();
      look();
      three.detach();
    }
  }
  void finish() {
    settle();
    expect_back(first);
    expect_back(second);
  }
};

// One, two and three are attached, and only two has not passed what one waits for. It comes to a
// safepoint and tells one, who detaches and asks somebody to act for it; that one may be two, who
// detaches as well, without another safepoint. Three is there all the time.
struct AnAskedThreadDetaches : Scene {
  static constexpr unsigned kActors = 2;
  AnAskedThreadDetaches() {
    one.enter();
    unlink();
    one.retire(first);
    three.enter();
    three.safepoint();
    current() = {};
  }
  void act(unsigned actor) {
    if (actor == 0) {
      one.enter();
      one.detach();
    } else {
      two.enter();
      look();
      two.safepoint();
      two.detach();
    }
  }
  void finish() {
    settle();
    expect_back(first);
  }
};

// One retired and went away, and only two holds it up. Two comes to a safepoint and helps one, who
// comes back.
struct AHelpedRetirerAttaches : Scene {
  static constexpr unsigned kActors = 2;
  AHelpedRetirerAttaches() {
    three.enter();
    three.detach();
    one.enter();
    unlink();
    one.retire(first);
    one.detach();
    current() = {};
  }
  void act(unsigned actor) {
    if (actor == 0) {
      two.enter();
      look();
      two.safepoint();
    } else {
      one.enter();
      one.attach();
      look();
      one.safepoint();
    }
  }
  void finish() {
    settle();
    expect_back(first);
  }
};

// Blocks of one's slab, whose bits stand in one word. Others retire them.
struct SlabScene : Scene {
  Slab slab;
  Retired blocks[2];
  SysAtomic<std::uint64_t> retired{0};
  std::uint64_t waiting = 0;
  SysAtomic<Retired*> places[2] = {SysAtomic<Retired*>(&blocks[0]),
                                   SysAtomic<Retired*>(&blocks[1])};

  SlabScene() {
    slab.base = reinterpret_cast<char*>(blocks);
    slab.block_bytes = sizeof(Retired);
    slab.blocks = 2;
    slab.owner = one.id();
    slab.marks.retired = &retired;
    slab.marks.waiting = &waiting;
    explorer::call(slab, "slab");
    explorer::call(retired, "retired bits");
  }
  // Looks at the other block before.
  void retire_block(Actor& actor, unsigned index) {
    actor.enter();
    look_at(places[1 - index]);
    unlink_from(places[index]);
    E::retire_in(slab, &blocks[index]);
  }
  // Somebody wants all memory back, in the end.
  void flush(Actor& actor) {
    settle();
    actor.enter();
    E::flush_all(actor.slot());
    settle();
  }
};

// Two and three retire blocks of one, who collects what it finds.
struct TwoRetireWhileTheOwnerCollects : SlabScene {
  static constexpr unsigned kActors = 3;
  void act(unsigned actor) {
    if (actor != 0) return retire_block(actor == 1 ? two : three, actor - 1);
    one.enter();
    one.slot().retired.flushing.store(true, kRelaxed);  // a batch of any size
    E::report(one.slot());
  }
  void finish() {
    flush(one);
    for (const Retired& block : blocks) expect_back(block);
  }
};

// Two retires a block of one, who exits.
struct AnOwnerExits : SlabScene {
  static constexpr unsigned kActors = 2;
  void act(unsigned actor) {
    if (actor == 0) {
      one.enter();
      look_at(places[0]);
      one.exit();
    } else {
      retire_block(two, 0);
    }
  }
  void finish() {
    flush(two);
    expect_back(blocks[0]);
  }
};

// The twin of AnOwnerExits and of its kin: two pushes the slab first, and sets the bit afterwards.
struct ARetirerPushesTooEarly : TwoRetireWhileTheOwnerCollects {
  void act(unsigned actor) {
    if (actor != 1) return TwoRetireWhileTheOwnerCollects::act(actor);
    two.enter();
    unlink_from(places[0]);
    one.slot().retires.push(slab);
    retired.fetch_or(std::uint64_t{1}, kRelease);
    one.slot().retired_by_others.fetch_add(sizeof(Retired), kRelaxed);
  }
};

// The twin of AReaderDetaches: two looks for waiters first, and moves its state afterwards.
struct ALeaverLooksTooEarly : AReaderDetaches {
  void act(unsigned actor) {
    if (actor == 0) return AReaderDetaches::act(actor);
    two.enter();
    E::leave(two.slot());
    two.move(SlotState::kAttached, SlotState::kDetached);
  }
};

// The twin of OnlyANewcomerIsLeft: three looks at the list first, and moves its state afterwards.
struct ANewcomerLooksTooEarly : OnlyANewcomerIsLeft {
  void act(unsigned actor) {
    if (actor != 2) return OnlyANewcomerIsLeft::act(actor);
    three.enter();
    E::enter(three.slot());
    while (!three.slot().state.move(SlotState::kDetached, SlotState::kAttached)) platform::yield();
  }
};

TEST(EpochExplore, AReaderThatDetachesTellsTheWaiter) {
  expect_sound<AReaderDetaches>({.preemptions = 3});
}
TEST(EpochExplore, ARetirerThatDetachesIsHelped) {
  expect_sound<ARetirerDetaches>({.preemptions = 3});
}
TEST(EpochExplore, ANewcomerFindsWhatNobodyElseCanDo) {
  expect_sound<OnlyANewcomerIsLeft>({.preemptions = 2});
}
TEST(EpochExplore, WhoeverIsAskedAndDetachesPassesItOn) {
  expect_sound<AnAskedThreadDetaches>({.preemptions = 3});
}
TEST(EpochExplore, NoneOfTwoWaitersIsForgotten) {
  expect_sound<TwoWaitForOneAnother>({.preemptions = 1});
}
TEST(EpochExplore, AHelperAndTheHelpedFreeOnce) {
  expect_sound<AHelpedRetirerAttaches>({.preemptions = 3});
}
TEST(EpochExplore, NoBlockIsForgottenByACollection) {
  expect_sound<TwoRetireWhileTheOwnerCollects>({.preemptions = 2});
}
TEST(EpochExplore, NoBlockOfAnExitingOwnerIsForgotten) {
  expect_sound<AnOwnerExits>({.preemptions = 3});
}
TEST(EpochExplore, ARetirerThatPushesTooEarlyIsCaught) {
  expect_caught<ARetirerPushesTooEarly>(Fault::kCheck);
}
TEST(EpochExplore, ALeaverThatLooksTooEarlyIsCaught) {
  expect_caught<ALeaverLooksTooEarly>(Fault::kCheck);
}
TEST(EpochExplore, ANewcomerThatLooksTooEarlyIsCaught) {
  expect_caught<ANewcomerLooksTooEarly>(Fault::kCheck);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
