#include "runtime/condition.h"

#include <gtest/gtest.h>

#include <deque>
#include <thread>
#include <vector>

#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using Guard = Lock<Mutex>;

TEST(Condition, NotifyingNobodyIsNothing) {
  Condition condition;
  condition.notify_one();
  condition.notify_all();
}

TEST(Condition, AWaitEndsAtItsDeadlineWithTheMutexHeld) {
  Mutex mutex;
  Condition condition;
  mutex.lock();
  EXPECT_FALSE(condition.wait_for(mutex, platform::kMillisecond));
  EXPECT_FALSE(mutex.try_lock());
  mutex.unlock();
}

// The classic use. A lost wake-up hangs it; a wait that returned without the mutex races.
TEST(ConditionConcurrency, AQueueLosesAndInventsNothing) {
  Mutex mutex;
  Condition not_empty;
  std::deque<int> queue;
  constexpr int kEach = 4'000;
  constexpr int kStop = -1;
  SysAtomic<long> taken{0};

  std::vector<std::thread> consumers;
  for (int i = 0; i < 3; ++i) {
    consumers.emplace_back([&] {
      for (;;) {
        mutex.lock();
        while (queue.empty()) not_empty.wait(mutex);
        const int item = queue.front();
        queue.pop_front();
        mutex.unlock();
        if (item == kStop) return;
        taken.fetch_add(item, kRelaxed);
      }
    });
  }
  const auto put = [&](int item) {
    {
      const Guard guard(mutex);
      queue.push_back(item);
    }
    not_empty.notify_one();
  };
  std::vector<std::thread> producers;
  for (int i = 0; i < 2; ++i)
    producers.emplace_back([&] {
      for (int item = 1; item <= kEach; ++item) put(item);
    });
  for (std::thread& producer : producers) producer.join();
  for (std::size_t i = 0; i < consumers.size(); ++i) put(kStop);
  for (std::thread& consumer : consumers) consumer.join();
  EXPECT_EQ(taken.load(kRelaxed), 2L * kEach * (kEach + 1) / 2);
}

TEST(ConditionConcurrency, NotifyAllWakesAll) {
  Mutex mutex;
  Condition changed;
  int generation = 0;
  int seen = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      mutex.lock();
      for (int next = 1; next <= 200; ++next) {
        while (generation < next) changed.wait(mutex);
        ++seen;
        changed.notify_all();
      }
      mutex.unlock();
    });
  }
  mutex.lock();
  for (int next = 1; next <= 200; ++next) {
    generation = next;
    changed.notify_all();
    while (seen < 4 * next) changed.wait(mutex);
  }
  mutex.unlock();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(seen, 800);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
