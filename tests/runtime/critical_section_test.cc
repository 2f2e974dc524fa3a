#include "runtime/critical_section.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "runtime/lifecycle.h"
#include "runtime/world.h"
#include "tests/runtime/crew.h"
#include "tests/runtime/lock_inspector.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using Lock1 = ParallelObjectLock;
using Section = ParallelCriticalSection;

// The test's own thread is known, and there are locks of three objects.
class CriticalSectionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if constexpr (!kPolicy.parallel) GTEST_SKIP() << "critical sections are empty in this design";
  }

  const Known known_;
  Lock1 a_;
  Lock1 b_;
  Lock1 c_;
};
using CriticalSectionConcurrency = CriticalSectionTest;
using CriticalSectionDeathTest = CriticalSectionTest;
using Trap13 = CriticalSectionTest;

TEST_F(CriticalSectionTest, HoldsItsLocksAndLetsThemGo) {
  {
    const Section section(a_);
    EXPECT_TRUE(a_.is_held());
    EXPECT_EQ(Thread::current()->innermost, &section);
  }
  EXPECT_FALSE(a_.is_held());
  {
    const Section section(a_, b_);
    EXPECT_TRUE(a_.is_held());
    EXPECT_TRUE(b_.is_held());
  }
  EXPECT_FALSE(a_.is_held());
  EXPECT_FALSE(b_.is_held());
  EXPECT_EQ(Thread::current()->innermost, nullptr);
}

TEST_F(CriticalSectionTest, TheSameObjectTwiceIsOneObject) {
  {
    const Section section(a_, a_);
    EXPECT_TRUE(a_.is_held());
  }
  EXPECT_FALSE(a_.is_held());
}

TEST_F(CriticalSectionTest, IsSuspendedWhileItsThreadIsDetached) {
  const Section section(a_, b_);
  const Section::Ticket before = section.ticket();
  EXPECT_FALSE(section.was_suspended_since(before));
  {
    const Detached detached;
    EXPECT_FALSE(a_.is_held());
    EXPECT_FALSE(b_.is_held());
  }
  EXPECT_TRUE(a_.is_held());
  EXPECT_TRUE(b_.is_held());
  EXPECT_TRUE(section.was_suspended_since(before));
  EXPECT_FALSE(section.was_suspended_since(section.ticket()));
}

// The innermost is resumed at attach, those around it when they become the innermost.
TEST_F(CriticalSectionTest, ResumesFromTheInsideOutwards) {
  {
    const Section outer(a_);
    {
      const Section inner(b_);
      EXPECT_TRUE(a_.is_held());
      { const Detached detached; }
      EXPECT_TRUE(b_.is_held());
      EXPECT_FALSE(a_.is_held());
    }
    EXPECT_FALSE(b_.is_held());
    EXPECT_TRUE(a_.is_held());
  }
  EXPECT_FALSE(a_.is_held());
}

// I3: the borrower has the lock for its own after all were suspended, and gives it back in the end.
TEST_F(CriticalSectionTest, ABorrowedLockIsHeldAfterASuspension) {
  {
    const Section outer(a_);
    {
      const Section middle(b_);
      {
        const Section inner(a_);
        { const Detached detached; }
        EXPECT_TRUE(a_.is_held());
        EXPECT_FALSE(b_.is_held());
      }
      EXPECT_FALSE(a_.is_held());
      EXPECT_TRUE(b_.is_held());
    }
    EXPECT_TRUE(a_.is_held());
  }
  EXPECT_FALSE(a_.is_held());
}

// Trap 13: an object that a section further out holds is locked again at the price of a compare. A
// wait would show: it would suspend the sections and leave the sleeper's mark in the byte.
TEST_F(Trap13, NestedRelockingCost) {
  const Section outer(a_, b_);
  const Section middle(c_);
  const Section::Ticket before = middle.ticket();
  for (int i = 0; i < 1000; ++i) {
    const Section inner(b_);
    const Section pair(a_, c_);
    ASSERT_FALSE(pair.was_suspended_since(before));
    ASSERT_EQ(LockInspector::bits(a_), 1);
    ASSERT_EQ(LockInspector::bits(b_), 1);
  }
  EXPECT_TRUE(a_.is_held());
  EXPECT_TRUE(b_.is_held());
  EXPECT_TRUE(c_.is_held());
}

