#include "runtime/semaphore.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

TEST(Semaphore, LetsSoManyPass) {
  Semaphore semaphore(2);
  EXPECT_TRUE(semaphore.try_acquire());
  EXPECT_TRUE(semaphore.acquire_for(0));
  EXPECT_FALSE(semaphore.try_acquire());
  EXPECT_FALSE(semaphore.acquire_for(platform::kMillisecond));
  EXPECT_TRUE(semaphore.release(3));
  EXPECT_EQ(semaphore.units(), 3U);
  semaphore.acquire();
  EXPECT_EQ(semaphore.units(), 2U);
}

TEST(Semaphore, RefusesMoreUnitsThanItCanCount) {
  Semaphore semaphore(Semaphore::kMost - 1);
  EXPECT_FALSE(semaphore.release(2));
  EXPECT_EQ(semaphore.units(), Semaphore::kMost - 1);
  EXPECT_TRUE(semaphore.release());
  EXPECT_FALSE(semaphore.release());
  EXPECT_TRUE(semaphore.try_acquire());
}

TEST(SemaphoreConcurrency, NeverMoreInsideThanUnits) {
  Semaphore semaphore(2);
  SysAtomic<int> inside{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      for (int turn = 0; turn < 2'000; ++turn) {
        semaphore.acquire();
        EXPECT_LE(inside.fetch_add(1, kRelaxed), 1);
        inside.fetch_sub(1, kRelaxed);
        EXPECT_TRUE(semaphore.release());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(semaphore.units(), 2U);
}

// A message for each unit: a lost wake-up hangs this, a unit too many makes a plain read race.
TEST(SemaphoreConcurrency, HandsOverWhatWasWritten) {
  Semaphore full(0);
  Semaphore empty(1);
  int box = 0;
  std::thread producer([&] {
    for (int i = 1; i <= 5'000; ++i) {
      empty.acquire();
      box = i;
      EXPECT_TRUE(full.release());
    }
  });
  for (int i = 1; i <= 5'000; ++i) {
    full.acquire();
    ASSERT_EQ(box, i);
    EXPECT_TRUE(empty.release());
  }
  producer.join();
}

TEST(SemaphoreConcurrency, UnitsAndDeadlinesAddUp) {
  Semaphore semaphore(0);
  SysAtomic<std::uint32_t> got{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int turn = 0; turn < 200; ++turn)
        if (semaphore.acquire_for(20 * platform::kMicrosecond)) got.fetch_add(1U, kRelaxed);
    });
  }
  for (int i = 0; i < 400; ++i) {
    EXPECT_TRUE(semaphore.release());
    if (i % 8 == 0) platform::yield();
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(got.load(kRelaxed) + semaphore.units(), 400U);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
