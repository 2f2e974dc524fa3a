// runtime/world.h and runtime/thread.h under every interleaving: who stopped the world is alone, no
// stop is missed, and nobody waits for ever (I1 to I3; counterexamples W1 and H4).

#include <gtest/gtest.h>

#include "memory/helped_slot.h"
#include "memory/raw_mutex.h"
#include "runtime/world.h"
#include "stress/explorer/explore.h"
#include "stress/runtime/explored_crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::explore;
using explorer::Report;

// A's part in most of these: stops the world and uses what is the others'.
void stop_and_leave(const Member& stopper, Guarded& of_others) {
  Thread& me = stopper.enter();
  {
    const StoppedWorld stopped;
    of_others.use();
  }
  me.detach();
}

struct StopperAndOther {
  static constexpr unsigned kActors = 2;
  Member stopper, other;
  Guarded of_other;
};

// A stops the world and uses what is B's, while B comes and goes.
struct StopAgainstComingAndGoing : StopperAndOther {
  StopAgainstComingAndGoing() {
    explorer::call(stopper.slot(), "A's slot");
    explorer::call(other.slot(), "B's slot");
  }
  void act(unsigned actor) {
    if (actor == 0) return stop_and_leave(stopper, of_other);
    Thread& me = other.enter();
    me.detach();
    static_cast<void>(me.attach());
    of_other.use();
    me.detach();
  }
  void finish() {
    explorer::expect(of_other.uses() == 2, "both had their turn");
    explorer::expect(other.slot().state.load() == SlotState::kDetached, "B is left detached");
  }
};

TEST(WorldExplored, StopWhileAThreadComesAndGoes) {
  explore_in_two_halves<StopAgainstComingAndGoing>();
}

// B is attached and comes to a safepoint.
struct StopAgainstSafepoint : StopperAndOther {
  void act(unsigned actor) {
    if (actor == 0) return stop_and_leave(stopper, of_other);
    Thread& me = other.enter();
    of_other.use();
    safepoint();
    of_other.use();
    me.detach();
  }
  void finish() { explorer::expect(of_other.uses() == 3, "all had their turn"); }
};

TEST(WorldExplored, StopWhileAThreadPassesASafepoint) {
  explore_in_two_halves<StopAgainstSafepoint>();
}

// Two stop the world at once: one after the other.
struct TwoStoppers {
  static constexpr unsigned kActors = 2;
  Member members[2];
  Guarded of_all;
  void act(unsigned actor) { stop_and_leave(members[actor], of_all); }
  void finish() {
    explorer::expect(of_all.uses() == 2, "both stopped it");
    explorer::expect(World::timing().stops == 2, "and were counted");
  }
};

TEST(WorldExplored, TwoStoppers) { explore_in_two_halves<TwoStoppers>(); }

// W1: the stop that a thread saw when it detached is over before it gets to suspend itself; then
// the next stop comes. It must neither sleep for ever nor be counted down for nothing.
struct TwoStopsAgainstDetach : StopperAndOther {
  void act(unsigned actor) {
    if (actor == 0) {
      static_cast<void>(stopper.enter());
      for (int i = 0; i < 2; ++i) {
        const StoppedWorld stopped;
        of_other.use();
      }
      return;
    }
    Thread& me = other.enter();
    of_other.use();
    me.detach();
  }
};

TEST(WorldExplored, AStopEndsWhileAThreadSuspendsItself) {
  explore_in_two_halves<TwoStopsAgainstDetach>();
  expect_all(explore<TwoStopsAgainstDetach>({{3, 0, 0, 0, 0}}));
}

// H4: B holds C's slot as a helper when A stops the world; C wants back in.
struct StopAgainstHelper {
  static constexpr unsigned kActors = 3;
  Member stopper, helper, sleeper;
  Guarded of_sleeper;
  StopAgainstHelper() {
    sleeper.enter().detach();
    current() = {};
    explorer::call(sleeper.slot(), "C's slot");
  }
  void act(unsigned actor) {
    if (actor == 0) return stop_and_leave(stopper, of_sleeper);
    if (actor == 1) {
      Thread& me = helper.enter();
      if (const HelpedSlot held(sleeper.slot()); held) of_sleeper.use();
      return me.detach();
    }
    Thread& me = sleeper.enter();
    static_cast<void>(me.attach());
    of_sleeper.use();
    me.detach();
  }
};

TEST(WorldExplored, StopWhileAHelperHoldsASlot) { explore_in_two_halves<StopAgainstHelper>(); }

// A thread comes into being, or goes for good, in the middle of a stop.
struct StopAgainstStart {
  static constexpr unsigned kActors = 2;
  Member stopper;
  Guarded of_other;
  void act(unsigned actor) {
    if (actor == 0) return stop_and_leave(stopper, of_other);
    explorer::expect(Thread::start() == Attach::kDone, "it starts");
    of_other.use();
    Thread::exit();
  }
  void finish() { explorer::expect(of_other.uses() == 2, "both had their turn"); }
};

