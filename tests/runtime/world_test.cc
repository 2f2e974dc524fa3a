#include "runtime/world.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "runtime/gil.h"
#include "runtime/hostile.h"
#include "runtime/safepoint.h"
#include "runtime/thread.h"
#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;
using enum SlotState;

// A slot without a thread, whose moves the test makes by hand.
class Puppet {
 public:
  explicit Puppet(SlotState state) : slot(*SlotTable::issue()) {
    if (state == kStarting) return;
    move(kStarting, kDetached);
    if (state == kAttached) move(kDetached, kAttached);
    if (state == kHelpedDetached) move(kDetached, kHelpedDetached);
  }
  ~Puppet() {
    slot.state.reset_after_fork(kFree);
    World::settle(slot);
    SlotTable::recycle(slot);
  }
  void move(SlotState from, SlotState to) { EXPECT_TRUE(slot.state.move(from, to)); }
  [[nodiscard]] SlotState state() const { return slot.state.load(); }

  Slot& slot;
};

// A stop by another thread that lasts until `end` is raised.
class ForeignStop {
 public:
  explicit ForeignStop(StopKind kind = StopKind::kPause)
      : thread_(attached([this, kind](Thread&) {
          World::stop(kind);
          raise(stopped);
          EXPECT_TRUE(eventually([this] { return is_raised(end); }));
          World::start();
          raise(started);
        })) {}
  ~ForeignStop() {
    raise(end);
    thread_.join();
  }
  Flag stopped;
  Flag end;
  Flag started;

 private:
  std::thread thread_;
};

TEST(World, AloneItStopsAtOnceAndCounts) {
  const Known me;
  const std::uint64_t before = World::timing().stops;
  EXPECT_FALSE(World::is_stopped_by_me());
  {
    const StoppedWorld stopped;
    EXPECT_TRUE(World::is_stopped_by_me());
    EXPECT_TRUE(World::is_pause_of_mine());
  }
  EXPECT_FALSE(World::is_stopped_by_me());
  EXPECT_FALSE(World::is_pause_of_mine());
  EXPECT_EQ(World::timing().stops, before + 1);
}

TEST(World, AStopInAStopDoesNothing) {
  const Known me;
  const std::uint64_t before = World::timing().stops;
  {
    const StoppedWorld outer(StopKind::kExclusive);
    EXPECT_FALSE(World::is_pause_of_mine());
    {
      const StoppedWorld inner(StopKind::kPause);
      EXPECT_TRUE(World::is_pause_of_mine());
      const StoppedWorld innermost(StopKind::kExclusive);
      EXPECT_TRUE(World::is_pause_of_mine());
    }
    EXPECT_TRUE(World::is_stopped_by_me());
    EXPECT_FALSE(World::is_pause_of_mine());
  }
  EXPECT_FALSE(World::is_stopped_by_me());
  EXPECT_EQ(World::timing().stops, before + 1);
}

TEST(World, ADetachedSlotIsSuspendedAndComesBack) {
  const Known me;
  Puppet other(kDetached);
  {
    const StoppedWorld stopped;
    EXPECT_EQ(other.state(), kSuspended);
  }
  EXPECT_EQ(other.state(), kDetached);
}

TEST(World, AStartingSlotIsLeftAlone) {
  const Known me;
  Puppet other(kStarting);
  const StoppedWorld stopped;
  EXPECT_EQ(other.state(), kStarting);
}

TEST(WorldConcurrency, AStopWaitsForAnAttachedSlotAndAsksIt) {
  Puppet other(kAttached);
  ForeignStop stop;
  ASSERT_TRUE(eventually([&] {
    return (other.slot.breaker.load(kSeqCst) & static_cast<std::uint32_t>(Breaker::kStop)) != 0;
  }));
  EXPECT_FALSE(is_raised(stop.stopped));
  other.move(kAttached, kDetached);
  World::settle(other.slot);
  EXPECT_TRUE(eventually([&] { return is_raised(stop.stopped); }));
  EXPECT_EQ(other.state(), kSuspended);
  EXPECT_GT(World::longest_wait_for(other.slot), 0);
}

TEST(WorldConcurrency, AStopWaitsForAnExit) {
  Puppet other(kAttached);
  ForeignStop stop;
  ASSERT_TRUE(eventually([&] { return other.slot.breaker.load(kSeqCst) != 0; }));
  other.move(kAttached, kFree);
  World::settle(other.slot);
  EXPECT_TRUE(eventually([&] { return is_raised(stop.stopped); }));
}

