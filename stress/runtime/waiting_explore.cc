// Semaphore, event, once, condition and reader-writer lock under every interleaving: no wake-up is
// lost, deadlines included, and what was written before is seen after.

#include <gtest/gtest.h>

#include "runtime/condition.h"
#include "runtime/event.h"
#include "runtime/once.h"
#include "runtime/rw_lock.h"
#include "runtime/semaphore.h"
#include "stress/explorer/explore.h"
#include "stress/runtime/explored_crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::Bounds;
using explorer::explore;
using explorer::Fault;
using explorer::Report;
using explorer::Shared;

constexpr Bounds kTimes{2, 0, 1, 0, 0};

// --- Semaphore ---

// One gives two units at once to two that wait, who then share a box by turns.
struct UnitsForTwo {
  static constexpr unsigned kActors = 3;
  Semaphore units{0};
  Shared<int> box{0};
  void act(unsigned actor) {
    if (actor == 0) {
      box.set(1);
      explorer::expect(units.release(2), "they fit");
    } else {
      units.acquire();
      explorer::expect(box.get() == 1, "what was written before the release is seen");
    }
  }
  void finish() { explorer::expect(units.units() == 0, "each had one"); }
};

TEST(WaitingExplored, ASemaphoreWakesAsManyAsItGetsUnits) { explore_in_two_halves<UnitsForTwo>(); }

// I3: two add to all but one of the units that it can count.
struct OneFits {
  static constexpr unsigned kActors = 2;
  Semaphore units{Semaphore::kMost - 1};
  bool added[2] = {};
  void act(unsigned actor) { added[actor] = units.release(); }
  void finish() {
    explorer::expect(added[0] != added[1], "one of them fits");
    explorer::expect(units.units() == Semaphore::kMost, "and is counted");
  }
};

TEST(WaitingExplored, ASemaphoreNeverCountsTooFar) { explore_in_two_halves<OneFits>(); }

// A waiter gives up while a unit comes: either it has the unit or the other waiter gets it.
struct GivesUpBesideAnother {
  static constexpr unsigned kActors = 3;
  Semaphore units{0};
  bool gave_up = false;
  void act(unsigned actor) {
    if (actor == 0) explorer::expect(units.release(), "it fits");
    if (actor == 1) gave_up = !units.acquire_for(platform::kMicrosecond);
    if (actor == 1 && !gave_up) explorer::expect(units.release(), "it is passed on");
    if (actor == 2) units.acquire();
  }
  void finish() { explorer::expect(units.units() == 0, "who waits without a deadline has it"); }
};

TEST(WaitingExplored, AUnitIsNotLostToAWaiterThatGivesUp) {
  expect_all(explore<GivesUpBesideAnother>({kTimes}));
}

// --- Event and once ---

// I1 of runtime/event.h: who returned from its wait may destroy the event.
struct EventThatDies {
  static constexpr unsigned kActors = 2;
  Event* event = new Event;
  Shared<int> payload{0};
  void act(unsigned actor) {
    if (actor == 0) {
      payload.set(1);
      return event->set();
    }
    event->wait();
    explorer::expect(payload.get() == 1, "it brings what was written before");
    delete event;
  }
};

TEST(WaitingExplored, AnEventMayDieAfterTheWait) { explore_in_two_halves<EventThatDies>(); }

// The first try fails, whoever's it is.
struct SecondTry {
  static constexpr unsigned kActors = 3;
  Once once;
  Shared<int> tries{0};
  int failed[3] = {};
  void act(unsigned actor) {
    while (!once.run([this] {
      tries.set(tries.get() + 1);
      return tries.get() == 2;
    }))
      ++failed[actor];
    explorer::expect(tries.get() == 2, "what the good try wrote is seen");
  }
  void finish() { explorer::expect(failed[0] + failed[1] + failed[2] == 1, "one try failed"); }
};

TEST(WaitingExplored, OnceIsTriedUntilItSucceeds) {
  expect_all(explore<SecondTry>({{2, 0, 0, 0, 0}}));
  expect_all(explore<SecondTry>({{1, 1, 0, 0, 0}}));
}

// --- Condition ---

struct TwoConsumers {
  static constexpr unsigned kActors = 3;
  Mutex mutex;
  Condition changed;
  Shared<int> box{0};
  void act(unsigned actor) {
    const Lock lock(mutex);
    if (actor == 0) {
      box.set(2);
      return changed.notify_all();
    }
    while (box.get() == 0) changed.wait(mutex);
    box.set(box.get() - 1);
  }
  void finish() { explorer::expect(box.get() == 0, "each took one"); }
};

