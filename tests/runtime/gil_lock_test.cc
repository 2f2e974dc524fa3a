#include "runtime/gil_lock.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace orochi::inline OROCHI_DESIGN {
namespace {

using platform::kMicrosecond;
using platform::kMillisecond;
using platform::Nanos;

constexpr std::size_t kMostActors = 8;
Slot* g_slots[kMostActors];

// The slot of a test's actor.
Slot& slot_of(std::size_t actor) { return *g_slots[actor]; }

bool is_asked(std::size_t actor) {
  const std::uint32_t bits = slot_of(actor).breaker.load(kSeqCst);
  return (bits & static_cast<std::uint32_t>(Breaker::kGil)) != 0;
}

// What a safepoint does, less the attaching. False: the lock was turned off.
[[nodiscard]] bool pass_safepoint(GilLock& gil, Slot& slot) {
  if (slot.breaker.load(kRelaxed) == 0) return true;
  const std::uint32_t bits = slot.breaker.exchange(0, kAcquire);
  const bool asked = (bits & static_cast<std::uint32_t>(Breaker::kGil)) != 0;
  return !asked || !gil.must_yield() || gil.yield(slot);
}

void await(const std::function<bool()>& condition) {
  while (!condition()) platform::yield();
}
void await_waiters(const GilLock& gil, std::uint32_t count) {
  await([&] { return gil.waiters() == count; });
}

// A lock that is on, and a diary of who had it. The lock is all that guards the diary.
class GilLockTest : public testing::Test {
 protected:
  GilLockTest() {
    for (Slot*& slot : g_slots) {
      slot = SlotTable::issue();
      static_cast<void>(slot->breaker.exchange(0, kSeqCst));
    }
  }
  ~GilLockTest() override {
    for (Slot* const slot : g_slots) {
      EXPECT_TRUE(slot->state.move(SlotState::kStarting, SlotState::kFree));
      SlotTable::recycle(*slot);
    }
  }

  // A thread that takes the lock as `why`, writes itself down and gives it back.
  std::thread visitor(std::size_t actor, GilWhy why) {
    return std::thread([this, actor, why] {
      ASSERT_TRUE(gil_.take(slot_of(actor), why));
      diary_.push_back(actor);
      gil_.give_back(slot_of(actor));
    });
  }

  void take(std::size_t actor) { ASSERT_TRUE(gil_.take(slot_of(actor), GilWhy::kReturning)); }

  // Runs `body` in a thread that holds the lock as actor 0, and has it by a handoff: so its turn is
  // an ordinary one, as that of a thread that computes. It gives the lock back itself. Until then
  // the rule is the one without debts, or a slow machine would leave some.
  template <class Body>
  void compute(Body body) {
    gil_.set_rule(GilRule::kIntervalOnly);
    take(7);
    std::thread computing([&] {
      ASSERT_TRUE(gil_.take(slot_of(0), GilWhy::kFirst));
      gil_.set_rule(GilRule::kPreferReturning);
      body();
    });
    await_waiters(gil_, 1);
    gil_.give_back(slot_of(7));
    computing.join();
  }

