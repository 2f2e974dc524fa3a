#include "runtime/gil.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "runtime/lifecycle.h"
#include "runtime/thread.h"
#include "runtime/world.h"
#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace orochi::testing;
using platform::kMicrosecond;
using platform::kMillisecond;

constexpr GilMode kUsual = kPolicy.parallel ? GilMode::kOff : GilMode::kOn;

// Whether `body` answers true in a forked child.
template <class Body>
[[nodiscard]] bool succeeds_in_child(Body body) {
  const int child = Lifecycle::fork();
  if (child == 0) ::_exit(body() ? 0 : 1);
  int status = 1;
  return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

// Knows the test's thread, and leaves the mode as it was found.
class GilTest : public ::testing::Test {
 protected:
  ~GilTest() override { EXPECT_EQ(Gil::set_mode(kUsual), GilSwitch::kDone); }

  void set(GilMode mode) { ASSERT_EQ(Gil::set_mode(mode), GilSwitch::kDone); }

  Known known_;
};

// What other designs than the GIL's can do.
class GilModes : public GilTest {
 protected:
  void SetUp() override {
    if (!kPolicy.parallel) GTEST_SKIP() << "this design has one mode";
  }
};

TEST_F(GilTest, WithoutAnotherProtectionItIsAlwaysOn) {
  if (kPolicy.parallel) GTEST_SKIP() << "this design has others";
  EXPECT_TRUE(Gil::is_on());
  EXPECT_EQ(Gil::set_mode(GilMode::kOn), GilSwitch::kDone);
  for (const GilMode mode : {GilMode::kOff, GilMode::kAuto, GilMode::kScoped}) {
    EXPECT_EQ(Gil::set_mode(mode), GilSwitch::kAlwaysOn);
    EXPECT_TRUE(Gil::is_on());
    EXPECT_EQ(Gil::mode(), GilMode::kOn);
  }
  EXPECT_FALSE(Gil::reason(GilSwitch::kAlwaysOn).empty());
  EXPECT_EQ(Gil::require("anybody"), GilNeed::kMet);
}

TEST_F(GilTest, AnAttachedThreadHoldsItExactlyWhileItIsOn) {
  set(GilMode::kOn);
  const OwnerId me = Thread::current()->slot().id;
  EXPECT_EQ(Gil::holder(), me);
  {
    const Detached detached;
    EXPECT_EQ(Gil::holder(), kNobody);
  }
  EXPECT_EQ(Gil::holder(), me);
  if (!kPolicy.parallel) return;
  set(GilMode::kOff);
  EXPECT_EQ(Gil::holder(), kNobody);
}

TEST_F(GilTest, SafepointsShareIt) {
  set(GilMode::kOn);
  Gil::set_interval(kMillisecond);
  std::uint64_t turns = 0;
  std::thread other = attached([&turns](Thread&) { ++turns; });
  EXPECT_TRUE(eventually_at_safepoints([&turns] { return turns == 1; }));
  join_detached(other);
  Gil::set_interval(HandoffPolicy::kDefaultInterval);
}

TEST_F(GilTest, AThreadThatExitsGivesItBack) {
  set(GilMode::kOn);
  for (int i = 0; i < 50; ++i) {
    std::thread other = attached([](Thread& me) { EXPECT_EQ(Gil::holder(), me.slot().id); });
    join_detached(other);
  }
  EXPECT_EQ(Gil::holder(), Thread::current()->slot().id);
}

TEST_F(GilTest, WaitingTimeIsCountedForTheThreadThatHasTheSlotNow) {
  set(GilMode::kOn);
  Thread::current()->slot().gil_waited.store(platform::kSecond, kRelaxed);
  std::thread other = attached([](Thread& me) {
    const platform::Nanos before = platform::now();
    while (platform::now() < before + kMillisecond) {
    }
    EXPECT_LT(Gil::waited(me.slot()), platform::kSecond);
  });
  join_detached(other);
}

TEST_F(GilTest, AForkedChildHasItAndCanShareIt) {
  set(GilMode::kOn);
  SysAtomic<std::uint32_t> started{0};
  std::vector<std::thread> waiters;
  for (int i = 0; i < 3; ++i) {
    waiters.push_back(std::thread([&started] {
      started.fetch_add(1U, kRelaxed);
      ASSERT_EQ(Thread::start(), Attach::kDone);
      Thread::exit();
    }));
  }
  EXPECT_TRUE(eventually([&] { return started.load(kRelaxed) == 3; }));
  EXPECT_TRUE(succeeds_in_child([] {
    Thread& me = *Thread::current();
    if (Gil::holder() != me.slot().id) return false;
    me.detach();
    if (Gil::holder() != kNobody) return false;
    return me.attach() == Attach::kDone && Gil::holder() == me.slot().id;
  }));
  for (std::thread& waiter : waiters) join_detached(waiter);
}

// Modes.

TEST_F(GilModes, OffLetsThreadsRunSideBySide) {
  set(GilMode::kOff);
  Flag mine{false};
  Flag yours{false};
  std::thread other = attached([&](Thread&) {
    raise(yours);
    EXPECT_TRUE(eventually([&] { return is_raised(mine); }));
  });
  // Both are attached, and neither passes a safepoint.
  EXPECT_TRUE(eventually([&] { return is_raised(yours); }));
  raise(mine);
  join_detached(other);
}

TEST_F(GilModes, ThreadsInFlightMustTakeItToGoOn) {
  Flag stop{false};
  SysAtomic<std::uint32_t> running{0};
  SysAtomic<std::uint32_t> inside{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.push_back(attached([&](Thread&) {
      running.fetch_add(1U, kRelaxed);
      while (!is_raised(stop)) {
        if (Gil::is_on()) {
          EXPECT_EQ(inside.fetch_add(1U, kRelaxed), 0U);
          platform::spin_pause();
          inside.fetch_sub(1U, kRelaxed);
        }
        safepoint();
      }
    }));
  }
  EXPECT_TRUE(eventually_at_safepoints([&] { return running.load(kRelaxed) == 3; }));
  set(GilMode::kOn);
  for (int i = 0; i < 2'000; ++i) {
    EXPECT_EQ(inside.fetch_add(1U, kRelaxed), 0U);
    inside.fetch_sub(1U, kRelaxed);
    safepoint();
  }
  raise(stop);
  for (std::thread& thread : threads) join_detached(thread);
}

TEST_F(GilModes, AutoIsOffUntilSomebodyNeedsItAndThenOnForGood) {
  // For good is for the process, so a child tries it.
  EXPECT_TRUE(succeeds_in_child([] {
    if (Gil::set_mode(GilMode::kAuto) != GilSwitch::kDone || Gil::is_on()) return false;
    if (Gil::require("spam.so") != GilNeed::kTurnedOn || !Gil::is_on()) return false;
    if (Gil::holder() != Thread::current()->slot().id) return false;
    if (Gil::require("eggs.so") != GilNeed::kMet || Gil::required_by() != "spam.so") return false;
    for (const GilMode mode : {GilMode::kOff, GilMode::kScoped})
      if (Gil::set_mode(mode) != GilSwitch::kRequired || !Gil::is_on()) return false;
    return Gil::set_mode(GilMode::kAuto) == GilSwitch::kDone && Gil::is_on();
  }));
}

TEST_F(GilModes, ALongNameIsCut) {
  EXPECT_TRUE(succeeds_in_child([] {
    if (Gil::set_mode(GilMode::kAuto) != GilSwitch::kDone) return false;
    const std::string name(1000, 'x');
    return Gil::require(name) == GilNeed::kTurnedOn && !Gil::required_by().empty() &&
           name.starts_with(Gil::required_by());
  }));
}

TEST_F(GilModes, ANeedIsOverruledByOffAndMetByScoped) {
  EXPECT_EQ(Gil::require("spam.so"), GilNeed::kOverruled);
  EXPECT_FALSE(Gil::is_on());
  set(GilMode::kScoped);
  EXPECT_EQ(Gil::require("spam.so"), GilNeed::kScoped);
  EXPECT_FALSE(Gil::is_on());
  EXPECT_TRUE(Gil::required_by().empty());
}

TEST_F(GilModes, ScopedStopsTheWorldForTheOutermostStretch) {
  set(GilMode::kScoped);
  {
    const ScopedExclusive outer;
    EXPECT_TRUE(World::is_stopped_by_me());
    EXPECT_FALSE(World::is_pause_of_mine());
    { const ScopedExclusive inner; }
    EXPECT_TRUE(World::is_stopped_by_me());
  }
  EXPECT_FALSE(World::is_stopped_by_me());
}

TEST_F(GilModes, ScopedIsInterruptedWhileTheThreadBlocks) {
  set(GilMode::kScoped);
  Flag ran{false};
  const ScopedExclusive stretch;
  std::thread other = attached([&ran](Thread&) { raise(ran); });
  {
    const Detached blocking;
    EXPECT_FALSE(World::is_stopped_by_me());
    EXPECT_TRUE(eventually([&ran] { return is_raised(ran); }));
    other.join();
  }
  EXPECT_TRUE(World::is_stopped_by_me());
}

TEST_F(GilModes, ScopedStretchesOfManyThreadsExcludeEachOther) {
  constexpr std::uint64_t kRounds = 300;
  set(GilMode::kScoped);
  std::uint64_t plain = 0;  // ThreadSanitizer sees it if they do not.
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.push_back(attached([&plain](Thread&) {
      for (std::uint64_t round = 0; round < kRounds; ++round) {
        const ScopedExclusive stretch;
        ++plain;
      }
    }));
  }
  for (std::thread& thread : threads) join_detached(thread);
  EXPECT_EQ(plain, 3 * kRounds);
}

