// One collection: without memory, with very deep garbage, and what its parts leave behind.
#include "objects/collector/collection.h"

#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "memory/fault.h"
#include "memory/heap.h"
#include "objects/collector/inspection.h"
#include "runtime/lifecycle.h"
#include "runtime/safepoint.h"
#include "runtime/world.h"
#include "tests/objects/collector/nodes.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;
using How = Collected::How;

class CollectionTest : public CollectorTest {};

// --- Without memory. ---

struct Scene {
  Ref<Node> held = Node::ring(3000);
  Ref<WeakLink> link;

  Scene() {
    Ref<Node> ring = Node::ring(5000, [](Node&) noexcept {});
    link = link_to(*ring, Callback::make(1));
  }
};

// Each allocation of a collection fails once: in the first pause that leaves everything as it was,
// later it leaves what could not be looked at again to the next collection.
TEST_F(CollectionTest, EveryAllocationMayFail) {
  bool has_given_up = false;
  bool has_spared = false;
  for (std::uint64_t n = 0;; ++n) {
    Scene scene;
    Witness::ends.store(0, kRelaxed);
    Node::forget_calls();
    Callback::called.store(0, kRelaxed);
    std::uint64_t allocations = 0;
    Collected result;
    {
      const auto fault = fault::Injection::nth(n);
      result = Collector::collect();
      allocations = fault.allocations();
    }
    if (result.how == How::kNoMemory) {
      has_given_up = true;
      EXPECT_EQ(Node::finalizers(), 0) << n;
      EXPECT_EQ(Node::clears(), 0) << n;
      EXPECT_TRUE(scene.link->get()) << n;
    } else if (result.spared != 0) {
      has_spared = true;
      EXPECT_EQ(result.spared, 5000U) << n;
      EXPECT_EQ(ends(), 0) << n;
    }
    static_cast<void>(Collector::collect());
    EXPECT_EQ(ends(), 5000) << n;
    EXPECT_EQ(Node::finalizers(), 5000) << n;
    EXPECT_EQ(Callback::calls(), 1) << n;
    EXPECT_EQ(scene.held->count().total_stopped(), 2) << n;
    scene.held = Ref<Node>();
    static_cast<void>(Collector::collect());
    Node::forget_calls();
    if (allocations <= n) break;
  }
  EXPECT_TRUE(has_given_up);
  EXPECT_FALSE(has_spared) << "nothing was brought back here, so nothing had to be remembered";
}

// In the second pause memory is needed for what was brought back.
TEST_F(CollectionTest, WithoutMemoryForTheSecondLookNothingIsCleared) {
  bool has_spared_all = false;
  for (std::uint64_t n = 0;; ++n) {
    static_cast<void>(Node::ring(10));
    {
      const Ref<Node> ring = Node::ring(10);
      ring->set_right(Node::make([](Node& self) noexcept { kept = Ref<Node>::of(self); }));
    }
    std::uint64_t allocations = 0;
    Collected result;
    {
      const auto fault = fault::Injection::nth(n);
      result = Collector::collect();
      allocations = fault.allocations();
    }
    has_spared_all = has_spared_all || result.spared == 21;
    if (result.how == How::kDone) {
      EXPECT_TRUE(result.spared == 21 || result.spared == 1) << n;
    }
    kept = Ref<>();
    static_cast<void>(Collector::collect());
    kept = Ref<>();
    if (allocations <= n) break;
  }
  EXPECT_TRUE(has_spared_all);
}

// I1 of collection.h, seen from outside: counts and marks are as they were.
TEST_F(CollectionTest, GivingUpLeavesNoTrace) {
  const Ref<Node> held = Node::ring(10);
  const Ref<> inside = held->left.load(*held);
  const std::int64_t before = inside.as<Object>().count().total_stopped();
  {
    const auto fault = fault::Injection::from(0);
    EXPECT_EQ(Collector::collect().how, How::kNoMemory);
  }
  EXPECT_EQ(inside.as<Object>().count().total_stopped(), before);
  EXPECT_TRUE(inside.as<Object>().is_mine());
  EXPECT_EQ(Collector::collect().how, How::kDone);
}

