#include "runtime/mutex.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "runtime/lifecycle.h"
#include "runtime/world.h"
#include "tests/runtime/crew.h"
#include "tests/runtime/lock_inspector.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// The analysis follows locks through scopes and not through tests that play with them.
#define UNCHECKED OROCHI_UNCHECKED_LOCKING

constexpr LockByte::Bits kFree = 0;
constexpr LockByte::Bits kLocked = 1;
constexpr LockByte::Bits kParked = 0x80;
constexpr LockByte::Bits kWoken = 4;
constexpr LockByte::Bits kReserved = 8;

bool has_sleeper(const Mutex& mutex) {
  return eventually([&] { return LockInspector::has_sleepers(mutex); });
}

TEST(Mutex, IsFreeAgainAfterEveryUse) UNCHECKED {
  Mutex mutex;
  {
    const Lock lock(mutex);
    EXPECT_EQ(LockInspector::bits(mutex), kLocked);
  }
  EXPECT_EQ(LockInspector::bits(mutex), kFree);
  ASSERT_TRUE(mutex.try_lock());
  EXPECT_EQ(LockInspector::bits(mutex), kLocked);
  mutex.unlock();
  EXPECT_EQ(LockInspector::bits(mutex), kFree);
}

struct Shape {
  int threads;
  int turns;
  int work;
};

class MutexConcurrency : public ::testing::TestWithParam<Shape> {};