  GilLock gil_{GilLock::Start::kOn};
  std::vector<std::size_t> diary_;
};

using Diary = std::vector<std::size_t>;

TEST_F(GilLockTest, OffIsNotTakenAndHasNoHolder) {
  GilLock off(GilLock::Start::kOff);
  EXPECT_FALSE(off.is_on());
  EXPECT_FALSE(off.take(slot_of(0), GilWhy::kReturning));
  EXPECT_EQ(off.holder(), kNobody);
}

TEST_F(GilLockTest, IsTakenAndGivenBackWithoutAHandoffWhileNobodyWaits) {
  take(0);
  EXPECT_EQ(gil_.holder(), slot_of(0).id);
  EXPECT_FALSE(gil_.must_yield());
  EXPECT_TRUE(gil_.yield(slot_of(0)));
  EXPECT_EQ(gil_.holder(), slot_of(0).id);
  gil_.give_back(slot_of(0));
  EXPECT_EQ(gil_.holder(), kNobody);
  EXPECT_EQ(gil_.counters().handoffs, 0U);
}

// One of each kind: a second returning thread might find, on a slow machine, that the first one's
// turn has run up a debt (tests/runtime/gil_policy_test.cc has such cases, in virtual time).
TEST_F(GilLockTest, AReturningThreadGoesBeforeAnOrdinaryOneThatCameFirst) {
  std::vector<std::thread> threads;
  compute([&] {
    threads.push_back(visitor(1, GilWhy::kFirst));
    await_waiters(gil_, 1);
    threads.push_back(visitor(2, GilWhy::kReturning));
    await_waiters(gil_, 2);
    gil_.give_back(slot_of(0));
  });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(diary_, (Diary{2, 1}));
  EXPECT_EQ(gil_.counters().handoffs, 3U);
  EXPECT_EQ(gil_.counters().forced, 0U);
}

TEST_F(GilLockTest, ReturningThreadsGoInTheOrderInWhichTheyCame) {
  std::vector<std::thread> threads;
  compute([&] {
    for (const std::size_t actor : {1U, 2U, 3U}) {
      threads.push_back(visitor(actor, GilWhy::kReturning));
      await_waiters(gil_, static_cast<std::uint32_t>(actor));
    }
    gil_.give_back(slot_of(0));
  });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(diary_, (Diary{1, 2, 3}));
}

TEST_F(GilLockTest, UnderIntervalOnlyAllStandInOneLine) {
  gil_.set_rule(GilRule::kIntervalOnly);
  take(0);
  std::vector<std::thread> threads;
  threads.push_back(visitor(1, GilWhy::kFirst));
  await_waiters(gil_, 1);
  threads.push_back(visitor(2, GilWhy::kReturning));
  await_waiters(gil_, 2);
  gil_.give_back(slot_of(0));
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(diary_, (Diary{1, 2}));
}

TEST_F(GilLockTest, AForcedSwitchHandsOverBeforeItComesBack) {
  gil_.set_interval(kMillisecond);
  take(0);
  std::thread other = visitor(1, GilWhy::kFirst);
  await([] { return is_asked(0); });
  ASSERT_TRUE(pass_safepoint(gil_, slot_of(0)));
  diary_.push_back(0);
  gil_.give_back(slot_of(0));
  other.join();
  EXPECT_EQ(diary_, (Diary{1, 0}));
  EXPECT_EQ(gil_.counters().forced, 1U);
  EXPECT_EQ(gil_.counters().handoffs, 2U);
}

TEST_F(GilLockTest, TheIntervalPassesBeforeAnOrdinaryThreadIsServed) {
  constexpr Nanos kInterval = 30 * kMillisecond;
  gil_.set_interval(kInterval);
  for (const GilRule rule : {GilRule::kPreferReturning, GilRule::kIntervalOnly}) {
    gil_.set_rule(rule);
    take(0);
    const Nanos before = platform::now();
    std::thread other = visitor(1, GilWhy::kFirst);
    await([] { return is_asked(0); });
    EXPECT_GE(platform::now() - before, kInterval);
    EXPECT_TRUE(pass_safepoint(gil_, slot_of(0)));
    gil_.give_back(slot_of(0));
    other.join();
  }
}

TEST_F(GilLockTest, AShorterIntervalReachesThoseWhoSleepByTheOldOne) {
  gil_.set_interval(3600 * platform::kSecond);
  take(0);
  std::thread other = visitor(1, GilWhy::kFirst);
  await_waiters(gil_, 1);
  platform::sleep_for(2 * kMillisecond);  // Not needed, but then it likely sleeps.
  gil_.set_interval(kMillisecond);
  await([] { return is_asked(0); });
  EXPECT_TRUE(pass_safepoint(gil_, slot_of(0)));
  gil_.give_back(slot_of(0));
  other.join();
}

TEST_F(GilLockTest, AStaleRequestIsIgnored) {
  gil_.set_interval(3600 * platform::kSecond);
  take(0);
  std::thread other = visitor(1, GilWhy::kFirst);
  await_waiters(gil_, 1);
  slot_of(0).ask(Breaker::kGil);
  EXPECT_TRUE(pass_safepoint(gil_, slot_of(0)));
  EXPECT_EQ(gil_.holder(), slot_of(0).id);
  EXPECT_EQ(gil_.counters().forced, 0U);
  gil_.give_back(slot_of(0));
  other.join();
}

TEST_F(GilLockTest, AReturningThreadAsksAtOnceAndWhoIsPushedAsideComesNext) {
  gil_.set_interval(3600 * platform::kSecond);
  compute([this] {
    std::thread next = visitor(2, GilWhy::kFirst);  // another that computes, and has waited
    await_waiters(gil_, 1);
    std::thread returning = visitor(3, GilWhy::kReturning);
    await([] { return is_asked(0); });
    ASSERT_TRUE(pass_safepoint(gil_, slot_of(0)));
    diary_.push_back(0);
    gil_.give_back(slot_of(0));
    returning.join();
    next.join();
  });
  EXPECT_EQ(diary_, (Diary{3, 0, 2}));
}

TEST_F(GilLockTest, CountsWaitingTimeAndTheLongestHold) {
  slot_of(1).gil_waited.store(0, kRelaxed);
  take(0);
  std::thread other = visitor(1, GilWhy::kFirst);
  await_waiters(gil_, 1);
  const Nanos before = platform::now();
  while (platform::now() - before < 3 * kMillisecond) {
  }
  gil_.give_back(slot_of(0));
  other.join();
  EXPECT_GE(slot_of(1).gil_waited.load(kRelaxed), 3 * kMillisecond);
  EXPECT_GE(gil_.counters().longest_hold, 3 * kMillisecond);
}

TEST_F(GilLockTest, TurningItOffSendsEveryWaiterAway) {
  take(0);
  std::vector<std::thread> threads;
  std::atomic<int> turned_away{0};
  for (const std::size_t actor : {1U, 2U, 3U, 4U}) {
    threads.emplace_back([this, actor, &turned_away] {
      const GilWhy why = actor % 2 == 0 ? GilWhy::kFirst : GilWhy::kReturning;
      if (!gil_.take(slot_of(actor), why)) turned_away.fetch_add(1);
    });
  }
  await_waiters(gil_, 4);
  gil_.turn_off(slot_of(0));
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(turned_away.load(), 4);
  EXPECT_FALSE(gil_.is_on());
  EXPECT_EQ(gil_.holder(), kNobody);
}

TEST_F(GilLockTest, TurningItOnGivesItToTheCallerWithoutWaiting) {
  GilLock gil(GilLock::Start::kOff);
  gil.turn_on(slot_of(0));
  EXPECT_EQ(gil.holder(), slot_of(0).id);
  std::thread other([&gil] {
    EXPECT_TRUE(gil.take(slot_of(1), GilWhy::kReturning));
    gil.give_back(slot_of(1));
  });
  await_waiters(gil, 1);
  gil.give_back(slot_of(0));
  other.join();
  EXPECT_EQ(gil.holder(), kNobody);
}

TEST_F(GilLockTest, AForkedChildHoldsItAndNobodyWaits) {
  take(0);
  std::thread other = visitor(1, GilWhy::kReturning);
  await_waiters(gil_, 1);
  const pid_t child = fork();
  if (child == 0) {
    gil_.reset_after_fork(slot_of(0));
    bool good = gil_.holder() == slot_of(0).id && gil_.waiters() == 0 && !gil_.must_yield();
    gil_.give_back(slot_of(0));
    good = good && gil_.take(slot_of(2), GilWhy::kReturning);
    _exit(good ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  gil_.give_back(slot_of(0));
  other.join();
}

// Threads that compute, block and give way, over plain memory. ThreadSanitizer sees any hole.
class GilLockConcurrency : public GilLockTest, public testing::WithParamInterface<GilRule> {};

TEST_P(GilLockConcurrency, OneThreadAtATime) {
  constexpr std::size_t kActors = 4;
  constexpr std::size_t kSteps = 5;
  constexpr int kRounds = 2'000;
  gil_.set_rule(GetParam());
  gil_.set_interval(50 * kMicrosecond);
  std::uint64_t first = 0;  // The same as `last` whenever nobody is inside.
  std::uint64_t last = 0;
  std::vector<std::thread> threads;
  for (std::size_t actor = 0; actor < kActors; ++actor) {
    threads.emplace_back([&, actor] {
      Slot& slot = slot_of(actor);
      for (int round = 0; round < kRounds; ++round) {
        ASSERT_TRUE(gil_.take(slot, actor == 0 ? GilWhy::kFirst : GilWhy::kReturning));
        for (std::size_t step = 0; step < kSteps; ++step) {
          ASSERT_EQ(first, last);
          ++first;
          platform::spin_pause();
          ++last;
          ASSERT_TRUE(pass_safepoint(gil_, slot));
        }
        gil_.give_back(slot);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(first, kActors * kRounds * kSteps);
  EXPECT_EQ(last, first);
  EXPECT_EQ(gil_.holder(), kNobody);
  EXPECT_EQ(gil_.waiters(), 0U);
}

// W5 (viii): a thread that computes, beside two that block and return so that one always waits.
TEST_P(GilLockConcurrency, AComputingThreadAdvancesBesidePingPong) {
  constexpr Nanos kTurn = 20 * kMicrosecond;
  constexpr Nanos kGoal = 20 * kMillisecond;
  gil_.set_rule(GetParam());
  std::atomic<bool> done{false};
  std::vector<std::thread> ping_pong;
  for (const std::size_t actor : {1U, 2U}) {
    ping_pong.emplace_back([this, actor, &done] {
      while (!done.load()) {
        ASSERT_TRUE(gil_.take(slot_of(actor), GilWhy::kReturning));
        const Nanos ends = platform::now() + kTurn;
        while (platform::now() < ends) {
        }
        gil_.give_back(slot_of(actor));
      }
    });
  }
  // Its own time in the lock: steps between safepoints that went through undisturbed.
  Nanos advanced = 0;
  ASSERT_TRUE(gil_.take(slot_of(0), GilWhy::kFirst));
  while (advanced < kGoal) {
    const std::uint64_t forced = gil_.counters().forced;
    const Nanos before = platform::now();
    ASSERT_TRUE(pass_safepoint(gil_, slot_of(0)));
    if (gil_.counters().forced == forced) advanced += platform::now() - before;
  }
  gil_.give_back(slot_of(0));
  done.store(true);
  for (std::thread& thread : ping_pong) thread.join();
}

INSTANTIATE_TEST_SUITE_P(Rules, GilLockConcurrency,
                         testing::Values(GilRule::kPreferReturning, GilRule::kIntervalOnly),
                         [](const auto& param) {
                           return param.param == GilRule::kPreferReturning ? "PreferReturning"
                                                                           : "IntervalOnly";
                         });

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
