#include "runtime/parking.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "memory/raw_mutex.h"
#include "runtime/world.h"
#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using Word = SysAtomic<std::uint32_t>;

constexpr auto always = [] { return true; };

void wake_one(const Word& word) {
  ParkingLot::unpark_one(&word, [](Found) {});
}

std::size_t wake_all(const Word& word) {
  std::size_t woken = 0;
  ParkingLot::unpark_all(&word, [&](Found found) { woken = found.chosen; });
  return woken;
}

// A thread that sleeps on the word once, having counted itself in under the bucket's lock.
std::thread sleeper(const Word& word, Word& asleep, Parked& result, Sleep how = {}) {
  return std::thread([&word, &asleep, &result, how] {
    result = ParkingLot::park(
        &word,
        [&] {
          asleep.fetch_add(1U, kRelease);
          return true;
        },
        how);
  });
}

bool sleeps(const Word& asleep, std::uint32_t count) {
  return eventually([&] { return asleep.load(kAcquire) == count; });
}

TEST(Parking, DoesNotSleepWhenThereIsNoReasonTo) {
  const Word word;
  EXPECT_EQ(ParkingLot::park(&word, [] { return false; }), Parked::kNot);
}

TEST(Parking, CallsBackWithNobodyThere) {
  const Word word;
  bool called = false;
  ParkingLot::unpark_one(&word, [&](Found found) {
    called = true;
    EXPECT_EQ(found.chosen, 0U);
    EXPECT_FALSE(found.more);
  });
  EXPECT_TRUE(called);
  EXPECT_EQ(wake_all(word), 0U);
}

TEST(Parking, TimesOutAtTheDeadlineAndNotBefore) {
  const Word word;
  const platform::Nanos deadline = platform::deadline_in(2 * platform::kMillisecond);
  EXPECT_EQ(ParkingLot::park(&word, always, {.deadline = deadline}), Parked::kTimedOut);
  EXPECT_GE(platform::now(), deadline);
  // And has left: nobody is found afterwards.
  EXPECT_EQ(wake_all(word), 0U);
}

TEST(Parking, ADeadlineInThePastIsATimeout) {
  const Word word;
  EXPECT_EQ(ParkingLot::park(&word, always, {.deadline = 0}), Parked::kTimedOut);
}

TEST(ParkingConcurrency, WakesOneInTheOrderOfArrival) {
  const Word word;
  Word asleep;
  constexpr std::uint32_t kSleepers = 4;
  Parked results[kSleepers];
  Word next;
  std::vector<std::thread> threads;
  for (std::uint32_t i = 0; i < kSleepers; ++i) {
    threads.emplace_back([&, i] {
      results[i] = ParkingLot::park(&word, [&] {
        asleep.fetch_add(1U, kRelease);
        return true;
      });
      EXPECT_EQ(next.fetch_add(1U, kAcqRel), i);
    });
    ASSERT_TRUE(sleeps(asleep, i + 1));
  }
  for (std::uint32_t i = 0; i < kSleepers; ++i) {
    ParkingLot::unpark_one(&word, [&](Found found) {
      EXPECT_EQ(found.chosen, 1U);
      EXPECT_EQ(found.more, i + 1 < kSleepers);
    });
    ASSERT_TRUE(eventually([&] { return next.load(kAcquire) == i + 1; }));
  }
  for (std::thread& thread : threads) thread.join();
  for (const Parked result : results) EXPECT_EQ(result, Parked::kWoken);
}

TEST(ParkingConcurrency, AFrontPlaceIsWokenFirst) {
  const Word word;
  Word asleep;
  Parked first_come = Parked::kNot;
  Parked front = Parked::kNot;
  std::thread one = sleeper(word, asleep, first_come);
  ASSERT_TRUE(sleeps(asleep, 1));
  std::thread two = sleeper(word, asleep, front, {.place = Place::kFront});
  ASSERT_TRUE(sleeps(asleep, 2));
  wake_one(word);
  two.join();
  EXPECT_EQ(front, Parked::kWoken);
  wake_one(word);
  one.join();
  EXPECT_EQ(first_come, Parked::kWoken);
}

TEST(ParkingConcurrency, WakesAllAtTheAddressAndNobodyElse) {
  const Word words[80];  // more than 257 bytes
  Word asleep;
  constexpr std::uint32_t kSleepers = 40;  // more than unpark_all has room for
  std::vector<Parked> results(kSleepers, Parked::kNot);
  Parked other = Parked::kNot;
  std::vector<std::thread> threads;
  for (Parked& result : results) threads.push_back(sleeper(words[0], asleep, result));
  // 257 buckets: an address so far on falls into the same one.
  const auto* const same_bucket =
      reinterpret_cast<const char*>(reinterpret_cast<std::uintptr_t>(&words[0]) + 257);
  std::thread stranger([&] {
    other = ParkingLot::park(same_bucket, [&] {
      asleep.fetch_add(1U, kRelease);
      return true;
    });
  });
  ASSERT_TRUE(sleeps(asleep, kSleepers + 1));
  EXPECT_EQ(wake_all(words[0]), kSleepers);
  for (std::thread& thread : threads) thread.join();
  for (const Parked result : results) EXPECT_EQ(result, Parked::kWoken);
  ParkingLot::unpark_one(same_bucket, [](Found found) { EXPECT_EQ(found.chosen, 1U); });
  stranger.join();
  EXPECT_EQ(other, Parked::kWoken);
}

