// Threads wait for each other in every way there is, with deadlines that often pass.
//
//   mechanism         what is counted                                    must never happen
//   semaphore         units given = units taken + units left             a unit without a wake-up
//   condition         tokens pass through a box of one                   a token lost or doubled
//   rw_lock           two plain numbers change together                  a reader sees one of them
//   event, once       each round's result is seen by all who waited      a waiter sleeps for ever
//
// A lost wake-up is a hang, which the test's time limit reports. Payloads are plain memory, so
// ThreadSanitizer sees a missing order even where the values come out right.

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "runtime/condition.h"
#include "runtime/event.h"
#include "runtime/once.h"
#include "runtime/rw_lock.h"
#include "runtime/semaphore.h"
#include "stress/seconds.h"
#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr int kThreads = 6;
constexpr platform::Nanos kShort = 15 * platform::kMicrosecond;

// Runs body(thread number, turn) on kThreads threads, every other one of them known to the runtime,
// until the time is over.
template <class Body>
void run_until_deadline(Body body) {
  const auto end = stress::deadline();
  const auto turns = [end, body](int number) {
    for (int turn = 0; std::chrono::steady_clock::now() < end; ++turn) body(number, turn);
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    if (i % 2 == 0) {
      threads.emplace_back([turns, i] { turns(i); });
    } else {
      threads.push_back(testing::attached([turns, i](Thread&) { turns(i); }));
    }
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(WaitingStress, SemaphoreUnitsAddUp) {
  Semaphore semaphore(0);
  SysAtomic<std::uint64_t> given{0};
  SysAtomic<std::uint64_t> taken{0};
  run_until_deadline([&](int number, int turn) {
    if (number % 3 == 0) {
      if (semaphore.units() > 1'000) return platform::yield();
      EXPECT_TRUE(semaphore.release(1 + static_cast<std::uint32_t>(turn) % 2));
      given.fetch_add(1 + static_cast<std::uint64_t>(turn) % 2, kRelaxed);
    } else if (semaphore.acquire_for(kShort)) {
      taken.fetch_add(1U, kRelaxed);
    }
  });
  EXPECT_EQ(given.load(kRelaxed), taken.load(kRelaxed) + semaphore.units());
}

TEST(WaitingStress, ConditionPassesEveryToken) {
  Mutex mutex;
  Condition changed;
  std::uint64_t in_box = 0;  // 0: empty
  std::uint64_t put = 0;
  std::uint64_t got = 0;
  run_until_deadline([&](int number, int turn) {
    mutex.lock();
    const bool puts = number % 2 == 0;
    if ((in_box != 0) == puts && turn % 2 == 0) {
      static_cast<void>(changed.wait_for(mutex, kShort));
    }
    if (puts && in_box == 0) {
      in_box = ++put;
    } else if (!puts && in_box != 0) {
      EXPECT_EQ(in_box, ++got);
      in_box = 0;
    }
    mutex.unlock();
    if (turn % 3 == 0) {
      changed.notify_all();
    } else {
      changed.notify_one();
    }
  });
  EXPECT_EQ(put, got + (in_box != 0 ? 1 : 0));
  EXPECT_GT(got, 0U);
}

TEST(WaitingStress, RwLockShowsOnlyWholeStates) OROCHI_UNCHECKED_LOCKING {
  RwLock lock;
  std::uint64_t left = 0;
  std::uint64_t right = 0;
  run_until_deadline([&](int number, int turn) OROCHI_UNCHECKED_LOCKING {
    const bool patient = turn % 4 == 0;
    if (number < 2) {
      if (!patient && !lock.lock_for(kShort)) return;
      if (patient) lock.lock();
      ++left;
      ++right;
      lock.unlock();
    } else {
      if (!patient && !lock.lock_shared_for(kShort)) return;
      if (patient) lock.lock_shared();
      EXPECT_EQ(left, right);
      lock.unlock_shared();
    }
  });
  ASSERT_TRUE(lock.try_lock());
  EXPECT_GT(left, 0U);
  lock.unlock();
}

TEST(WaitingStress, EventsAndOncesShowTheirResult) {
  const auto end = stress::deadline();
  std::uint64_t rounds = 0;
  for (; std::chrono::steady_clock::now() < end; ++rounds) {
    auto event = std::make_unique<Event>();
    Once once;
    std::uint64_t made = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) {
      threads.emplace_back([&] {
        EXPECT_TRUE(once.run([&] { return ++made == 1; }));
        if (!event->wait_for(kShort)) event->wait();
        EXPECT_EQ(made, 1U);
      });
    }
    EXPECT_TRUE(once.run([&] { return ++made == 1; }));
    event->set();
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_GT(rounds, 0U);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