// A garbage object of this thread's stays its own: nothing is merged that need not be.
TEST_F(CollectionTest, WhatIsKeptIsBiasedAsBefore) {
  const Ref<Node> held = Node::ring(3);
  static_cast<void>(Collector::collect());
  EXPECT_TRUE(held->is_mine());
  EXPECT_FALSE(held->is_retire_late());
}

// --- Depth. ---

constexpr std::size_t kDeep = kSanitized ? 100'000 : kDebug ? 1'000'000 : 10'000'000;

TEST_F(CollectionTest, ARingOfTenMillion) {
  static_cast<void>(Node::ring(kDeep));
  EXPECT_EQ(Collector::collect().found, kDeep);
  EXPECT_EQ(ends(), static_cast<int>(kDeep));
}

TEST_F(CollectionTest, ALongListThatIsHeldAndThenDropped) {
  Ref<Node> list;
  for (std::size_t i = 0; i < kDeep; ++i) {
    Ref<Node> head = Node::make();
    head->set_left(Ref<>(std::move(list)));
    list = std::move(head);
  }
  EXPECT_EQ(Collector::collect().found, 0U);
  list = Ref<Node>();
  EXPECT_EQ(ends(), static_cast<int>(kDeep));
}

// What cannot be cleared itself hangs on one thing that can.
TEST_F(CollectionTest, TuplesNestedDeeplyInACycle) {
  {
    const Ref<Cell> cell = Cell::make({});
    Ref<> inner = cell.share();
    for (std::size_t i = 0; i < kDeep; ++i) inner = Tuple::of(std::move(inner));
    cell->set(Tuple::of(std::move(inner), Witness::value()));
  }
  EXPECT_EQ(Collector::collect().found, kDeep + 2);
  EXPECT_EQ(ends(), 1);
}

TEST_F(CollectionTest, DictsNestedDeeplyInACycle) {
  constexpr std::size_t kLevels = kDeep / 10;
  {
    const Ref<Dict> first = Dict::make();
    Ref<> inner = first.share();
    for (std::size_t i = 0; i < kLevels; ++i) {
      Ref<Dict> outer = Dict::make();
      ASSERT_EQ(outer->set(Value::of_int(1), std::move(inner)), Status::kDone);
      inner = std::move(outer);
    }
    ASSERT_EQ(first->set(Value::of_int(1), std::move(inner)), Status::kDone);
  }
  EXPECT_EQ(Collector::collect().found, kLevels + 1);
}

// --- In pieces. ---

TEST_F(CollectionTest, EachPhaseIsTimedAndCounted) {
  static_cast<void>(Node::ring(1000));
  const Ref<Node> held = Node::ring(1000);
  Collection collection;
  collection.prepare();
  World::stop(StopKind::kPause);
  EXPECT_TRUE(collection.find_stopped());
  collection.claim_stopped();
  World::start();
  EXPECT_EQ(collection.found(), 1000U);
  EXPECT_GE(collection.scanned(), 2000U);
  EXPECT_GT(collection.times().count, 0);
  EXPECT_GT(collection.times().mark, 0);
  collection.call_back();
  collection.finalize();
  EXPECT_FALSE(collection.has_called_out());
  collection.clear();
  EXPECT_EQ(ends(), 1000);
}

// --- Forks. ---

int status_of(pid_t child) {
  int status = -1;
  ::waitpid(child, &status, 0);
  return status;
}

// In a child, in which nothing else is under way.
bool finds_a_ring_of_five() {
  static_cast<void>(Node::ring(5));
  const Collected result = Collector::collect();
  return result.how == How::kDone && result.found == 5;
}

// The collection that called out goes on in the child, as in the parent; others do not begin in it.
TEST_F(CollectionTest, AForkInAFinalizerGoesOnInBoth) {
  if constexpr (kSanitized) GTEST_SKIP() << "a sanitizer's malloc cannot be forked in use";
  static pid_t child = -1;
  static How inside = How::kDone;
  static_cast<void>(Node::ring(3, [](Node&) noexcept {
    if (child == -1) child = Lifecycle::fork();
    inside = Collector::collect().how;
  }));
  const Collected result = Collector::collect();
  const bool went_on =
      result.how == How::kDone && result.found == 3 && ends() == 3 && inside == How::kBusy;
  if (child == 0) _exit(went_on && finds_a_ring_of_five() ? 0 : 1);
  EXPECT_TRUE(went_on);
  EXPECT_EQ(status_of(child), 0);
}