TEST_F(GilModes, StretchesThatNothingProtectsForbidScoped) {
  for (const GilMode mode : {GilMode::kOn, GilMode::kOff}) {
    set(mode);
    {
      const ScopedExclusive stretch;
      EXPECT_EQ(Gil::set_mode(GilMode::kScoped), GilSwitch::kInUse);
      EXPECT_EQ(Gil::mode(), mode);
    }
    set(GilMode::kScoped);
  }
}

TEST_F(GilModes, AScopedStretchOutlivesItsMode) {
  set(GilMode::kScoped);
  {
    const ScopedExclusive stretch;
    set(GilMode::kOn);
    EXPECT_TRUE(World::is_stopped_by_me());
    EXPECT_EQ(Gil::holder(), Thread::current()->slot().id);
    safepoint();
  }
  EXPECT_FALSE(World::is_stopped_by_me());
}

// Its thread is refused when it comes back from blocking, and unwinds while another stop is on.
TEST_F(GilModes, AScopedStretchThatARefusalCutShortStartsNobodyElsesWorld) {
  set(GilMode::kScoped);
  Flag blocked{false};
  Flag refused{false};
  Flag unwind{false};
  Flag unwound{false};
  std::thread other = attached([&](Thread& me) {
    {
      const ScopedExclusive stretch;
      me.detach();
      raise(blocked);
      EXPECT_TRUE(eventually([] { return Lifecycle::is_shutting_down(); }));
      EXPECT_EQ(me.attach(), Attach::kRefused);
      raise(refused);
      EXPECT_TRUE(eventually([&] { return is_raised(unwind); }));
    }
    raise(unwound);
  });
  EXPECT_TRUE(eventually_at_safepoints([&] { return is_raised(blocked); }));
  EXPECT_EQ(Lifecycle::shut_down(platform::deadline_in(platform::kSecond)), 0U);
  EXPECT_TRUE(eventually([&] { return is_raised(refused); }));
  {
    const StoppedWorld mine;
    raise(unwind);
    EXPECT_TRUE(eventually([&] { return is_raised(unwound); }));
    EXPECT_TRUE(Notices::read().has(Notice::kStop));
  }
  join_detached(other);
  Thread::exit();
  EXPECT_EQ(Lifecycle::start(), Attach::kDone);
}

