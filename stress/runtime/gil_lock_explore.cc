// runtime/gil_lock.h under every interleaving: one holder at a time, everybody who waits is
// answered, and what a holder did is seen by the next.

#include <gtest/gtest.h>

#include "runtime/gil_lock.h"
#include "stress/explorer/explore.h"
#include "stress/runtime/explored_crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::Bounds;
using explorer::explore;
using explorer::Fault;
using explorer::Report;

constexpr Bounds kOddTimes{1, 0, 1, 1, 0};

template <class Scenario>
void explore_in_parts() {
  explore_in_two_halves<Scenario>();
  expect_all(explore<Scenario>({kOddTimes}));
}

template <unsigned kThreads>
struct OneGil {
  static constexpr unsigned kActors = kThreads;
  GilLock gil{GilLock::Start::kOn};
  Slot* slots[kThreads];
  Guarded of_holder;
  OneGil() {
    for (Slot*& slot : slots) slot = SlotTable::issue();
    explorer::call(gil, "gil");
  }
  void use(Slot& slot) {
    explorer::expect(gil.holder() == slot.id, "who took it has it");
    of_holder.use();
  }
  void expect_free(int uses) {
    explorer::expect(of_holder.uses() == uses, "everybody had a turn");
    explorer::expect(gil.holder() == kNobody && gil.waiters() == 0, "and nobody is left");
  }
};

// Everybody comes back from blocking, works, and blocks again.
template <unsigned kThreads>
struct ComeAndGo : OneGil<kThreads> {
  void act(unsigned actor) {
    Slot& me = *this->slots[actor];
    explorer::expect(this->gil.take(me, GilWhy::kReturning), "it is on");
    this->use(me);
    this->gil.give_back(me);
  }
  void finish() { this->expect_free(kThreads); }
};

TEST(GilLockExplored, TwoComeAndGo) { explore_in_parts<ComeAndGo<2>>(); }
TEST(GilLockExplored, ThreeComeAndGo) { expect_all(explore<ComeAndGo<3>>({{1, 1, 0, 0, 0}})); }

// One works on and yields when it must.
struct HolderYields : OneGil<2> {
  void act(unsigned actor) {
    Slot& me = *slots[actor];
    explorer::expect(gil.take(me, actor == 0 ? GilWhy::kFirst : GilWhy::kReturning), "it is on");
    use(me);
    if (actor == 0 && gil.must_yield()) {
      explorer::expect(gil.yield(me), "it is on");
      use(me);
    }
    gil.give_back(me);
  }
  void finish() { explorer::expect(gil.holder() == kNobody && gil.waiters() == 0, "all went"); }
};

TEST(GilLockExplored, AHolderYields) { explore_in_parts<HolderYields>(); }

// The holder turns it off while another waits, who then goes on without.
struct TurnedOff : OneGil<2> {
  void act(unsigned actor) {
    Slot& me = *slots[actor];
    if (!gil.take(me, GilWhy::kReturning)) return;
    use(me);
    if (actor == 0) return gil.turn_off(me);
    gil.give_back(me);
  }
  void finish() { explorer::expect(!gil.is_on() && gil.waiters() == 0, "nobody waits for it"); }
};

TEST(GilLockExplored, ItIsTurnedOffWhileAnotherWaits) { explore_in_parts<TurnedOff>(); }

// --- Twins: a handoff in small. ---

enum class Mistake {
  kNone,
  kRelaxedAnswer,  // what the last holder did need not be seen by the next
  kLooksTooEarly,  // who begins to wait is missed by a holder that goes
};

template <Mistake kMistake>
struct SmallHandoff {
  static constexpr unsigned kActors = 2;
  static constexpr std::uint32_t kFree = 0, kHeld = 1, kWanted = 2;
  SysAtomic<std::uint32_t> word, answer;
  Guarded of_holder;

  void take() {
    for (;;) {
      std::uint32_t seen = kFree;
      if (word.compare_exchange(seen, kHeld, kAcquire, kRelaxed)) return;
      seen = kHeld;
      if (word.compare_exchange(seen, kWanted, kRelaxed, kRelaxed)) break;
    }
    while (answer.load(kAcquire) == 0) platform::futex_wait(answer, 0, platform::kNever);
  }
  void give_back() {
    std::uint32_t seen = kHeld;
    if (kMistake == Mistake::kLooksTooEarly) {
      if (word.load(kRelaxed) == kHeld) return word.store(kFree, kRelease);
    } else if (word.compare_exchange(seen, kFree, kRelease, kRelaxed)) {
      return;
    }
    word.store(kHeld, kRelaxed);
    answer.store(1, kMistake == Mistake::kRelaxedAnswer ? kRelaxed : kRelease);
    platform::futex_wake_one(answer);
  }
  void act(unsigned) {
    take();
    of_holder.use();
    give_back();
  }
};

TEST(GilLockExplored, TwinsAreCaught) {
  const Report sound = explore<SmallHandoff<Mistake::kNone>>();
  EXPECT_TRUE(sound.is_clean()) << sound;
  const Report relaxed = explore<SmallHandoff<Mistake::kRelaxedAnswer>>();
  EXPECT_TRUE(relaxed.found(Fault::kRace)) << relaxed;
  const Report early = explore<SmallHandoff<Mistake::kLooksTooEarly>>();
  EXPECT_TRUE(early.found(Fault::kDeadlock)) << early;
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
