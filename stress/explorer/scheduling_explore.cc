// The explorer's scheduler: what it finds, and that what it finds is there.

#include <gtest/gtest.h>

#include <cstdlib>

#include "memory/atomic.h"
#include "memory/door/platform.h"
#include "memory/raw_mutex.h"
#include "memory/slot.h"
#include "stress/explorer/explore.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::explore;
using explorer::Fault;
using explorer::Options;
using explorer::Report;
using explorer::Shared;
using platform::kMillisecond;
using platform::kNever;

// Each of two threads takes two steps: with p preemptions there are known numbers of schedules.
struct TwoSteps {
  static constexpr unsigned kActors = 2;
  SysAtomic<int> x;
  int order[2] = {};
  void act(unsigned actor) {
    for (int i = 0; i < 2; ++i) order[actor] = 10 * order[actor] + x.fetch_add(1, kSeqCst);
  }
  int outcome() { return order[0]; }
};

TEST(Scheduling, PreemptionsAreBoundedAndEachScheduleRunsOnce) {
  const std::size_t schedules[] = {2, 4, 6};  // AABB BBAA; ABBA BAAB; ABAB BABA
  for (std::uint8_t preemptions = 0; preemptions < 3; ++preemptions) {
    Options options;
    options.preemptions = preemptions;
    const Report report = explore<TwoSteps>(options);
    EXPECT_TRUE(report.is_complete()) << report;
    EXPECT_EQ(report.schedules, schedules[preemptions]);
    EXPECT_EQ(report.outcomes.size(), schedules[preemptions]);
  }
}

TEST(Scheduling, ABudgetThatCutsSaysSo) {
  Options options;
  options.budget = 3;
  const Report report = explore<TwoSteps>(options);
  EXPECT_EQ(report.end, explorer::End::kBudgetCut);
  EXPECT_EQ(report.schedules, 3U);
}

struct PlainCounter {
  static constexpr unsigned kActors = 2;
  Shared<int> count{0};
  void act(unsigned) { count.set(count.get() + 1); }
};

TEST(Scheduling, FindsADataRace) { EXPECT_TRUE(explore<PlainCounter>().found(Fault::kRace)); }

// The same without a word to the explorer.
struct PlainMember {
  static constexpr unsigned kActors = 2;
  RawMutex mutex;
  int guarded = 0;
  int forgotten = 0;
  void act(unsigned) {
    {
      const RawLock lock(mutex);
      ++guarded;
    }
    if (kForgets) ++forgotten;
  }
  static inline bool kForgets = false;
};

TEST(Scheduling, FindsARaceOnPlainMembers) {
#if !defined(__GNUC__) || defined(__clang__) || defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "needs GCC's instrumentation";
#endif
  PlainMember::kForgets = false;
  EXPECT_TRUE(explore<PlainMember>().is_clean());
  PlainMember::kForgets = true;
  const Report report = explore<PlainMember>();
  EXPECT_TRUE(report.found(Fault::kRace)) << report;
  EXPECT_NE(report.message.find("scheduling_explore.cc:"), std::string::npos) << report.message;
}

struct LockOrder {
  static constexpr unsigned kActors = 2;
  RawMutex first, second;
  void act(unsigned actor) {
    const RawLock outer(actor == 0 ? first : second);
    const RawLock inner(actor == 0 ? second : first);
  }
};

TEST(Scheduling, FindsADeadlock) {
  Options options;
  options.preemptions = 0;
  EXPECT_TRUE(explore<LockOrder>(options).is_clean());
  options.preemptions = 1;
  const Report report = explore<LockOrder>(options);
  EXPECT_TRUE(report.found(Fault::kDeadlock)) << report;
  EXPECT_NE(report.message.find("A sleeps at"), std::string::npos) << report.message;
  EXPECT_NE(report.message.find("B sleeps at"), std::string::npos) << report.message;
}

// A waits for B's signal if it finds B busy, and B looks for sleepers when it is done. Nobody wakes
// A only if B is done between A's look at B and A's word that it sleeps.
struct LostWakeup {
  static constexpr unsigned kActors = 2;
  SysAtomic<std::uint32_t> busy, sleepers, signal;
  void act(unsigned actor) {
    if (actor == 0) {
      if (busy.load(kSeqCst) == 0) return;
      sleepers.store(1, kSeqCst);
      platform::futex_wait(signal, 0, kNever);
    } else {
      busy.store(1, kSeqCst);
      busy.store(0, kSeqCst);
      if (sleepers.load(kSeqCst) == 0) return;
      signal.store(1, kSeqCst);
      platform::futex_wake_all(signal);
    }
  }
};

TEST(Scheduling, ASeededLostWakeupNeedsTwoPreemptions) {
  Options options;
  options.preemptions = 1;
  EXPECT_TRUE(explore<LostWakeup>(options).is_clean());
  options.preemptions = 2;
  const Report report = explore<LostWakeup>(options);
  EXPECT_TRUE(report.found(Fault::kDeadlock)) << report;
}