// H4. The helper holds the slot while the stop comes; the stop waits for it, and the slot is
// suspended when the helper lets go. A helper that used `suspended` would be counted as stopped and
// would resume its victim inside the pause.
TEST(WorldConcurrency, H4HelperSettlesItsVictimForTheStopper) {
  Puppet victim(kHelpedDetached);
  ForeignStop stop;
  ASSERT_TRUE(eventually([] { return Notices::read().has(Notice::kStop); }));
  for (int i = 0; i < 100; ++i) platform::yield();
  EXPECT_FALSE(is_raised(stop.stopped));
  victim.move(kHelpedDetached, kDetached);
  World::settle(victim.slot);
  ASSERT_TRUE(eventually([&] { return is_raised(stop.stopped); }));
  EXPECT_EQ(victim.state(), kSuspended);
  raise(stop.end);
  ASSERT_TRUE(eventually([&] { return is_raised(stop.started); }));
  EXPECT_EQ(victim.state(), kDetached);
}

// W1. A thread stores detached, and is about to look at the notice. The stopper suspends it, stops,
// and starts again. If the thread then suspended itself for the stop that is over, nobody would
// wake it, and the next stop would begin one short.
TEST(World, W1SelfSuspensionForAStopThatIsOver) {
  const Known me;
  Puppet thread(kAttached);
  thread.move(kAttached, kDetached);
  { const StoppedWorld stopped; }
  World::settle(thread.slot);
  EXPECT_EQ(thread.state(), kDetached);

  // And for a stop that already suspended it: the countdown must not go below zero.
  {
    const StoppedWorld stopped;
    EXPECT_EQ(thread.state(), kSuspended);
    World::settle(thread.slot);
    World::settle(thread.slot);
    EXPECT_EQ(thread.state(), kSuspended);
  }
  EXPECT_EQ(thread.state(), kDetached);
  { const StoppedWorld stopped; }
}

TEST(WorldConcurrency, EverybodyStandsStillWhileTheWorldIsStopped) {
  constexpr int kThreads = 4;
  constexpr int kStops = 200;
  const Known me;
  Flag end;
  SysAtomic<int> running{0};
  // Plain on purpose: the handshake is all that orders them, and ThreadSanitizer watches.
  std::uint64_t turns[kThreads] = {};
  std::vector<std::thread> threads;
  for (std::uint64_t& mine : turns)
    threads.push_back(attached([&](Thread&) {
      running.fetch_add(1, kRelease);
      while (!is_raised(end)) {
        ++mine;
        safepoint();
      }
    }));
  // A thread that begins during a stop may be attached until it reads the notice; so let all begin.
  ASSERT_TRUE(eventually_at_safepoints([&] { return running.load(kAcquire) == kThreads; }));
  for (int i = 0; i < kStops; ++i) {
    const StoppedWorld stopped;
    std::uint64_t sum = 0;
    for (const std::uint64_t turn : turns) sum += turn;
    platform::yield();
    for (const std::uint64_t turn : turns) sum -= turn;
    EXPECT_EQ(sum, 0U);
    for (const Slot& slot : SlotTable::all()) {
      if (&slot != current().slot) {
        EXPECT_NE(slot.state.load(), kAttached);
      }
    }
  }
  raise(end);
  for (std::thread& thread : threads) join_detached(thread);
}

// Trap: the requester of a stop waits with its thread detached and its sections re-locked; or it
// detaches while somebody else's stop is on. Two threads stop the world, one detaches all the time.
TEST(WorldConcurrency, Trap04DetachWhileWaitingForAStop) {
  constexpr int kStops = 2000;
  SysAtomic<int> inside{0};
  SysAtomic<int> ready{0};
  Flag end;
  const auto gather = [&] {
    ready.fetch_add(1, kRelease);
    EXPECT_TRUE(eventually_at_safepoints([&] { return ready.load(kAcquire) == 3; }));
  };
  const auto stopper = [&](Thread&) {
    gather();
    for (int i = 0; i < kStops; ++i) {
      const StoppedWorld stopped;
      EXPECT_EQ(inside.fetch_add(1, kRelaxed), 0);
      inside.fetch_sub(1, kRelaxed);
    }
  };
  std::thread first = attached(stopper);
  std::thread second = attached(stopper);
  std::thread restless = attached([&](Thread& me) {
    gather();
    while (!is_raised(end)) {
      me.detach();
      EXPECT_EQ(me.attach(), Attach::kDone);
    }
  });
  first.join();
  second.join();
  raise(end);
  restless.join();
}