TEST(WorldExplored, StopWhileAThreadStartsAndExits) { explore_in_two_halves<StopAgainstStart>(); }

struct StopAgainstExit : StopperAndOther {
  void act(unsigned actor) {
    if (actor == 0) return stop_and_leave(stopper, of_other);
    static_cast<void>(other.enter());
    of_other.use();
    Thread::exit();
  }
  void finish() { explorer::expect(of_other.uses() == 2, "both had their turn"); }
};

TEST(WorldExplored, StopWhileAThreadExits) { expect_all(explore<StopAgainstExit>()); }

// An exclusive world is given back while its thread is detached.
struct ExclusiveGivesWay {
  static constexpr unsigned kActors = 2;
  Member exclusive, other;
  Guarded of_all;
  void act(unsigned actor) {
    if (actor == 0) {
      Thread& me = exclusive.enter();
      {
        const StoppedWorld stopped(StopKind::kExclusive);
        of_all.use();
        me.detach();
        static_cast<void>(me.attach());
        of_all.use();
      }
      return me.detach();
    }
    Thread& me = other.enter();
    of_all.use();
    safepoint();
    of_all.use();
    me.detach();
  }
  void finish() { explorer::expect(of_all.uses() == 4, "all had their turn"); }
};

TEST(WorldExplored, AnExclusiveWorldIsGivenBackInBetween) {
  explore_in_two_halves<ExclusiveGivesWay>();
}

// --- Twins: the handshake in small, with one mistake each. ---

enum class Mistake {
  kNone,
  kWeakDetach,    // "store mine, then read yours" without seq_cst
  kNoSecondLook,  // W1: suspends itself for a stop that may be over
};

// One stopper, one thread. States: 0 attached, 1 detached, 2 suspended.
template <Mistake kMistake>
struct SmallWorld {
  static constexpr unsigned kActors = 2;
  SysAtomic<std::uint32_t> state{0}, flag{0}, awaited{0};
  RawMutex lock;
  Guarded of_other;

  void stop() {
    {
      const RawLock held(lock);
      flag.store(1, kSeqCst);
      for (std::uint32_t seen = state.load(kSeqCst); seen != 2; seen = state.load(kSeqCst)) {
        if (seen == 0) {
          awaited.store(1, kRelaxed);
          break;
        }
        if (state.compare_exchange(seen, 2, kSeqCst, kRelaxed)) break;
      }
    }
    for (;;) {
      const std::uint32_t left = awaited.load(kAcquire);
      if (left == 0) return;
      platform::futex_wait(awaited, left, platform::kNever);
    }
  }
  void start() {
    const RawLock held(lock);
    flag.store(0, kSeqCst);
    std::uint32_t seen = 2;
    state.compare_exchange(seen, 1, kSeqCst, kRelaxed);
    platform::futex_wake_all(state);
  }
  void suspend_self() {
    const RawLock held(lock);
    if (kMistake != Mistake::kNoSecondLook && flag.load(kRelaxed) == 0) return;
    std::uint32_t seen = 1;
    if (!state.compare_exchange(seen, 2, kSeqCst, kRelaxed)) return;
    if (kMistake != Mistake::kNoSecondLook && awaited.load(kRelaxed) == 0) return;
    awaited.fetch_sub(1U, kRelease);
    platform::futex_wake_all(awaited);
  }
  void detach() {
    state.store(1, kMistake == Mistake::kWeakDetach ? kRelease : kSeqCst);
    if (flag.load(kMistake == Mistake::kWeakDetach ? kAcquire : kSeqCst) != 0) suspend_self();
  }
  void attach() {
    for (;;) {
      std::uint32_t seen = 1;
      if (!state.compare_exchange(seen, 0, kSeqCst, kRelaxed)) {
        if (seen == 2) platform::futex_wait(state, 2, platform::kNever);
        continue;
      }
      if (flag.load(kSeqCst) == 0) return;
      detach();
    }
  }

  void act(unsigned actor) {
    if (actor == 0) {
      for (int i = 0; i < 2; ++i) {
        stop();
        of_other.use();
        start();
      }
      return;
    }
    of_other.use();
    detach();
    attach();
    of_other.use();
    detach();
  }
};

TEST(WorldExplored, TwinsAreCaught) {
  const Report sound = explore<SmallWorld<Mistake::kNone>>();
  EXPECT_TRUE(sound.is_clean()) << sound;
  const Report weak = explore<SmallWorld<Mistake::kWeakDetach>>();
  EXPECT_FALSE(weak.is_clean()) << weak;
  const Report look = explore<SmallWorld<Mistake::kNoSecondLook>>({{.preemptions = 3}});
  EXPECT_FALSE(look.is_clean()) << look;
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
