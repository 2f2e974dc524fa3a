// runtime/single_thread.h under every interleaving: plain locks of the only thread and atomic ones
// of those who come and go exclude each other, nobody is forgotten, and the mode comes back (I1 to
// I4; counterexamples S1 to S3).

#include <gtest/gtest.h>

#include "memory/raw_mutex.h"
#include "runtime/critical_section.h"
#include "runtime/single_thread.h"
#include "stress/explorer/explore.h"
#include "stress/runtime/explored_crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::explore;
using explorer::Fault;
using explorer::Report;

using Outcomes = std::set<std::uint64_t>;  // to be seen, so that green means that it looked

struct Object {
  ParallelObjectLock lock;
  Guarded body;
  void use() {
    const ParallelCriticalSection section(lock);
    body.use();
  }
};

// A is the only thread, in the mode, and works on; B begins, works and goes.
template <bool kIsAway>
struct ANewcomer {
  static constexpr unsigned kActors = 2;
  Member one;
  Object object;
  bool was_single = false;
  ANewcomer() {
    one.enter();
    safepoint();
    explorer::expect(SingleThread::is_on(), "one thread is alone");
    current() = {};
    explorer::call(object, "object");
  }
  void act(unsigned actor) {
    if (actor == 1) {
      explorer::expect(Thread::start() == Attach::kDone, "it begins");
      explorer::expect(!SingleThread::is_on(), "I2: who is second never sees the mode");
      object.use();
      return Thread::exit();
    }
    Thread& me = one.enter();
    object.use();
    if (kIsAway) {
      me.detach();
      explorer::expect(me.attach() == Attach::kDone, "it comes back");
    } else {
      safepoint();
    }
    was_single = SingleThread::is_on();
    object.use();
    me.detach();
  }
  int outcome() { return was_single ? 1 : 0; }
  void finish() { explorer::expect(object.body.uses() == 3, "every turn counts"); }
};

TEST(SingleThreadExplored, ASecondThreadComesWhileTheFirstWorks) {
  EXPECT_EQ(explore_in_two_halves<ANewcomer<false>>(), (Outcomes{0, 1}));
}
TEST(SingleThreadExplored, ASecondThreadComesWhileTheFirstIsAway) {
  EXPECT_EQ(explore_in_two_halves<ANewcomer<true>>(), (Outcomes{0, 1}));
}

// A works and goes for good; B works on, and is alone at last.
struct ASurvivor {
  static constexpr unsigned kActors = 2;
  Member leaver, survivor;
  Object object;
  bool was_single = false;
  ASurvivor() { explorer::call(object, "object"); }
  void act(unsigned actor) {
    if (actor == 0) {
      leaver.enter();
      object.use();
      return Thread::exit();
    }
    Thread& me = survivor.enter();
    object.use();
    safepoint();
    was_single = SingleThread::is_on();
    object.use();
    me.detach();
  }
  int outcome() { return was_single ? 1 : 0; }
  void finish() { explorer::expect(object.body.uses() == 3, "every turn counts"); }
};

TEST(SingleThreadExplored, TheSurvivorIsAloneAgain) {
  EXPECT_EQ(explore_in_two_halves<ASurvivor>(), (Outcomes{0, 1}));
}

// --- Twins: the mode in small, with one mistake each. ---

enum class Mistake {
  kNone,
  kStrangerFlips,   // S1: the newcomer ends the mode and does not wait for the one
  kGuardRemembers,  // S2: unlock does what lock did, though the mode has changed in between
  kLeaverFlips,     // S3: who leaves begins the mode for who stays
};

// A lock that its user takes plainly or not. 0 free, 1 held, 2 held and somebody may sleep.
class SmallLock {
 public:
  void lock(bool plainly) {
    if (plainly && word_.load(kRelaxed) == 0) return word_.store(1, kRelaxed);
    std::uint32_t seen = 0;
    if (word_.compare_exchange(seen, 1, kAcquire, kRelaxed)) return;
    while (word_.exchange(2, kAcquire) != 0) platform::futex_wait(word_, 2, platform::kNever);
  }
  void unlock(bool plainly) {
    if (plainly) return word_.store(0, kRelaxed);
    if (word_.exchange(0, kRelease) == 2) platform::futex_wake_one(word_);
  }

 private:
  SysAtomic<std::uint32_t> word_;
};

// A is alone; B comes in the middle of A's section, at whose safepoint A agrees.
template <Mistake kMistake>
struct SmallNewcomer {
  static constexpr unsigned kActors = 2;
  SmallLock lock;
  SysAtomic<bool> single{true};
  SysAtomic<std::uint32_t> agreed;
  Guarded body;

  void agree() {
    single.store(false, kRelaxed);
    agreed.store(1, kRelease);
    platform::futex_wake_all(agreed);
  }
  void act(unsigned actor) {
    if (actor == 1) {
      if (kMistake == Mistake::kStrangerFlips) single.store(false, kRelaxed);
      while (kMistake != Mistake::kStrangerFlips && agreed.load(kAcquire) == 0)
        platform::futex_wait(agreed, 0, platform::kNever);
      lock.lock(false);
      body.use();
      return lock.unlock(false);
    }
    const bool plainly = single.load(kRelaxed);
    lock.lock(plainly);
    body.use();
    agree();
    body.use();
    lock.unlock(kMistake == Mistake::kGuardRemembers ? plainly : single.load(kRelaxed));
  }
};

// A and B are there; A goes; B is alone when it has seen that.
template <Mistake kMistake>
struct SmallSurvivor {
  static constexpr unsigned kActors = 2;
  SmallLock lock;
  RawMutex counting;
  std::uint32_t count = 2;
  SysAtomic<bool> single;
  Guarded body;

  void turn() {
    lock.lock(single.load(kRelaxed));
    body.use();
    lock.unlock(single.load(kRelaxed));
  }
  void act(unsigned actor) {
    turn();
    if (actor == 0) {
      const RawLock held(counting);
      --count;
      if (kMistake == Mistake::kLeaverFlips) single.store(true, kRelaxed);
      return;
    }
    if (kMistake != Mistake::kLeaverFlips) {
      const RawLock held(counting);
      if (count == 1) single.store(true, kRelaxed);
    }
    turn();
  }
};

TEST(SingleThreadExplored, TwinsAreCaught) {
  const Report newcomer = explore<SmallNewcomer<Mistake::kNone>>();
  EXPECT_TRUE(newcomer.is_clean()) << newcomer;
  const Report survivor = explore<SmallSurvivor<Mistake::kNone>>();
  EXPECT_TRUE(survivor.is_clean()) << survivor;
  const Report s1 = explore<SmallNewcomer<Mistake::kStrangerFlips>>();
  EXPECT_TRUE(s1.found(Fault::kRace)) << s1;
  const Report s2 = explore<SmallNewcomer<Mistake::kGuardRemembers>>();
  EXPECT_FALSE(s2.is_clean()) << s2;
  const Report s3 = explore<SmallSurvivor<Mistake::kLeaverFlips>>();
  EXPECT_TRUE(s3.found(Fault::kRace)) << s3;
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