TEST(WaitingExplored, AConditionForgetsNobody) {
  expect_all(explore<TwoConsumers>({{2, 0, 0, 0, 0}}));
  expect_all(explore<TwoConsumers>({{1, 1, 0, 0, 0}}));
}

// --- Reader-writer lock ---

// Two writers and a reader; a deadline makes of one of them somebody who may give up.
template <int kImpatient>
struct OneReader {
  static constexpr unsigned kActors = 3;
  static constexpr int kNobodyImpatient = -1;
  RwLock lock;
  Shared<int> value{0};
  bool gave_up = false;

  bool enter(unsigned actor) {
    const bool impatient = static_cast<int>(actor) == kImpatient;
    const platform::Nanos span = impatient ? platform::kMicrosecond : platform::kNever;
    return actor == 0 ? lock.lock_shared_for(span) : lock.lock_for(span);
  }
  void act(unsigned actor) OROCHI_UNCHECKED_LOCKING {
    if (!enter(actor)) {
      gave_up = true;
    } else if (actor == 0) {
      static_cast<void>(value.get());
      lock.unlock_shared();
    } else {
      value.set(value.get() + 1);
      lock.unlock();
    }
  }
  void finish() {
    explorer::expect(value.get() == (kImpatient > 0 && gave_up ? 1 : 2), "writers had their turn");
    explorer::expect(lock.try_lock(), "and everybody left");
  }
};

TEST(WaitingExplored, ReadersAndWritersForgetNobody) {
  explore_in_two_halves<OneReader<-1>>();
  expect_all(explore<OneReader<0>>({kTimes}));
  expect_all(explore<OneReader<1>>({kTimes}));
}

// --- Twins: a semaphore in small, with one mistake each. ---

enum class Mistake {
  kNone,
  kAddsOutside,  // the unit is added after the sleeper was chosen, under no lock
  kChecksFirst,  // whether a unit fits is asked before the exchange that adds it
};

template <Mistake kMistake>
class SmallSemaphore {
 public:
  static constexpr std::uint32_t kMost = 2;
  explicit SmallSemaphore(std::uint32_t units) : units_(units) {}
  bool release() {
    if (units_.load(kRelaxed) == kMost) return false;
    if (kMistake == Mistake::kChecksFirst) {
      units_.fetch_add(1U, kRelease);
      return true;
    }
    if (kMistake == Mistake::kAddsOutside) {
      ParkingLot::unpark_one(&units_, [](Found) {});
      units_.fetch_add(1U, kRelease);
      return true;
    }
    bool fits = false;
    ParkingLot::unpark_one(&units_, [this, &fits](Found) {
      std::uint32_t seen = units_.load(kRelaxed);
      do {
        fits = seen != kMost;
      } while (fits && !units_.compare_exchange(seen, seen + 1, kRelease, kRelaxed));
    });
    return fits;
  }
  void acquire() {
    for (;;) {
      std::uint32_t seen = units_.load(kRelaxed);
      while (seen != 0)
        if (units_.compare_exchange(seen, seen - 1, kAcquire, kRelaxed)) return;
      static_cast<void>(ParkingLot::park(&units_, [this] { return units_.load(kRelaxed) == 0; }));
    }
  }
  [[nodiscard]] std::uint32_t units() const { return units_.load(kRelaxed); }

 private:
  SysAtomic<std::uint32_t> units_;
};

template <Mistake kMistake>
struct SmallUnits {
  static constexpr unsigned kActors = 2;
  SmallSemaphore<kMistake> units{0};
  void act(unsigned actor) {
    if (actor == 0) {
      static_cast<void>(units.release());
    } else {
      units.acquire();
    }
  }
};

template <Mistake kMistake>
struct SmallFits {
  static constexpr unsigned kActors = 2;
  SmallSemaphore<kMistake> units{1};
  void act(unsigned) { static_cast<void>(units.release()); }
  void finish() { explorer::expect(units.units() == 2, "never too many"); }
};

TEST(WaitingExplored, TwinsAreCaught) {
  expect_all(explore<SmallUnits<Mistake::kNone>>());
  expect_all(explore<SmallFits<Mistake::kNone>>());
  const Report outside = explore<SmallUnits<Mistake::kAddsOutside>>();
  EXPECT_FALSE(outside.is_clean()) << outside;
  const Report first = explore<SmallFits<Mistake::kChecksFirst>>();
  EXPECT_TRUE(first.found(Fault::kCheck)) << first;
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
