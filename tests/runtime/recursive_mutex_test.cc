#include "runtime/recursive_mutex.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// The analysis follows locks through scopes and not through tests that play with them.
#define UNCHECKED OROCHI_UNCHECKED_LOCKING

TEST(RecursiveMutex, ItsOwnerLocksItAgain) UNCHECKED {
  RecursiveMutex mutex;
  EXPECT_FALSE(mutex.is_mine());
  mutex.lock();
  EXPECT_TRUE(mutex.try_lock());
  EXPECT_TRUE(mutex.lock_for(0));
  EXPECT_EQ(mutex.depth(), 3U);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(mutex.is_mine());
    mutex.unlock();
  }
  EXPECT_FALSE(mutex.is_mine());
  EXPECT_EQ(mutex.depth(), 0U);
}

TEST(RecursiveMutex, IsGivenUpAndTakenBackAsDeepAsItWas) UNCHECKED {
  RecursiveMutex mutex;
  mutex.lock();
  mutex.lock();
  const std::uint64_t depth = mutex.unlock_all();
  EXPECT_EQ(depth, 2U);
  EXPECT_FALSE(mutex.is_mine());
  mutex.lock_again(depth);
  EXPECT_EQ(mutex.depth(), 2U);
  mutex.unlock();
  mutex.unlock();
}

TEST(RecursiveMutexConcurrency, OthersAreKeptOutUntilTheLastUnlock) UNCHECKED {
  RecursiveMutex mutex;
  mutex.lock();
  mutex.lock();
  mutex.unlock();
  std::thread other([&]() UNCHECKED {
    EXPECT_FALSE(mutex.is_mine());
    EXPECT_FALSE(mutex.try_lock());
    EXPECT_FALSE(mutex.lock_for(platform::kMillisecond));
    mutex.lock();
    mutex.unlock();
  });
  platform::sleep_for(3 * platform::kMillisecond);
  mutex.unlock();
  other.join();
}

TEST(RecursiveMutexConcurrency, CountsExactly) UNCHECKED {
  RecursiveMutex mutex;
  int count = 0;  // plain: ThreadSanitizer judges
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&]() UNCHECKED {
      for (int turn = 0; turn < 3'000; ++turn) {
        mutex.lock();
        mutex.lock();
        ++count;
        mutex.unlock();
        mutex.unlock();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(count, 12'000);
}

TEST(RecursiveMutexDeathTest, OnlyTheOwnerUnlocks) UNCHECKED {
  if constexpr (!kDebug) GTEST_SKIP() << "checked in debug builds";
  EXPECT_DEATH(
      {
        RecursiveMutex mutex;
        mutex.unlock();
      },
      "does not hold");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