// Nobody goes on with a collection of a thread that the child does not have.
TEST_F(CollectionTest, AForkBesideACollectionLeavesTheChildACollector) {
  if constexpr (kSanitized) GTEST_SKIP() << "a sanitizer's malloc cannot be forked in use";
  static Flag inside, forked;
  std::thread collecting = attached([](Thread&) {
    static_cast<void>(Node::ring(1, [](Node&) noexcept {
      raise(inside);
      EXPECT_TRUE(eventually_at_safepoints([] { return is_raised(forked); }));
    }));
    EXPECT_EQ(Collector::collect().how, How::kDone);
  });
  EXPECT_TRUE(eventually_at_safepoints([] { return is_raised(inside); }));
  const pid_t child = Lifecycle::fork();
  if (child == 0) _exit(!Collector::is_collecting() && finds_a_ring_of_five() ? 0 : 1);
  EXPECT_TRUE(Collector::is_collecting());
  raise(forked);
  join_detached(collecting);
  EXPECT_EQ(status_of(child), 0);
}

// --- What finalizers and callbacks meet. ---

// I3: a weak link that a finalizer made leads nowhere by the time that garbage is cleared.
TEST_F(CollectionTest, ALinkThatAFinalizerMadeIsDeadBeforeAnythingIsCleared) {
  static Ref<WeakLink> link;
  static bool has_looked = false;
  {
    const Ref<Node> ring = Node::ring(2, [](Node& self) noexcept {
      if (!link) link = link_to(self, Callback::make(1));
    });
    ring->set_right(Witness::make([]() noexcept {
      has_looked = true;
      EXPECT_FALSE(link->get()) << "garbage that is being cleared";
    }));
  }
  EXPECT_EQ(Collector::collect().found, 2U);
  EXPECT_TRUE(has_looked);
  EXPECT_EQ(ends(), 3);
  EXPECT_EQ(Callback::calls(), 1) << "it is held, and so called back";
  link = Ref<WeakLink>();
}

TEST_F(CollectionTest, ALinkThatAFinalizerMadeForTheGarbageAloneCallsNobody) {
  static_cast<void>(
      Node::ring(2, [](Node& self) noexcept { self.set_right(link_to(self, Callback::make(1))); }));
  EXPECT_EQ(Collector::collect().found, 2U);
  EXPECT_EQ(ends(), 2);
  EXPECT_EQ(Callback::calls(), 0);
}

TEST_F(CollectionTest, ALinkToWhatAFinalizerSavedStays) {
  static Ref<WeakLink> link;
  static_cast<void>(Node::ring(1, [](Node& self) noexcept {
    link = link_to(self, Callback::make(1));
    kept = Ref<Node>::of(self);
  }));
  EXPECT_EQ(Collector::collect().spared, 1U);
  EXPECT_EQ(link->get().value(), kept.value());
  kept = Ref<>();
  EXPECT_EQ(Collector::collect().found, 1U);
  EXPECT_EQ(Callback::calls(), 1);
  link = Ref<WeakLink>();
}

// I1 of side_tables.h: new objects may have the blocks of garbage that was cleared before them.
TEST_F(CollectionTest, WhatIsMadeWhileGarbageIsClearedIsFound) {
  static int missed = 0;
  const auto make_and_look = []() noexcept {
    const Ref<Node> made = Node::make();
    FoundObjects found;
    EXPECT_EQ(find_objects(found), Status::kDone);
    if (!found.has(*made)) ++missed;
  };
  {
    const Ref<Node> ring = Node::ring(20);
    Ref<> at = ring.share();
    for (int i = 0; i < 20; ++i) {
      at.as<Node>().set_right(Witness::make(make_and_look));
      at = at.as<Node>().left.load(at.as<Node>());
    }
  }
  EXPECT_EQ(Collector::collect().found, 20U);
  EXPECT_EQ(missed, 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