// An exclusive thread is asked for the GIL by threads that it keeps suspended.
TEST_F(GilModes, AnExclusiveThreadKeepsTheGilAtItsSafepoints) {
  set(GilMode::kOn);
  Gil::set_interval(100 * kMicrosecond);
  Flag ran{false};
  std::thread other;
  {
    const StoppedWorld exclusive(StopKind::kExclusive);
    other = attached([&ran](Thread&) { raise(ran); });
    const platform::Nanos ends = platform::deadline_in(5 * kMillisecond);
    while (platform::now() < ends) safepoint();
    EXPECT_FALSE(is_raised(ran));
  }
  EXPECT_TRUE(eventually_at_safepoints([&ran] { return is_raised(ran); }));
  join_detached(other);
  Gil::set_interval(HandoffPolicy::kDefaultInterval);
}

// Switching while threads compute, block, begin and exit. What they do under the GIL is plain.
TEST_F(GilModes, SwitchesUnderLoadLoseNothing) {
  constexpr int kSwitches = 200;
  Flag stop{false};
  std::uint64_t under_gil = 0;
  SysAtomic<std::uint64_t> expected{0};
  const auto load = [&](Thread& me) {
    for (int round = 0; !is_raised(stop); ++round) {
      if (Gil::is_on()) {
        ++under_gil;
        expected.fetch_add(1U, kRelaxed);
      }
      safepoint();
      if (round % 7 == 0) {
        me.detach();
        ASSERT_EQ(me.attach(), Attach::kDone);
      }
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.push_back(attached(load));
  threads.push_back(std::thread([&] {
    while (!is_raised(stop)) attached([](Thread&) {}).join();
  }));
  for (int i = 0; i < kSwitches; ++i) {
    set(i % 2 == 0 ? GilMode::kOn : GilMode::kOff);
    safepoint();
  }
  raise(stop);
  for (std::thread& thread : threads) join_detached(thread);
  EXPECT_EQ(under_gil, expected.load(kRelaxed));
}

// A thread that spins without the runtime is detached, and a switch does not wait for it.
TEST_F(GilModes, Trap20ASpinningNativeThreadDoesNotHoldUpASwitch) {
  Flag imported{false};
  Flag spinning{false};
  std::thread native = attached([&](Thread& me) {
    me.detach();
    raise(spinning);
    EXPECT_TRUE(eventually([&] { return is_raised(imported); }));
    EXPECT_EQ(me.attach(), Attach::kDone);
  });
  EXPECT_TRUE(eventually_at_safepoints([&] { return is_raised(spinning); }));
  set(GilMode::kOn);
  set(GilMode::kOff);
  raise(imported);
  join_detached(native);
}

// Threads exit, and so leave the epoch and the world, while others hold the GIL or wait for it, and
// stops of the world come in between.
TEST(Trap07, QsbrUnregisterWhileHoldingTheGil) {
  const Known known;
  ASSERT_EQ(Gil::set_mode(GilMode::kOn), GilSwitch::kDone);
  Flag stop{false};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.push_back(std::thread([&stop] {
      while (!is_raised(stop)) attached([](Thread&) { safepoint(); }).join();
    }));
  }
  for (int i = 0; i < 200; ++i) {
    { const StoppedWorld pause; }
    safepoint();
    const Detached blocking;
  }
  raise(stop);
  for (std::thread& thread : threads) join_detached(thread);
  EXPECT_EQ(Gil::set_mode(kUsual), GilSwitch::kDone);
}

TEST_F(GilTest, ATimeSliceIsGrantedOrRefusedWithoutHarm) {
  // An hour is beyond what any kernel grants, and a refusal changes nothing.
  EXPECT_FALSE(Gil::set_time_slice(3600 * platform::kSecond));
  if (Gil::set_time_slice(kMillisecond)) {
    std::thread other = attached([](Thread&) {});
    join_detached(other);
  }
  EXPECT_TRUE(Gil::set_time_slice(0));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
