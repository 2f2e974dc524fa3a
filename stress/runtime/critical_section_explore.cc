// runtime/critical_section.h under every interleaving: between two suspensions nobody else is
// inside, nobody waits with a lock in hand, and no order of two objects ends in a deadlock (I1 to
// I4).

#include <gtest/gtest.h>

#include "runtime/critical_section.h"
#include "runtime/world.h"
#include "stress/explorer/explore.h"
#include "stress/runtime/explored_crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using explorer::explore;
using explorer::Fault;
using explorer::Report;

using Section = ParallelCriticalSection;

// For two sections that go for each other's objects again and again.
constexpr explorer::Bounds kMostPreemptions{4, 0, 0, 0, 0};

// An object, and what its lock guards.
struct Object {
  ParallelObjectLock lock;
  Guarded body;
};

// Two threads, attached when their turn begins and detached when it ends.
struct TwoThreads {
  static constexpr unsigned kActors = 2;
  Member members[2];
  Object one, other;
  TwoThreads() {
    explorer::call(one, "one");
    explorer::call(other, "other");
  }
  void expect_uses(int of_one, int of_other) {
    explorer::expect(one.body.uses() == of_one, "everybody had a turn with one object");
    explorer::expect(other.body.uses() == of_other, "and with the other");
    explorer::expect(!one.lock.is_held() && !other.lock.is_held(), "and let go of it");
  }
};

void block(Thread& me) {
  me.detach();
  explorer::expect(me.attach() == Attach::kDone, "it comes back");
}

struct OneObject : TwoThreads {
  void act(unsigned actor) {
    Thread& me = members[actor].enter();
    {
      const Section section(one.lock);
      one.body.use();
    }
    me.detach();
  }
  void finish() { expect_uses(2, 0); }
};

TEST(CriticalSectionExplored, OneObject) { explore_in_two_halves<OneObject>(); }

// Each names the two in its own order.
struct TwoObjects : TwoThreads {
  void act(unsigned actor) {
    Thread& me = members[actor].enter();
    {
      const Section section(actor == 0 ? one.lock : other.lock, actor == 0 ? other.lock : one.lock);
      one.body.use();
      other.body.use();
    }
    me.detach();
  }
  void finish() { expect_uses(2, 2); }
};

TEST(CriticalSectionExplored, TwoObjectsInEitherOrder) {
  explore_in_two_halves<TwoObjects>();
  expect_all(explore<TwoObjects>({kMostPreemptions}));
}

// Each holds one object and goes for the other inside. What waits has let go of the first.
struct NestedInEitherOrder : TwoThreads {
  void act(unsigned actor) {
    Thread& me = members[actor].enter();
    Object& around = actor == 0 ? one : other;
    Object& inside = actor == 0 ? other : one;
    {
      const Section outer(around.lock);
      around.body.use();
      {
        const Section inner(inside.lock);
        inside.body.use();
      }
      around.body.use();
    }
    me.detach();
  }
  void finish() { expect_uses(3, 3); }
};

TEST(CriticalSectionExplored, NestedInEitherOrder) {
  explore_in_two_halves<NestedInEitherOrder>();
  expect_all(explore<NestedInEitherOrder>({kMostPreemptions}));
}

// A blocking call inside, and a ticket that tells of it.
struct SuspendedByADetach : TwoThreads {
  void act(unsigned actor) {
    Thread& me = members[actor].enter();
    {
      const Section section(one.lock);
      const Section::Ticket before = section.ticket();
      one.body.use();
      if (actor == 0) block(me);
      explorer::expect(section.was_suspended_since(before) == (actor == 0), "the ticket is true");
      one.body.use();
    }
    me.detach();
  }
  void finish() { expect_uses(4, 0); }
};

TEST(CriticalSectionExplored, SuspendedByADetach) { explore_in_two_halves<SuspendedByADetach>(); }

// I3: the borrower comes back with the lock for its own, and the one it borrowed from after it.
struct BorrowedOverADetach : TwoThreads {
  void act(unsigned actor) {
    Thread& me = members[actor].enter();
    {
      const Section outer(one.lock);
      if (actor == 0) {
        const Section inner(one.lock);
        block(me);
        one.body.use();
      }
      one.body.use();
    }
    me.detach();
  }
  void finish() { expect_uses(3, 0); }
};

TEST(CriticalSectionExplored, BorrowedOverADetach) {
  explore_in_two_halves<BorrowedOverADetach>();
  expect_all(explore<BorrowedOverADetach>({kMostPreemptions}));
}

// I2, W3: a thread that is stopped holds no object's lock, so who is alone in an exclusive world
// gets any lock without giving the world back.
struct ExclusiveAmongSections : TwoThreads {
  void act(unsigned actor) {
    Thread& me = members[actor].enter();
    if (actor == 0) {
      const StoppedWorld stopped(StopKind::kExclusive);
      const Section section(one.lock, other.lock);
      one.body.use();
    } else {
      const Section section(other.lock, one.lock);
      one.body.use();
      safepoint();
      one.body.use();
    }
    me.detach();
  }
  void finish() {
    expect_uses(3, 0);
    explorer::expect(World::timing().stops == 1, "no stopped thread had a lock");
  }
};

TEST(CriticalSectionExplored, AStoppedThreadHoldsNothing) {
  explore_in_two_halves<ExclusiveAmongSections>();
}

// --- Twins: what a section does, step by step, with one mistake each. ---

// I2 broken: waits for the second lock with the first in hand.
struct WaitsWithALockInHand : TwoThreads {
  void act(unsigned actor) OROCHI_UNCHECKED_LOCKING {
    Thread& me = members[actor].enter();
    ParallelObjectLock& first = actor == 0 ? one.lock : other.lock;
    ParallelObjectLock& second = actor == 0 ? other.lock : one.lock;
    first.lock();
    second.lock();
    one.body.use();
    second.unlock();
    first.unlock();
    me.detach();
  }
};

// I2 broken: keeps its lock over a blocking call.
struct KeepsItsLockOverADetach : TwoThreads {
  void act(unsigned actor) OROCHI_UNCHECKED_LOCKING {
    Thread& me = members[actor].enter();
    if (actor == 0) {
      const StoppedWorld stopped(StopKind::kExclusive);
      const Section section(one.lock);
    } else {
      one.lock.lock();
      block(me);
      one.lock.unlock();
    }
    me.detach();
  }
  void finish() { explorer::expect(World::timing().stops == 1, "no stopped thread had a lock"); }
};

// I3 broken: the borrower believes after a suspension that it still has what it borrowed.
struct BorrowsForEver : TwoThreads {
  void act(unsigned actor) OROCHI_UNCHECKED_LOCKING {
    Thread& me = members[actor].enter();
    one.lock.lock();
    if (actor == 0) {
      one.lock.unlock();  // the section around is suspended
      block(me);
      one.body.use();
      one.lock.lock();  // and resumed when the one inside has ended
    }
    one.body.use();
    one.lock.unlock();
    me.detach();
  }
};

TEST(CriticalSectionExplored, TwinsAreCaught) {
  const Report waits = explore<WaitsWithALockInHand>({kManyPreemptions});
  EXPECT_TRUE(waits.found(Fault::kDeadlock)) << waits;
  const Report keeps = explore<KeepsItsLockOverADetach>({kManyPreemptions});
  EXPECT_TRUE(keeps.found(Fault::kCheck)) << keeps;
  const Report borrows = explore<BorrowsForEver>({kManyPreemptions});
  EXPECT_TRUE(borrows.found(Fault::kRace)) << borrows;
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