TEST_P(MutexConcurrency, LetsOneInAtATimeAndEndsFree) {
  const Shape shape = GetParam();
  Mutex mutex;
  std::uint64_t plain = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < shape.threads; ++i) {
    threads.emplace_back([&] {
      for (int turn = 0; turn < shape.turns; ++turn) {
        const Lock lock(mutex);
        const std::uint64_t seen = plain;
        for (int j = 0; j < shape.work; ++j) platform::spin_pause();
        plain = seen + 1;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(plain,
            static_cast<std::uint64_t>(shape.threads) * static_cast<std::uint64_t>(shape.turns));
  EXPECT_EQ(LockInspector::bits(mutex), kFree);
}

INSTANTIATE_TEST_SUITE_P(Matrix, MutexConcurrency,
                         ::testing::Values(Shape{1, 10000, 0}, Shape{2, 10000, 0},
                                           Shape{2, 2000, 20}, Shape{8, 2000, 0}, Shape{8, 500, 20},
                                           Shape{32, 200, 5}));

TEST(MutexWaits, AnUnlockPassesTheLockOn) UNCHECKED {
  Mutex mutex;
  mutex.lock();
  Flag inside;
  std::thread waiter([&] {
    const Lock lock(mutex);
    raise(inside);
  });
  ASSERT_TRUE(has_sleeper(mutex));
  EXPECT_FALSE(is_raised(inside));
  mutex.unlock();
  waiter.join();
  EXPECT_TRUE(is_raised(inside));
  EXPECT_EQ(LockInspector::bits(mutex), kFree);
}

TEST(MutexWaits, GivesUpAtTheDeadlineAndLeavesTheLockUsable) UNCHECKED {
  Mutex mutex;
  mutex.lock();
  std::thread waiter([&]() UNCHECKED {
    EXPECT_FALSE(mutex.lock_for(0));
    EXPECT_FALSE(mutex.lock_for(-1));
    const platform::Nanos deadline = platform::deadline_in(2 * platform::kMillisecond);
    EXPECT_FALSE(mutex.lock_until(deadline));
    EXPECT_GE(platform::now(), deadline);
  });
  waiter.join();
  // It slept and went: PARKED may be left, and the unlock finds out that nobody is there.
  EXPECT_EQ(LockInspector::bits(mutex) & kLocked, kLocked);
  mutex.unlock();
  EXPECT_EQ(LockInspector::bits(mutex), kFree);
  ASSERT_TRUE(mutex.lock_for(0));
  mutex.unlock();
}

TEST(MutexWaits, ALateWaiterStillGetsTheLockBeforeTheDeadline) UNCHECKED {
  Mutex mutex;
  mutex.lock();
  std::thread waiter([&]() UNCHECKED {
    ASSERT_TRUE(mutex.lock_for(10 * platform::kSecond));
    mutex.unlock();
  });
  ASSERT_TRUE(has_sleeper(mutex));
  mutex.unlock();
  waiter.join();
}

// Trap 12: a try that spins, or fails although the lock is free. The lock is held free with a
// sleeper's mark on it by a thread that was woken and cannot attach.
TEST(Trap12, TryLockThatSpinsOrFailsOnAFreeLock) UNCHECKED {
  const Known known;
  Mutex mutex;
  mutex.lock();
  Flag inside;
  std::thread waiter = attached([&](Thread&) {
    const Lock lock(mutex);
    raise(inside);
  });
  ASSERT_TRUE(eventually_at_safepoints([&] { return LockInspector::has_sleepers(mutex); }));
  {
    const StoppedWorld stopped(StopKind::kExclusive);
    mutex.unlock();
    EXPECT_EQ(LockInspector::bits(mutex), kWoken);
    for (int i = 0; i < 100; ++i) {
      ASSERT_TRUE(mutex.try_lock());
      EXPECT_FALSE(mutex.try_lock());
      mutex.unlock();
      ASSERT_EQ(LockInspector::bits(mutex), kWoken);
    }
  }
  join_detached(waiter);
  EXPECT_TRUE(is_raised(inside));
  EXPECT_EQ(LockInspector::bits(mutex), kFree);
}

// Trap 3, W3, rule 41: a waiter is woken and suspended before it has the lock. The lock is
// nobody's: the thread that stopped the world takes it, sleeps nowhere, and the waiter is not
// forgotten.
TEST(Trap03, LockOwnedByASuspendedThreadWhileTheWorldIsStopped) UNCHECKED {
  const Known known;
  Mutex mutex;
  mutex.lock();
  Flag inside;
  std::thread waiter = attached([&](Thread&) {
    const Lock lock(mutex);
    raise(inside);
  });
  ASSERT_TRUE(eventually_at_safepoints([&] { return LockInspector::has_sleepers(mutex); }));
  {
    const StoppedWorld stopped(StopKind::kExclusive);
    mutex.unlock();
    mutex.lock();
    EXPECT_FALSE(is_raised(inside));
    mutex.unlock();
  }
  join_detached(waiter);
  EXPECT_TRUE(is_raised(inside));
}

// The same with a reservation, which closes the lock to newcomers and not to the exclusive thread.
TEST(Trap03, ReservationOfASuspendedThreadWhileTheWorldIsStopped) UNCHECKED {
  const Known known;
  Mutex mutex;
  mutex.lock();
  std::thread waiter = attached([&](Thread&) { const Lock lock(mutex); });
  ASSERT_TRUE(eventually_at_safepoints([&] { return LockInspector::has_sleepers(mutex); }));
  LockInspector::set_bits(mutex,
                          kLocked | kParked | kReserved);  // as a waiter woken in vain leaves it
  {
    const StoppedWorld stopped(StopKind::kExclusive);
    mutex.unlock();
    ASSERT_EQ(LockInspector::bits(mutex), kWoken | kReserved);
    // A thread that did not stop the world finds it closed, and would sleep until the waiter had
    // it.
    std::thread newcomer([&]() UNCHECKED {
      EXPECT_FALSE(mutex.try_lock());
      EXPECT_FALSE(mutex.lock_for(platform::kMillisecond));
    });
    newcomer.join();
    mutex.lock();
    mutex.unlock();
    EXPECT_TRUE(mutex.try_lock());
    mutex.unlock();
  }
  join_detached(waiter);
  EXPECT_EQ(LockInspector::bits(mutex), kFree);
}

// Trap 22: a lock that was promised to a thread which does not exist in the child.
TEST(Trap22, ForkChildWithALockOwnedByHandOff) UNCHECKED {
  const Known known;
  Mutex mutex;
  mutex.lock();
  std::thread waiter = attached([&](Thread&) { const Lock lock(mutex); });
  ASSERT_TRUE(eventually_at_safepoints([&] { return LockInspector::has_sleepers(mutex); }));
  LockInspector::set_bits(mutex, kLocked | kParked | kReserved);
  {
    const StoppedWorld stopped(StopKind::kExclusive);
    mutex.unlock();
    ASSERT_EQ(LockInspector::bits(mutex), kWoken | kReserved);
    const int child = Lifecycle::fork();
    if (child == 0) {
      const bool is_free = LockInspector::bits(mutex) == kFree;
      mutex.lock();
      mutex.unlock();
      _exit(is_free ? 0 : 1);
    }
    int status = -1;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
    EXPECT_EQ(LockInspector::bits(mutex), kWoken | kReserved);  // the parent's promise stands
  }
  join_detached(waiter);
  EXPECT_EQ(LockInspector::bits(mutex), kFree);
}

// A thread that never lets go for longer than an instant, and a waiter that wants one turn.
TEST(MutexWaits, AHogCannotKeepAWaiterOut) {
  Mutex mutex;
  Flag stop;
  std::thread hog([&] {
    while (!is_raised(stop)) {
      const Lock lock(mutex);
      for (int i = 0; i < 20; ++i) platform::spin_pause();
    }
  });
  for (int turn = 0; turn < 20; ++turn) const Lock lock(mutex);
  raise(stop);
  hog.join();
  EXPECT_EQ(LockInspector::bits(mutex), kFree);
}

TEST(NonDetachingMutex, CountsWhatItsHolderMustNotForget) UNCHECKED {
  const Known known;
  const Thread& me = *Thread::current();
  NonDetachingMutex mutex;
  mutex.lock();
  EXPECT_EQ(me.raw_locks_held, kDebug ? 1U : 0U);
  EXPECT_TRUE(me.is_attached());
  mutex.unlock();
  EXPECT_EQ(me.raw_locks_held, 0U);
  ASSERT_TRUE(mutex.try_lock());
  mutex.unlock();
  EXPECT_EQ(me.raw_locks_held, 0U);
}

TEST(NonDetachingMutexConcurrency, AWaiterSleepsAttached) UNCHECKED {
  NonDetachingMutex mutex;
  mutex.lock();
  SysAtomic<Thread*> who{nullptr};
  std::thread waiter = attached([&](Thread& me) {
    who.store(&me, kRelease);
    const Lock lock(mutex);
    EXPECT_TRUE(me.is_attached());
  });
  ASSERT_TRUE(eventually([&] { return who.load(kAcquire) != nullptr; }));
  platform::sleep_for(2 * platform::kMillisecond);  // it sleeps, or will: nothing hangs on which
  EXPECT_TRUE(who.load(kAcquire)->is_attached());
  mutex.unlock();
  waiter.join();
}

#ifndef NDEBUG

using MutexDeathTest = ::testing::Test;

TEST(MutexDeathTest, Recursion) UNCHECKED {
  Mutex mutex;
  const Lock lock(mutex);
  EXPECT_DEATH(mutex.lock(), "not recursive");
}

TEST(MutexDeathTest, UnlockOfAFreeMutex) UNCHECKED {
  Mutex mutex;
  EXPECT_DEATH(mutex.unlock(), "does not hold");
}

TEST(MutexDeathTest, UnlockByAStranger) UNCHECKED {
  Mutex mutex;
  mutex.lock();
  std::thread stranger([&]() UNCHECKED { EXPECT_DEATH(mutex.unlock(), "does not hold"); });
  stranger.join();
  mutex.unlock();
}

TEST(MutexDeathTest, AMutexThatDiesHeld) UNCHECKED {
  EXPECT_DEATH(
      {
        Mutex mutex;
        mutex.lock();
      },
      "dies while somebody holds it");
}

TEST(MutexDeathTest, Rule46LockInAPause) UNCHECKED {
  const Known known;
  Mutex mutex;
  const StoppedWorld paused(StopKind::kPause);
  EXPECT_DEATH(mutex.lock(), "rule 46");
}

// Trap 6: a lock that does not detach, held across a safepoint, where the thread may be stopped and
// destructors run.
TEST(Trap06, NonDetachingLockHeldAcrossADestructorOrAStop) UNCHECKED {
  const Known known;
  NonDetachingMutex mutex;
  const Lock lock(mutex);
  Thread::current()->slot().ask(Breaker::kUpper);
  EXPECT_DEATH(safepoint(), "raw_locks_held");
  Thread::current()->slot().breaker.store(0, kRelaxed);
  EXPECT_DEATH(Thread::current()->detach(), "trap 6");
  EXPECT_DEATH(World::stop(StopKind::kPause), "trap 6");
}

#endif

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