TEST(WorldConcurrency, AThreadThatStartsDuringAStopWaits) {
  Flag entered;
  std::thread newcomer;
  {
    ForeignStop stop;
    ASSERT_TRUE(eventually([&] { return is_raised(stop.stopped); }));
    newcomer = attached([&](Thread&) { raise(entered); });
    // It is suspended as soon as it backs out, or waits for the GIL; only then is the test worth
    // something.
    ASSERT_TRUE(eventually([] {
      bool found = detail::g_gil.waiters() != 0;
      for (const Slot& slot : SlotTable::all())
        found |= slot.standing.waits_since.load(kRelaxed) != 0 && slot.state.load() == kSuspended;
      return found;
    }));
    EXPECT_FALSE(is_raised(entered));
  }
  newcomer.join();
  EXPECT_TRUE(is_raised(entered));
}

// W4. An exclusive phase runs arbitrary code, and gives the world back while its thread blocks.
TEST(WorldConcurrency, W4ExclusivityIsGivenBackWhileDetached) {
  const Known me;
  Flag end;
  SysAtomic<std::uint64_t> turns{0};
  std::thread other = attached([&](Thread&) {
    while (!is_raised(end)) {
      turns.fetch_add(1U, kRelaxed);
      safepoint();
    }
  });
  {
    const StoppedWorld exclusive(StopKind::kExclusive);
    const StoppedWorld nested(StopKind::kExclusive);
    const std::uint64_t at_stop = turns.load(kRelaxed);
    {
      const Detached blocked;
      EXPECT_TRUE(eventually([&] { return turns.load(kRelaxed) > at_stop; }));
    }
    EXPECT_TRUE(World::is_stopped_by_me());
    const std::uint64_t after = turns.load(kRelaxed);
    for (int i = 0; i < 100; ++i) platform::yield();
    EXPECT_EQ(turns.load(kRelaxed), after);
  }
  raise(end);
  join_detached(other);
}

// I4. Stops in close succession let those in who wait to attach.
TEST(WorldConcurrency, StopsInCloseSuccessionStarveNobody) {
  constexpr int kThreads = 4;
  Flag end;
  SysAtomic<std::uint64_t> attaches[kThreads] = {};
  SysAtomic<std::uint64_t> stops{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i)
    threads.push_back(attached([&](Thread&) {
      while (!is_raised(end)) {
        { const StoppedWorld stopped; }
        stops.fetch_add(1U, kRelaxed);
        safepoint();
      }
    }));
  for (SysAtomic<std::uint64_t>& mine : attaches)
    threads.push_back(attached([&](Thread& me) {
      while (!is_raised(end)) {
        me.detach();
        EXPECT_EQ(me.attach(), Attach::kDone);
        mine.fetch_add(1U, kRelaxed);
      }
    }));
  for (int second = 0; second < 2; ++second) {
    const std::uint64_t stops_before = stops.load(kRelaxed);
    std::uint64_t before[kThreads];
    for (int i = 0; i < kThreads; ++i) before[i] = attaches[i].load(kRelaxed);
    EXPECT_TRUE(eventually([&] {
      bool all = stops.load(kRelaxed) > stops_before;
      for (int i = 0; i < kThreads; ++i) all = all && attaches[i].load(kRelaxed) > before[i];
      return all;
    }));
  }
  raise(end);
  for (std::thread& thread : threads) thread.join();
}

// I4 by hand: a slot that waited longer than kPatience holds the next stop up until it attached.
TEST(WorldConcurrency, WhoWaitedTooLongIsOwedPassage) {
  const Known me;
  Puppet patient(kDetached);
  {
    const StoppedWorld stopped;
    patient.slot.standing.waits_since.store(platform::now() - World::kPatience, kRelaxed);
  }
  Flag stopped;
  std::thread stopper = attached([&](Thread&) {
    const StoppedWorld stop;
    raise(stopped);
  });
  for (int i = 0; i < 100; ++i) {
    platform::yield();
    safepoint();
  }
  EXPECT_FALSE(is_raised(stopped));
  patient.move(kDetached, kAttached);
  World::admit(patient.slot);
  patient.move(kAttached, kDetached);
  World::settle(patient.slot);
  EXPECT_TRUE(eventually_at_safepoints([&] { return is_raised(stopped); }));
  join_detached(stopper);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