// I2: who waits holds nothing, not even the sections around and the other lock of the two. The
// waiter has a_ and wants b_ and c_, of which c_ is taken.
TEST_F(CriticalSectionConcurrency, WaitsWithEmptyHands) {
  Flag inside;
  std::thread waiter;
  {
    const Section mine(c_);
    waiter = attached([&](Thread&) {
      const Section outer(a_);
      const Section::Ticket before = outer.ticket();
      const Section both(b_, c_);
      EXPECT_TRUE(b_.is_held());
      EXPECT_TRUE(c_.is_held());
      EXPECT_FALSE(a_.is_held());
      EXPECT_TRUE(outer.was_suspended_since(before));
      raise(inside);
    });
    ASSERT_TRUE(eventually([&] { return LockInspector::has_sleepers(c_); }));
    ASSERT_TRUE(eventually([&] { return !b_.is_held() && !a_.is_held(); }));
    const Section::Ticket before = mine.ticket();
    { const Section third(a_, b_); }  // neither is waited for
    EXPECT_FALSE(mine.was_suspended_since(before));
    EXPECT_FALSE(is_raised(inside));
  }
  join_detached(waiter);
  EXPECT_TRUE(is_raised(inside));
}

// W3: a thread that is stopped holds no object's lock, so an exclusive thread gets any it wants.
TEST_F(CriticalSectionConcurrency, AStoppedThreadHoldsNothing) {
  Flag inside;
  Flag stop;
  std::thread other = attached([&](Thread&) {
    const Section section(a_);
    const Section::Ticket before = section.ticket();
    raise(inside);
    while (!is_raised(stop)) safepoint();
    EXPECT_TRUE(section.was_suspended_since(before));
    EXPECT_TRUE(a_.is_held());
  });
  ASSERT_TRUE(eventually_at_safepoints([&] { return is_raised(inside); }));
  {
    const StoppedWorld stopped(StopKind::kExclusive);
    const Section section(a_);
    const Section::Ticket before = section.ticket();
    EXPECT_TRUE(a_.is_held());
    EXPECT_FALSE(section.was_suspended_since(before));
  }
  raise(stop);
  join_detached(other);
  EXPECT_FALSE(a_.is_held());
}

// Between two points of suspension nobody else is inside, with nesting, pairs and suspensions.
TEST_F(CriticalSectionConcurrency, ExcludesOthersBetweenSuspensions) {
  constexpr int kThreads = 4;
  constexpr int kTurns = 300;
  Lock1* const locks[] = {&a_, &b_, &c_};
  std::uint64_t plain[3] = {};
  std::vector<std::thread> threads;
  for (int id = 0; id < kThreads; ++id) {
    threads.push_back(attached([&, id](Thread&) {
      for (int turn = 0; turn < kTurns; ++turn) {
        const int i = (id + turn) % 3;
        const int j = (id * 2 + turn / 3) % 3;
        const Section pair(*locks[i], *locks[j]);
        ++plain[i];
        if (turn % 7 == 0) safepoint();
        if (turn % 11 == 0) const Detached detached;
        const Section inner(*locks[j]);
        ++plain[j];
      }
    }));
  }
  for (std::thread& thread : threads) join_detached(thread);
  EXPECT_EQ(plain[0] + plain[1] + plain[2], 2ULL * kThreads * kTurns);
  for (const Lock1* lock : locks) EXPECT_EQ(LockInspector::bits(*lock), 0);
}

// What objects use is empty where one thread runs at a time, and a ticket is as true there.
TEST(CriticalSection, TheDesignsOwnTicketNoticesADetach) {
  const Known known;
  ObjectLock lock;
  const CriticalSection section(lock);
  const CriticalSection::Ticket before = section.ticket();
  EXPECT_FALSE(section.was_suspended_since(before));
  { const Detached detached; }
  EXPECT_TRUE(section.was_suspended_since(before));
}

#ifndef NDEBUG

TEST_F(CriticalSectionDeathTest, NoSuspendMeansIt) {
  const Section section(a_);
  const NoSuspend guard;
  EXPECT_DEATH(Thread::current()->detach(), "rule 2");
}

TEST_F(CriticalSectionDeathTest, Rule46SectionInAPause) {
  const StoppedWorld paused(StopKind::kPause);
  EXPECT_DEATH({ const Section section(a_); }, "rule 46");
}

TEST_F(CriticalSectionDeathTest, Rule38SectionOfADetachedThread) {
  const Detached detached;
  EXPECT_DEATH({ const Section section(a_); }, "rule 38");
}

#endif

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