// A sleeper whose word has changed since, and nobody woke it.
struct ForgottenWake {
  static constexpr unsigned kActors = 2;
  SysAtomic<std::uint32_t> word;
  void act(unsigned actor) {
    if (actor == 0) {
      while (word.load(kAcquire) == 0) platform::futex_wait(word, 0, kNever);
    } else {
      word.store(1, kRelease);
    }
  }
};

TEST(Scheduling, TellsALostWakeupFromADeadlock) {
  EXPECT_TRUE(explore<ForgottenWake>().found(Fault::kLostWakeup));
}

struct EndlessSpin {
  static constexpr unsigned kActors = 2;
  SysAtomic<int> flag;
  void act(unsigned actor) {
    while (actor == 0 && flag.load(kAcquire) == 0) platform::spin_pause();
  }
};

TEST(Scheduling, FindsALivelock) { EXPECT_TRUE(explore<EndlessSpin>().found(Fault::kLivelock)); }

// Two threads that step back for each other for ever: every step changes something.
struct PoliteThreads {
  static constexpr unsigned kActors = 2;
  SysAtomic<int> turn;
  void act(unsigned actor) {
    const int mine = static_cast<int>(actor);
    while (turn.exchange(1 - mine, kAcqRel) != 2) platform::spin_pause();
  }
};

TEST(Scheduling, FindsALivelockThatChangesValues) {
  EXPECT_TRUE(explore<PoliteThreads>().found(Fault::kLivelock));
}

// A loop without end waits for a change; a loop with an end may come to it first.
struct BoundedSpin {
  static constexpr unsigned kActors = 2;
  SysAtomic<int> flag;
  bool gave_up = false;
  void act(unsigned actor) {
    if (actor == 1) return flag.store(1, kRelease);
    int left = 50;
    while (left > 0 && flag.load(kAcquire) == 0) {
      platform::spin_pause();
      --left;
    }
    gave_up = left == 0;
  }
  int outcome() { return gave_up ? 1 : 0; }
};

TEST(Scheduling, ASpinLoopMaySucceedAndMayGiveUp) {
  const Report report = explore<BoundedSpin>();
  EXPECT_TRUE(report.is_clean()) << report;
  EXPECT_EQ(report.outcomes.size(), 2U) << report;
  EXPECT_LT(report.schedules, 20U) << "one schedule for each look would be a waste";
}

struct UseAfterFree {
  static constexpr unsigned kActors = 2;
  SysAtomic<int>* word = new SysAtomic<int>(0);
  SysAtomic<int> other;
  void act(unsigned actor) {
    other.fetch_add(1, kRelaxed);
    if (actor == 0)
      delete word;
    else
      word->store(1, kRelaxed);
  }
};

TEST(Scheduling, FindsAUseAfterFree) {
  EXPECT_TRUE(explore<UseAfterFree>().found(Fault::kUseAfterFree));
}

struct DeadFrame {
  static constexpr unsigned kActors = 2;
  SysAtomic<SysAtomic<int>*> published;
  [[gnu::noinline]] void publish_a_local() {
    SysAtomic<int> local(0);
    published.store(&local, kRelease);
    local.store(1, kRelaxed);
  }
  void act(unsigned actor) {
    if (actor == 0) return publish_a_local();
    if (SysAtomic<int>* const word = published.load(kAcquire)) word->store(2, kRelaxed);
  }
};

TEST(Scheduling, FindsAnAccessToAFrameThatIsGone) {
  const Report report = explore<DeadFrame>();
  EXPECT_TRUE(report.found(Fault::kUseAfterFree)) << report;
}

// An atomic is constructed by plain stores: who gets its address without an acquire races.
template <Order kPublish>
struct Construction {
  static constexpr unsigned kActors = 2;
  SysAtomic<SysAtomic<int>*> published;
  void act(unsigned actor) {
    if (actor == 0) return published.store(new SysAtomic<int>(7), kPublish);
    SysAtomic<int>* const word = published.load(kAcquire);
    if (word != nullptr) static_cast<void>(word->load(kRelaxed));
  }
};

TEST(Scheduling, ConstructionMustHappenBeforeUse) {
  EXPECT_TRUE(explore<Construction<kRelease>>().is_clean());
  EXPECT_TRUE(explore<Construction<kRelaxed>>().found(Fault::kRace));
}

struct Crash {
  static constexpr unsigned kActors = 1;
  SysAtomic<int*> pointer;
  Shared<int> result;
  void act(unsigned) {
    volatile int* const nowhere = pointer.load(kRelaxed);
    result.set(*nowhere);
  }
};

TEST(Scheduling, ACrashIsAFindingLikeAnyOther) {
  if (kAddressSanitizer) GTEST_SKIP() << "the sanitizer takes the signal for itself";
  const Report report = explore<Crash>();
  EXPECT_TRUE(report.found(Fault::kCrash)) << report;
  EXPECT_TRUE(explore<TwoSteps>().is_clean()) << "and the explorer goes on";
}

