#include "runtime/single_thread.h"

#include <gtest/gtest.h>

#include <thread>

#include "runtime/critical_section.h"
#include "runtime/object_lock.h"
#include "tests/runtime/crew.h"
#include "tests/runtime/lock_inspector.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// The only known thread, in single-thread mode.
class Alone {
 public:
  Alone() {
    safepoint();
    EXPECT_TRUE(SingleThread::is_on());
  }

 private:
  Known known_;
};

// Nothing of this exists where one thread runs at a time anyway.
class SingleThreadTest : public ::testing::Test {
  void SetUp() override {
    if constexpr (!kPolicy.parallel) GTEST_SKIP() << "object locks are empty in this design";
  }
};
using SingleThreadConcurrency = SingleThreadTest;
using SingleThreadDeathTest = SingleThreadTest;

TEST_F(SingleThreadTest, BeginsAtASafepointOfTheOnlyThread) {
  const Known known;
  EXPECT_FALSE(SingleThread::is_on());
  safepoint();
  EXPECT_TRUE(SingleThread::is_on());
}

TEST_F(SingleThreadTest, HasTheSameStatesAsTheAtomicLock) OROCHI_UNCHECKED_LOCKING {
  const Alone alone;
  ParallelObjectLock lock;
  lock.lock();
  EXPECT_EQ(LockInspector::bits(lock), 1);
  EXPECT_FALSE(lock.try_lock());
  lock.unlock();
  EXPECT_EQ(LockInspector::bits(lock), 0);
}

TEST_F(SingleThreadTest, ADetachedThreadIsNotAskedAndKnowsAfterwards) {
  const Alone alone;
  {
    const Detached detached;
    std::thread newcomer = attached([](Thread&) { EXPECT_FALSE(SingleThread::is_on()); });
    newcomer.join();
  }
  EXPECT_FALSE(SingleThread::is_on());
}

// S1: the second thread comes while the first is inside a section that it entered with a plain
// store. It waits, and does not find the lock free, until the first is at a safepoint.
TEST_F(SingleThreadConcurrency, S1AStrangerDoesNotFlipTheMode) OROCHI_UNCHECKED_LOCKING {
  const Alone alone;
  ParallelObjectLock lock;
  lock.lock();
  Flag started;
  Flag in;
  std::thread newcomer([&] {
    raise(started);
    ASSERT_EQ(Thread::start(), Attach::kDone);
    EXPECT_FALSE(SingleThread::is_on());
    raise(in);
    Thread::exit();
  });
  ASSERT_TRUE(eventually([&] {
    const auto asked = Thread::current()->slot().breaker.load(kRelaxed);
    return (asked & static_cast<std::uint32_t>(Breaker::kMode)) != 0;
  }));
  EXPECT_TRUE(SingleThread::is_on());
  EXPECT_FALSE(is_raised(in));
  lock.unlock();
  ASSERT_TRUE(eventually_at_safepoints([&] { return is_raised(in); }));
  join_detached(newcomer);
}

// S2: locked in one mode, unlocked in the other, with a sleeper in between whose mark a plain store
// would wipe out.
TEST_F(SingleThreadConcurrency, S2AGuardDoesNotRememberTheMode) OROCHI_UNCHECKED_LOCKING {
  const Alone alone;
  ParallelObjectLock lock;
  lock.lock();
  EXPECT_TRUE(SingleThread::is_on());
  std::thread newcomer = attached([&](Thread&) OROCHI_UNCHECKED_LOCKING {
    lock.lock();
    lock.unlock();
  });
  ASSERT_TRUE(eventually_at_safepoints([&] { return LockInspector::has_sleepers(lock); }));
  EXPECT_FALSE(SingleThread::is_on());
  lock.unlock();
  join_detached(newcomer);
  EXPECT_EQ(LockInspector::bits(lock), 0);
}

// S3: who leaves does not change the mode of who stays; the survivor does, at its own safepoint.
TEST_F(SingleThreadConcurrency, S3TheSurvivorFlipsBackAtItsSafepoint) {
  const Alone alone;
  Flag in;
  Flag leave;
  std::thread other = attached([&](Thread&) {
    raise(in);
    EXPECT_TRUE(eventually_at_safepoints([&] { return is_raised(leave); }));
  });
  ASSERT_TRUE(eventually_at_safepoints([&] { return is_raised(in); }));
  raise(leave);
  join_detached(other);
  EXPECT_FALSE(SingleThread::is_on());
  safepoint();
  EXPECT_TRUE(SingleThread::is_on());
}

// The plain operations of each mode come before those of the next: the count is a plain word.
TEST_F(SingleThreadConcurrency, NothingIsLostWhenTheModeComesAndGoes) {
  const Alone alone;
  std::uint64_t plain = 0;
  ParallelObjectLock lock;
  for (int round = 0; round < 50; ++round) {
    std::thread other = attached([&](Thread&) {
      for (int i = 0; i < 20; ++i) {
        const ParallelCriticalSection section(lock);
        ++plain;
      }
    });
    for (int i = 0; i < 20; ++i) {
      const ParallelCriticalSection section(lock);
      ++plain;
      safepoint();
    }
    join_detached(other);
    safepoint();
    EXPECT_TRUE(SingleThread::is_on());
  }
  EXPECT_EQ(plain, 50U * 40U);
}

TEST_F(SingleThreadConcurrency, ManyNewcomersAtOnceAreAllLetIn) {
  const Alone alone;
  SysAtomic<int> in{0};
  constexpr int kNewcomers = 6;
  std::thread threads[kNewcomers];
  for (std::thread& thread : threads)
    thread = attached([&](Thread&) {
      EXPECT_FALSE(SingleThread::is_on());
      in.fetch_add(1, kRelease);
      EXPECT_TRUE(eventually_at_safepoints([&] { return in.load(kAcquire) == kNewcomers; }));
    });
  ASSERT_TRUE(eventually_at_safepoints([&] { return in.load(kAcquire) == kNewcomers; }));
  for (std::thread& thread : threads) join_detached(thread);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
