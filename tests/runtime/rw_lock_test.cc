#include "runtime/rw_lock.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "runtime/lifecycle.h"
#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// The analysis follows locks through scopes and not through tests that play with them.
#define UNCHECKED OROCHI_UNCHECKED_LOCKING

TEST(RwLock, ManyReadersOrOneWriter) UNCHECKED {
  RwLock lock;
  lock.lock_shared();
  EXPECT_TRUE(lock.try_lock_shared());
  EXPECT_FALSE(lock.try_lock());
  lock.unlock_shared();
  lock.unlock_shared();
  ASSERT_TRUE(lock.try_lock());
  EXPECT_FALSE(lock.try_lock());
  EXPECT_FALSE(lock.try_lock_shared());
  EXPECT_FALSE(lock.lock_for(platform::kMillisecond));
  EXPECT_FALSE(lock.lock_shared_for(platform::kMillisecond));
  lock.unlock();
  EXPECT_TRUE(lock.try_lock_shared());
  lock.unlock_shared();
}

TEST(RwLockConcurrency, WritersExcludeAllAndReadersShare) UNCHECKED {
  RwLock lock;
  int left = 0;  // plain: ThreadSanitizer judges
  int right = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&]() UNCHECKED {
      for (int turn = 0; turn < 2'000; ++turn) {
        lock.lock();
        ++left;
        ++right;
        lock.unlock();
      }
    });
  }
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&]() UNCHECKED {
      for (int turn = 0; turn < 4'000; ++turn) {
        lock.lock_shared();
        EXPECT_EQ(left, right);
        lock.unlock_shared();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(left, 4'000);
}

// Readers that overlap for ever must not keep a writer out.
TEST(RwLockConcurrency, ReadersDoNotStarveAWriter) UNCHECKED {
  RwLock lock;
  testing::Flag done{false};
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&]() UNCHECKED {
      while (!testing::is_raised(done)) {
        lock.lock_shared();
        platform::yield();
        lock.unlock_shared();
      }
    });
  }
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(lock.lock_for(10 * platform::kSecond));
    lock.unlock();
  }
  testing::raise(done);
  for (std::thread& reader : readers) reader.join();
}

TEST(RwLockConcurrency, WritersDoNotStarveAReader) UNCHECKED {
  RwLock lock;
  testing::Flag done{false};
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&]() UNCHECKED {
      while (!testing::is_raised(done)) {
        lock.lock();
        platform::yield();
        lock.unlock();
      }
    });
  }
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(lock.lock_shared_for(10 * platform::kSecond));
    lock.unlock_shared();
  }
  testing::raise(done);
  for (std::thread& writer : writers) writer.join();
}

// I2: the writer that gives up was all that kept the reader out.
TEST(RwLockConcurrency, AWriterThatGivesUpLetsReadersIn) UNCHECKED {
  RwLock lock;
  lock.lock_shared();
  testing::Flag waited;
  std::thread writer([&]() UNCHECKED {
    while (!testing::is_raised(waited)) EXPECT_FALSE(lock.lock_for(20 * platform::kMillisecond));
  });
  // Until the writer waits, readers come in.
  ASSERT_TRUE(testing::eventually([&]() UNCHECKED {
    if (!lock.try_lock_shared()) return true;
    lock.unlock_shared();
    return false;
  }));
  testing::raise(waited);
  EXPECT_TRUE(lock.lock_shared_for(10 * platform::kSecond));
  writer.join();
  lock.unlock_shared();
  lock.unlock_shared();
  EXPECT_TRUE(lock.try_lock());
  lock.unlock();
}

// I4, trap 22: a writer was woken, and stopped before it had the lock; in the child it does not
// exist, and must not keep readers out. A second one sleeps, so that the word says "writers wait".
TEST(RwLockConcurrency, AForkedChildWaitsForNoVanishedWriter) UNCHECKED {
  using namespace testing;
  const Known known;
  RwLock lock;
  lock.lock();
  SysAtomic<int> coming{0};
  std::vector<std::thread> writers;
  for (int i = 0; i < 2; ++i)
    writers.push_back(attached([&](Thread& me) UNCHECKED {
      coming.fetch_add(1, kRelease);
      lock.lock();
      EXPECT_TRUE(me.is_attached());
      lock.unlock();
    }));
  ASSERT_TRUE(eventually_at_safepoints([&]() UNCHECKED {
    int asleep = 0;  // after they came, nothing but the lock makes them detach
    for (const Slot& slot : SlotTable::all())
      if (slot.state.load() == SlotState::kDetached) ++asleep;
    return coming.load(kAcquire) == 2 && asleep == 2;
  }));
  {
    const StoppedWorld stopped(StopKind::kExclusive);
    lock.unlock();
    const int child = Lifecycle::fork();
    if (child == 0) {
      if (!lock.lock_shared_for(platform::kSecond)) ::_exit(1);
      lock.unlock_shared();
      ::_exit(lock.try_lock() ? 0 : 2);
    }
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
  }
  for (std::thread& writer : writers) join_detached(writer);
}

// All mixed, with deadlines that often pass: whoever waits without one gets in at last.
TEST(RwLockConcurrency, DeadlinesLoseNoWakeUp) UNCHECKED {
  RwLock lock;
  int value = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&, i]() UNCHECKED {
      for (int turn = 0; turn < 1'000; ++turn) {
        const platform::Nanos span = (turn % 3) * 10 * platform::kMicrosecond;
        if (i % 2 == 0) {
          if (turn % 5 == 0) {
            lock.lock();
          } else if (!lock.lock_for(span)) {
            continue;
          }
          ++value;
          lock.unlock();
        } else {
          if (turn % 5 == 0) {
            lock.lock_shared();
          } else if (!lock.lock_shared_for(span)) {
            continue;
          }
          EXPECT_GE(value, 0);
          lock.unlock_shared();
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(lock.try_lock());
  lock.unlock();
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
