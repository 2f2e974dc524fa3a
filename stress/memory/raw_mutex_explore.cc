// memory/raw_mutex.h under every interleaving: exclusion, and that no sleeper is forgotten (I1).

#include <gtest/gtest.h>

#include "memory/raw_mutex.h"
#include "stress/explorer/explore.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::explore;
using explorer::Fault;
using explorer::Options;
using explorer::Report;
using explorer::Shared;

// Each thread takes the lock twice. `Lock` is the shipped one or a twin.
template <class Lock, unsigned kThreads>
struct Pairs {
  static constexpr unsigned kActors = kThreads;
  Lock mutex;
  Shared<unsigned> count{0};
  Pairs() {
    explorer::call(mutex, "mutex");
    explorer::call(count, "count");
  }
  void act(unsigned) {
    for (int i = 0; i < 2; ++i) {
      mutex.lock();
      count.set(count.get() + 1);
      mutex.unlock();
    }
  }
  void finish() { explorer::expect(count.get() == 2 * kActors, "every turn counts"); }
};

enum class Mistake {
  kRelaxedLock,     // what the last holder wrote need not be seen
  kRelaxedUnlock,   // the same, from the other side
  kForgetsSleeper,  // I1 broken: a woken sleeper takes the lock as if nobody slept beside it
  kChecksThenSets,  // two can see it free
};

// As RawMutex, but for one mistake.
template <Mistake kMistake>
class Twin {
 public:
  void lock() noexcept {
    if (kMistake == Mistake::kChecksThenSets) {
      while (word_.load(kAcquire) != 0) platform::spin_pause();
      return word_.store(1, kSeqCst);
    }
    const Order order = kMistake == Mistake::kRelaxedLock ? kRelaxed : kAcquire;
    std::uint32_t seen = 0;
    if (word_.compare_exchange(seen, 1, order, kRelaxed)) return;
    std::uint32_t taken = 2;
    while (word_.exchange(taken, order) != 0) {
      platform::futex_wait(word_, taken, platform::kNever);
      if (kMistake == Mistake::kForgetsSleeper) taken = 1;
    }
  }
  void unlock() noexcept {
    const Order order = kMistake == Mistake::kRelaxedUnlock ? kRelaxed : kRelease;
    if (word_.exchange(0, order) == 2) platform::futex_wake_one(word_);
  }

 private:
  SysAtomic<std::uint32_t> word_;
};

TEST(RawMutexExplored, TwoThreadsTwoPairs) {
  const Report report = explore<Pairs<RawMutex, 2>>({{.preemptions = 3}});
  EXPECT_TRUE(report.is_clean()) << report;
  EXPECT_TRUE(report.is_complete()) << report;
  RecordProperty("schedules", static_cast<int>(report.schedules));
}

TEST(RawMutexExplored, ThreeThreadsTwoPairs) {
  const Report report = explore<Pairs<RawMutex, 3>>();
  EXPECT_TRUE(report.is_clean()) << report;
  EXPECT_TRUE(report.is_complete()) << report;
}

TEST(RawMutexExplored, TwinsAreCaught) {
  const Report lock = explore<Pairs<Twin<Mistake::kRelaxedLock>, 2>>();
  EXPECT_TRUE(lock.found(Fault::kRace)) << lock;
  const Report unlock = explore<Pairs<Twin<Mistake::kRelaxedUnlock>, 2>>();
  EXPECT_TRUE(unlock.found(Fault::kRace)) << unlock;
  const Report sleeper = explore<Pairs<Twin<Mistake::kForgetsSleeper>, 3>>();
  EXPECT_TRUE(sleeper.found(Fault::kLostWakeup) || sleeper.found(Fault::kDeadlock)) << sleeper;
  const Report check = explore<Pairs<Twin<Mistake::kChecksThenSets>, 2>>();
  EXPECT_TRUE(check.found(Fault::kRace)) << check;
}

// try_lock never waits, and fails only while somebody holds the lock.
struct TryLock {
  static constexpr unsigned kActors = 2;
  RawMutex mutex;
  Shared<int> inside{0};
  SysAtomic<int> taken;
  void act(unsigned) {
    if (!mutex.try_lock()) return;
    inside.set(inside.get() + 1);
    mutex.unlock();
    taken.fetch_add(1, kRelaxed);
  }
  void finish() {
    explorer::expect(taken.load(kRelaxed) >= 1, "whoever came first got it");
    explorer::expect(!mutex.is_held(), "nobody holds it in the end");
  }
};

TEST(RawMutexExplored, TryLock) {
  const Report report = explore<TryLock>({{.preemptions = 3}});
  EXPECT_TRUE(report.is_clean()) << report;
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
