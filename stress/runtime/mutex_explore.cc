// runtime/mutex.h and runtime/parking.h under every interleaving: exclusion, no sleeper forgotten,
// and no lock for a suspended thread (rule 41; counterexample W3).

#include <gtest/gtest.h>

#include "runtime/mutex.h"
#include "runtime/parking.h"
#include "runtime/world.h"
#include "stress/explorer/explore.h"
#include "stress/runtime/explored_crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::Bounds;
using explorer::explore;
using explorer::Fault;
using explorer::Report;
using explorer::Shared;

// With the clock, which the woken thread reads.
constexpr Bounds kManyPreemptionsAndTimes{2, 0, 0, 1, 0};
constexpr Bounds kMuchWeakMemoryAndTimes{1, 2, 0, 1, 0};

// Threads that the runtime does not know, each with one turn.
template <class Lockable, unsigned kThreads>
struct Turns {
  static constexpr unsigned kActors = kThreads;
  Lockable mutex;
  Shared<unsigned> turns{0};
  Turns() { explorer::call(mutex, "mutex"); }
  void act(unsigned) {
    mutex.lock();
    turns.set(turns.get() + 1);
    mutex.unlock();
  }
  void finish() { explorer::expect(turns.get() == kActors, "every turn counts"); }
};

TEST(MutexExplored, TwoThreads) { expect_all(explore<Turns<Mutex, 2>>({{.preemptions = 3}})); }

TEST(MutexExplored, ThreeThreads) {
  expect_all(explore<Turns<Mutex, 3>>({kManyPreemptionsAndTimes}));
  expect_all(explore<Turns<Mutex, 3>>({kMuchWeakMemoryAndTimes}));
}

// A waiter with a deadline gives up while it is being woken: the wake-up is not lost for the other.
struct GivesUpWhileWoken {
  static constexpr unsigned kActors = 3;
  Mutex mutex;
  Shared<int> turns{0};
  void act(unsigned actor) {
    if (actor == 2) {
      if (!mutex.lock_for(platform::kMicrosecond)) return;
    } else {
      mutex.lock();
    }
    turns.set(turns.get() + 1);
    mutex.unlock();
  }
  void finish() { explorer::expect(turns.get() >= 2, "who waits without a deadline has a turn"); }
};

TEST(MutexExplored, AWaiterGivesUpWhileItIsWoken) {
  expect_all(explore<GivesUpWhileWoken>({{2, 0, 1, 0, 0}}));
}

// --- Parking: an event, right and wrong. ---

template <bool kAsksAgain>
struct Event {
  static constexpr unsigned kActors = 2;
  SysAtomic<std::uint32_t> word;
  Shared<int> payload{0};
  void act(unsigned actor) {
    if (actor == 0) {
      while (word.load(kAcquire) == 0) {
        // relaxed: asked under the bucket's lock, which the waker takes after its store.
        static_cast<void>(
            ParkingLot::park(&word, [this] { return !kAsksAgain || word.load(kRelaxed) == 0; },
                             {.park = Park::kAsItIs}));
      }
      explorer::expect(payload.get() == 1, "the event brings its payload");
    } else {
      payload.set(1);
      word.store(1, kRelease);
      ParkingLot::unpark_all(&word, [](Found) {});
    }
  }
};

TEST(ParkingExplored, NoWakeUpFallsBetweenCheckAndSleep) {
  expect_all(explore<Event<true>>({{.preemptions = 3, .spurious = 1}}));
  const Report twin = explore<Event<false>>();
  EXPECT_TRUE(twin.found(Fault::kDeadlock)) << twin;
}

// --- Twins of the lock: as Mutex in its use of the parking lot, with one mistake each. ---

enum class Mistake {
  kHandsOver,      // D9 as it first was: the lock is given to the woken thread (W3)
  kForgetsOthers,  // unlock wakes one and forgets that others sleep
};

template <Mistake kMistake>
class Twin {
 public:
  void lock() noexcept {
    for (;;) {
      std::uint8_t seen = kFree;
      if (byte_.compare_exchange(seen, kHeld, kAcquire, kRelaxed)) return;
      if (!byte_.compare_exchange(seen, kHeldWithSleepers, kRelaxed, kRelaxed) &&
          seen != kHeldWithSleepers)
        continue;
      const Parked parked = ParkingLot::park(
          &byte_, [this] { return byte_.load(kRelaxed) == kHeldWithSleepers; }, {});
      if (kMistake == Mistake::kHandsOver && parked == Parked::kWoken) return;
    }
  }
  void unlock() noexcept {
    std::uint8_t seen = kHeld;
    if (byte_.compare_exchange(seen, kFree, kRelease, kRelaxed)) return;
    ParkingLot::unpark_one(&byte_, [this](Found found) {
      if (kMistake == Mistake::kForgetsOthers || found.chosen == 0)
        return byte_.store(kFree, kRelease);
      byte_.store(found.more ? kHeldWithSleepers : kHeld, kRelease);
    });
  }

 private:
  static constexpr std::uint8_t kFree = 0, kHeld = 1, kHeldWithSleepers = 2;
  SysAtomic<std::uint8_t> byte_;
};

// Who waits is detached; somebody stops the world meanwhile, and may take the lock within.
template <class Lockable, StopKind kKind>
struct StopWhileOthersLock {
  static constexpr unsigned kActors = 3;
  Member members[3];
  Lockable mutex;
  Guarded of_lock;
  StopWhileOthersLock() { explorer::call(mutex, "mutex"); }
  void act(unsigned actor) {
    Thread& me = members[actor].enter();
    if (actor == 2) {
      const StoppedWorld stopped(kKind);
      if (kKind == StopKind::kExclusive) use_under_lock();
    } else {
      use_under_lock();
    }
    me.detach();
  }
  void use_under_lock() {
    mutex.lock();
    of_lock.use();
    mutex.unlock();
  }
  void finish() {
    explorer::expect(of_lock.uses() == (kKind == StopKind::kExclusive ? 3 : 2), "all had a turn");
    // Nobody holds the lock in a stopped world, so whoever is alone there need not wait for it,
    // which would be to give the world back and to stop it once more.
    explorer::expect(World::timing().stops == 1, "the lock belongs to no suspended thread");
  }
};

TEST(MutexExplored, APauseWhileOthersLock) {
  expect_all(explore<StopWhileOthersLock<Mutex, StopKind::kPause>>({{1, 1, 0, 0, 0}}));
}

TEST(Trap03, NoLockForASuspendedThread) {
  expect_all(explore<StopWhileOthersLock<Mutex, StopKind::kExclusive>>({{1, 1, 0, 0, 0}}));
  using HandedOver = StopWhileOthersLock<Twin<Mistake::kHandsOver>, StopKind::kExclusive>;
  const Report twin = explore<HandedOver>({{2, 0, 0, 0, 0}});
  EXPECT_TRUE(twin.found(Fault::kCheck)) << twin;
}

TEST(MutexExplored, TwinsAreCaught) {
  const Report forgets = explore<Turns<Twin<Mistake::kForgetsOthers>, 3>>();
  EXPECT_FALSE(forgets.is_clean()) << forgets;
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
