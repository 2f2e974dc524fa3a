// runtime/lifecycle.h under every interleaving: a shutdown waits for whom it has to, refuses whom
// it may, and leaves nothing behind that would keep the world from being stopped.

#include <gtest/gtest.h>

#include "runtime/lifecycle.h"
#include "runtime/world.h"
#include "stress/explorer/explore.h"
#include "stress/runtime/explored_crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::explore;
using explorer::Fault;
using explorer::Report;

// A shuts down; B is somebody else.
struct MainAndOther {
  static constexpr unsigned kActors = 2;
  Member main, other;
  Guarded of_other;

  // A's part. Once nobody is inside, everything is A's.
  void shut_down_and_use() {
    static_cast<void>(main.enter());
    explorer::expect(Lifecycle::shut_down(platform::kNever) == 0, "nobody is inside");
    of_other.use();
  }
};

// A shutdown waits for who is inside, and refuses who comes back.
struct ShutdownAgainstAttach : MainAndOther {
  void act(unsigned actor) {
    if (actor == 0) return shut_down_and_use();
    Thread& me = other.enter();
    of_other.use();
    me.detach();
    if (me.attach() != Attach::kDone) return;
    of_other.use();
    me.detach();
  }
};

TEST(LifecycleExplored, ShutdownWhileAThreadComesAndGoes) {
  expect_all(explore<ShutdownAgainstAttach>());
}

// B waits inside the runtime when the shutdown begins, comes back, and leaves at last. The shutdown
// must not take a thread that has just come back for one that will not.
struct ShutdownAgainstWait : MainAndOther {
  void act(unsigned actor) {
    if (actor == 0) return shut_down_and_use();
    Thread& me = other.enter();
    me.detach_to_wait();
    me.attach_after_wait();
    of_other.use();
    me.detach();
  }
  void finish() { explorer::expect(of_other.uses() == 2, "both had their turn"); }
};

TEST(LifecycleExplored, ShutdownWhileAThreadComesBackFromAWait) {
  expect_all(explore<ShutdownAgainstWait>());
}

// B has waited for long when a shutdown refuses it, and stops follow each other. What it is owed
// must not outlast the refusal: nobody would pay it back, and no stop could begin any more (I4).
struct RefusedAfterALongWait : MainAndOther {
  RefusedAfterALongWait() {
    other.enter().detach();
    current() = {};
    other.slot().standing.waits_since.store(1, kRelaxed);  // as an earlier stop would have left it
    Notices::post(Notice::kShutdown);
  }
  void act(unsigned actor) {
    if (actor == 1) {
      explorer::expect(other.enter().attach() == Attach::kRefused, "it is refused");
      return;
    }
    static_cast<void>(main.enter());
    for (int i = 0; i < 2; ++i) {
      const StoppedWorld stopped;
      of_other.use();
    }
  }
  void finish() { explorer::expect(of_other.uses() == 2, "both stops came about"); }
};

TEST(LifecycleExplored, ARefusedThreadIsOwedNothing) {
  explore_in_two_halves<RefusedAfterALongWait>();
}

// --- Twin: a promise to return, in small, that is taken back too early. ---

enum class Mistake { kNone, kTakenBackAtTheReturn };

// B waits, comes back, and leaves for good; A waits until B is gone.
template <Mistake kMistake>
struct SmallShutdown {
  static constexpr unsigned kActors = 2;
  SysAtomic<bool> attached{true}, will_return;
  SysAtomic<std::uint32_t> departures;
  Guarded of_other;

  void leave(bool promise) {
    will_return.store(promise, kRelease);
    attached.store(false, kSeqCst);
    departures.fetch_add(1U, kRelease);
    platform::futex_wake_all(departures);
  }
  void act(unsigned actor) {
    if (actor == 1) {
      leave(true);
      attached.store(true, kSeqCst);
      if (kMistake == Mistake::kTakenBackAtTheReturn) will_return.store(false, kRelaxed);
      of_other.use();
      return leave(false);
    }
    for (;;) {
      const std::uint32_t seen = departures.load(kAcquire);
      if (!attached.load(kSeqCst) && !will_return.load(kAcquire)) break;
      platform::futex_wait(departures, seen, platform::kNever);
    }
    of_other.use();
  }
};

TEST(LifecycleExplored, TwinIsCaught) {
  const Report sound = explore<SmallShutdown<Mistake::kNone>>();
  EXPECT_TRUE(sound.is_clean()) << sound;
  const Report early = explore<SmallShutdown<Mistake::kTakenBackAtTheReturn>>();
  EXPECT_TRUE(early.found(Fault::kRace)) << early;
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