// I2: a sleeper times out in the moment in which it is chosen. Either answer is right, and the
// callback knows which.
TEST(ParkingConcurrency, WhoIsChosenNeverLeavesAsIfItTimedOut) {
  for (int round = 0; round < 200; ++round) {
    const Word word;
    Word asleep;
    Parked result = Parked::kNot;
    const platform::Nanos deadline = platform::deadline_in(50 * platform::kMicrosecond);
    std::thread thread = sleeper(word, asleep, result, {.deadline = deadline});
    ASSERT_TRUE(sleeps(asleep, 1));
    std::size_t chosen = 0;
    while (platform::now() < deadline - 2 * platform::kMicrosecond) platform::spin_pause();
    ParkingLot::unpark_one(&word, [&](Found found) { chosen = found.chosen; });
    thread.join();
    EXPECT_EQ(result, chosen == 1 ? Parked::kWoken : Parked::kTimedOut);
  }
}

TEST(ParkingConcurrency, RunsWhatComesBeforeSleepAfterQueueing) OROCHI_UNCHECKED_LOCKING {
  const Word word;
  RawMutex mutex;
  Parked result = Parked::kNot;
  mutex.lock();
  std::thread thread([&]() OROCHI_UNCHECKED_LOCKING {
    mutex.lock();
    const auto unlock = [&]() OROCHI_UNCHECKED_LOCKING { mutex.unlock(); };
    result = ParkingLot::park(&word, always, unlock, {});
  });
  mutex.unlock();
  // Whoever sees the sleeper's mutex free after it was taken finds the sleeper in the queue.
  std::size_t chosen = 0;
  ASSERT_TRUE(eventually([&] {
    const RawLock lock(mutex);
    ParkingLot::unpark_one(&word, [&](Found found) { chosen = found.chosen; });
    return chosen == 1;
  }));
  thread.join();
  EXPECT_EQ(result, Parked::kWoken);
}

TEST(ParkingConcurrency, AnAttachedThreadDetachesWhileItSleepsAndIsAttachedAgain) {
  const Known known;
  const Word word;
  Word asleep;
  Flag woken;
  std::thread thread = attached([&](Thread& me) {
    EXPECT_EQ(ParkingLot::park(&word, [] { return false; }), Parked::kNot);
    const Parked result = ParkingLot::park(&word, [&] {
      EXPECT_TRUE(me.is_attached());
      asleep.fetch_add(1U, kRelease);
      return true;
    });
    EXPECT_EQ(result, Parked::kWoken);
    EXPECT_TRUE(me.is_attached());
    raise(woken);
  });
  ASSERT_TRUE(eventually_at_safepoints([&] { return asleep.load(kAcquire) == 1; }));
  {
    const StoppedWorld stopped;  // returns, so the sleeper is not awaited
    wake_one(word);
    EXPECT_FALSE(is_raised(woken));  // it cannot attach before the world is started
  }
  ASSERT_TRUE(eventually_at_safepoints([&] { return is_raised(woken); }));
  join_detached(thread);
}

constexpr auto kBreak = static_cast<std::uint32_t>(Breaker::kUpper);

TEST(ParkingConcurrency, AnInterruptEndsTheSleepOfAThreadThatMindsIt) {
  const Known known;
  const Word word;
  Word asleep;
  SysAtomic<Thread*> who{nullptr};
  Parked first = Parked::kNot;
  Parked second = Parked::kNot;
  std::thread thread = attached([&](Thread& me) {
    who.store(&me, kRelease);
    const auto still = [&] {
      asleep.fetch_add(1U, kRelease);
      return true;
    };
    first = ParkingLot::park(&word, still, {.interrupts = kBreak});
    // The bit is still set: a thread that is about to sleep finds it.
    second = ParkingLot::park(&word, still, {.interrupts = kBreak});
    me.slot().breaker.store(0, kRelaxed);
  });
  ASSERT_TRUE(eventually_at_safepoints([&] { return asleep.load(kAcquire) == 1; }));
  Thread& sleeper = *who.load(kAcquire);
  EXPECT_FALSE(ParkingLot::interrupt(sleeper));  // no bit says why
  sleeper.slot().breaker.fetch_or(kBreak, kSeqCst);
  EXPECT_TRUE(ParkingLot::interrupt(sleeper));
  join_detached(thread);
  EXPECT_EQ(first, Parked::kInterrupted);
  EXPECT_EQ(second, Parked::kInterrupted);
  EXPECT_EQ(wake_all(word), 0U);
}

TEST(ParkingConcurrency, AnInterruptPassesBySleepersThatDoNotMindIt) {
  const Known known;
  const Word word;
  Word asleep;
  SysAtomic<Thread*> who{nullptr};
  Parked result = Parked::kNot;
  std::thread thread = attached([&](Thread& me) {
    who.store(&me, kRelease);
    result = ParkingLot::park(&word, [&] {
      asleep.fetch_add(1U, kRelease);
      return true;
    });
    me.slot().breaker.store(0, kRelaxed);
  });
  ASSERT_TRUE(eventually_at_safepoints([&] { return asleep.load(kAcquire) == 1; }));
  Thread& sleeper = *who.load(kAcquire);
  sleeper.slot().breaker.fetch_or(kBreak, kSeqCst);
  EXPECT_FALSE(ParkingLot::interrupt(sleeper));
  wake_one(word);
  join_detached(thread);
  EXPECT_EQ(result, Parked::kWoken);
}

TEST(Parking, FairnessIsDueOnceInAMillisecond) {
  const Word word;
  const platform::Nanos now = platform::now() + platform::kSecond;  // later than any other test
  EXPECT_TRUE(ParkingLot::fairness_is_due(&word, now));
  EXPECT_FALSE(ParkingLot::fairness_is_due(&word, now));
  EXPECT_FALSE(ParkingLot::fairness_is_due(&word, now + ParkingLot::kFairnessInterval - 1));
  EXPECT_TRUE(ParkingLot::fairness_is_due(&word, now + ParkingLot::kFairnessInterval));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