// Virtual time: a deadline fires when nobody else can go on, or early, as a choice.
struct TimedWait {
  static constexpr unsigned kActors = 2;
  SysAtomic<std::uint32_t> word;
  bool timed_out = false;
  void act(unsigned actor) {
    if (actor == 1) {
      word.store(1, kRelease);
      return platform::futex_wake_one(word);
    }
    const auto deadline = platform::deadline_in(3600 * platform::kSecond);
    while (word.load(kAcquire) == 0 && !timed_out)
      timed_out = platform::futex_wait(word, 0, deadline) == platform::Wait::kTimedOut;
  }
  int outcome() { return timed_out ? 1 : 0; }
};

TEST(Scheduling, TimeoutsMayFireEarly) {
  Options options;
  EXPECT_EQ(explore<TimedWait>(options).outcomes.size(), 2U);
  options.early_timeouts = 0;
  EXPECT_EQ(explore<TimedWait>(options).outcomes.size(), 1U);
}

struct NobodyWakes {
  static constexpr unsigned kActors = 2;
  SysAtomic<std::uint32_t> word;
  platform::Nanos slept[2] = {};
  void act(unsigned actor) {
    const auto span = static_cast<platform::Nanos>(actor + 1) * kMillisecond;
    const auto start = platform::now();
    platform::futex_wait(word, 0, start + span);
    slept[actor] = platform::now() - start;
  }
  void finish() {
    explorer::expect(slept[0] >= kMillisecond && slept[1] >= 2 * kMillisecond, "time passed");
    explorer::expect(slept[1] < 100 * kMillisecond, "but not much more");
  }
};

TEST(Scheduling, TimePassesWhenNobodyCanGoOn) {
  const Report report = explore<NobodyWakes>();
  EXPECT_TRUE(report.is_clean()) << report;
}

struct ClockReader {
  static constexpr unsigned kActors = 1;
  bool late = false;
  void act(unsigned) {
    const auto start = platform::now();
    late = platform::now() - start >= kMillisecond;
  }
  int outcome() { return late ? 1 : 0; }
};

TEST(Scheduling, TheClockMayLeap) { EXPECT_EQ(explore<ClockReader>().outcomes.size(), 2U); }

struct OwnCurrent {
  static constexpr unsigned kActors = 3;
  SysAtomic<int> x;
  void act(unsigned actor) {
    explorer::expect(current().id == kNobody, "a new thread has nothing");
    for (int i = 0; i < 3; ++i) {
      current().id = static_cast<OwnerId>(actor + 7);
      x.fetch_add(1, kRelaxed);
      explorer::expect(current().id == actor + 7, "what is mine stays mine");
    }
  }
};

TEST(Scheduling, EachThreadHasACurrentOfItsOwn) {
  const Report report = explore<OwnCurrent>();
  EXPECT_TRUE(report.is_clean()) << report;
  EXPECT_EQ(current().id, kNobody);
}

struct Nondeterministic {
  static constexpr unsigned kActors = 2;
  SysAtomic<int> x;
  void act(unsigned actor) {
    const int steps = actor == 0 ? 2 + std::rand() % 3 : 2;
    for (int i = 0; i < steps; ++i) x.fetch_add(1, kRelaxed);
  }
};

TEST(Scheduling, AScenarioThatIsNotDeterministicIsRefused) {
  EXPECT_TRUE(explore<Nondeterministic>().found(Fault::kUnfit));
}

// Static objects of the product begin each schedule as they were before the first.
struct Statics {
  static constexpr unsigned kActors = 2;
  static inline SysAtomic<int> count{5};
  void act(unsigned) { count.fetch_add(1, kRelaxed); }
  void finish() {
    explorer::expect(count.load(kRelaxed) == 7, "nothing is left of other schedules");
  }
};

TEST(Scheduling, StaticObjectsArePutBack) {
  const Report report = explore<Statics>();
  EXPECT_TRUE(report.is_clean()) << report;
  EXPECT_GT(report.schedules, 1U);
  EXPECT_EQ(Statics::count.load(kRelaxed), 5);
}

// A bug of depth 2 among n = 2 threads and k steps is met with a probability of 1 / (n k) or more.
struct DepthTwo {
  static constexpr unsigned kActors = 2;
  static constexpr int kBefore = 10;
  SysAtomic<int> x, y;
  bool met = false;
  void act(unsigned actor) {
    for (int i = 0; i < kBefore; ++i) y.fetch_add(1, kRelaxed);
    if (actor == 0) {
      x.store(1, kSeqCst);
      x.store(0, kSeqCst);
    } else {
      met = x.load(kSeqCst) == 1;
    }
  }
  int outcome() { return met ? 1 : 0; }
};

TEST(Scheduling, PctMeetsABugAsOftenAsItPromises) {
  constexpr double kThreads = 2;
  constexpr double kSteps = 2 * DepthTwo::kBefore + 3 + 3;  // the start and the ends are steps too
  Report report = explorer::sample<DepthTwo>({.depth = 2, .schedules = 20'000, .seed = 5});
  EXPECT_EQ(report.deepest, static_cast<std::uint32_t>(kSteps));
  const double met = static_cast<double>(report.outcomes[1]);
  EXPECT_GE(met, 20'000 / (kThreads * kSteps));
  EXPECT_LT(met, 20'000 / 2);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
