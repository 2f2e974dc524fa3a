// What the collector finds, what it leaves alone, and when it looks.
#include "objects/collector/collector.h"

#include <algorithm>
#include <cstring>
#include <thread>
#include <vector>

#include "memory/buffer.h"
#include "memory/heap.h"
#include "memory/memory_watch.h"
#include "runtime/hostile.h"
#include "runtime/safepoint.h"
#include "runtime/world.h"
#include "tests/objects/collector/nodes.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;
using How = Collected::How;

std::size_t found() {
  const Collected result = Collector::collect();
  EXPECT_EQ(result.how, How::kDone);
  return result.found;
}

TEST_F(CollectorTest, WithoutCyclesThereIsNothingToFind) {
  const Ref<Tuple> held = Tuple::of(Node::make(), Witness::value());
  { const Ref<Tuple> dropped = Tuple::of(Node::make()); }
  EXPECT_EQ(ends(), 1);
  EXPECT_EQ(found(), 0U);
  EXPECT_EQ(ends(), 1);
}

TEST_F(CollectorTest, AnObjectThatRefersToItself) {
  static_cast<void>(Node::ring(1));
  EXPECT_EQ(found(), 1U);
  EXPECT_EQ(ends(), 1);
}

TEST_F(CollectorTest, RingsOfAnyLengthAndWhatHangsOnThem) {
  for (const std::size_t length : {2U, 3U, 100U, 5000U}) {
    Witness::ends.store(0, kRelaxed);
    {
      const Ref<Node> ring = Node::ring(length);
      ring->set_right(Tuple::of(Witness::value(), Node::make()));
    }
    EXPECT_EQ(found(), length + 2) << "with the tuple and the node in it";
    EXPECT_EQ(ends(), static_cast<int>(length) + 2);
  }
}

TEST_F(CollectorTest, CyclesThroughEveryContainer) {
  {
    const Ref<Cell> cell = Cell::make({});
    cell->set(Tuple::of(cell.share(), Witness::value()));
    const Ref<Dict> dict = Dict::make();
    EXPECT_EQ(dict->set(Value::of_int(1), Tuple::of(dict.share(), Witness::value())),
              Status::kDone);
  }
  EXPECT_EQ(found(), 4U);
  EXPECT_EQ(ends(), 2);
}

// No register, no stack is scanned: what a C++ frame holds it counts.
TEST_F(CollectorTest, Trap15WhatAFrameHoldsIsKeptWithAllItLeadsTo) {
  Ref<Node> held = Node::ring(10);
  const Ref<> inside = held->left.load(*held);
  held = Ref<Node>();
  EXPECT_EQ(found(), 0U);
  EXPECT_EQ(ends(), 0);
  const Ref<> further = inside.as<Node>().left.load(inside.as<Node>());
  EXPECT_EQ(&type_of(further.value()), Node::type);
}

TEST_F(CollectorTest, WhatLivesIsKeptBesideWhatDoesNot) {
  const Ref<Node> held = Node::ring(100);
  {
    const Ref<Node> garbage = Node::ring(50);
    garbage->set_right(held.share());  // garbage may refer to what lives
  }
  EXPECT_EQ(found(), 50U);
  EXPECT_EQ(ends(), 50);
  EXPECT_EQ(held->count().total_stopped(), 2) << "the frame, and the ring itself";
}

TEST_F(CollectorTest, WhatImmortalsReferToIsKept) {
  const Ref<Node> immortal = Node::make();
  immortal->set_left(Node::ring(3));
  immortal->count().immortalise();
  EXPECT_EQ(found(), 0U);
  immortal->set_left(Ref<>());
  EXPECT_EQ(found(), 3U);
}

// --- Finalizers. ---

TEST_F(CollectorTest, EachFinalizerRunsOnceBeforeAnythingIsCleared) {
  static_cast<void>(Node::ring(20, [](Node& self) noexcept {
    EXPECT_EQ(Node::clears(), 0);
    EXPECT_TRUE(self.left.load(self)) << "a finalizer finds everything in its place";
  }));
  EXPECT_EQ(found(), 20U);
  EXPECT_EQ(Node::finalizers(), 20);
  EXPECT_EQ(ends(), 20);
}

TEST_F(CollectorTest, WhatAFinalizerSavesIsSparedWithAllItLeadsTo) {
  static_cast<void>(Node::ring(5));
  {
    const Ref<Node> ring = Node::ring(10);
    ring->set_right(Node::make([](Node& self) noexcept { kept = Ref<Node>::of(self); }));
    kept = Ref<>();
    ring->right.load(*ring).as<Node>().set_left(ring.share());
  }
  const Collected result = Collector::collect();
  EXPECT_EQ(result.found, 16U);
  EXPECT_EQ(result.spared, 11U);
  EXPECT_EQ(ends(), 5);
  EXPECT_EQ(Node::clears(), 5);
  EXPECT_EQ(kept.as<Node>().left.load(kept.as<Node>()).as<Object>().count().total_stopped(), 3);
  // Once more garbage, it ends without its finalizer.
  kept = Ref<>();
  EXPECT_EQ(found(), 11U);
  EXPECT_EQ(Node::finalizers(), 1);
  EXPECT_EQ(ends(), 16);
}

TEST_F(CollectorTest, AFinalizerMayMakeGarbage) {
  static_cast<void>(Node::ring(3, [](Node&) noexcept {
    static_cast<void>(Node::ring(7));
    static_cast<void>(Tuple::of(Witness::value()));
  }));
  EXPECT_EQ(found(), 3U);
  EXPECT_EQ(ends(), 6) << "the ring, and each finalizer's witness";
  EXPECT_EQ(found(), 21U);
}

TEST_F(CollectorTest, AFinalizerMayCutTheCycleItself) {
  static_cast<void>(Node::ring(5, [](Node& self) noexcept { self.set_left(Ref<>()); }));
  EXPECT_EQ(found(), 5U);
  EXPECT_EQ(ends(), 5);
}

TEST_F(CollectorTest, WhoCollectsInAFinalizerIsToldThatItIsBusy) {
  static How answer = How::kDone;
  static_cast<void>(Node::ring(2, [](Node&) noexcept { answer = Collector::collect().how; }));
  EXPECT_EQ(found(), 2U);
  EXPECT_EQ(answer, How::kBusy);
}

TEST_F(CollectorTest, WhatIsPendingStays) {
  static_cast<void>(
      Node::ring(2, [](Node&) noexcept { EXPECT_EQ(pending_kind(), ErrorKind::kNone); }));
  raise(ErrorKind::kKey, {"before"});
  EXPECT_EQ(found(), 2U);
  EXPECT_EQ(taken(), ErrorKind::kKey);
}

// --- Weak links. ---

TEST_F(CollectorTest, WeakLinksToGarbageAreDeadBeforeAnyFinalizerRuns) {
  static Ref<WeakLink> link;
  Ref<Node> ring = Node::ring(2, [](Node&) noexcept {
    EXPECT_FALSE(link->get());
    EXPECT_EQ(Callback::calls(), 1) << "and called back";
  });
  link = link_to(*ring, Callback::make(1));
  ring = Ref<Node>();
  EXPECT_EQ(found(), 2U);
  EXPECT_EQ(Node::finalizers(), 2);
  EXPECT_TRUE(link->is_dead());
  EXPECT_EQ(Callback::calls(), 1);
  link = Ref<WeakLink>();
}

TEST_F(CollectorTest, AWeakLinkThatIsGarbageItselfCallsNobody) {
  Ref<Node> held = Node::make();
  {
    const Ref<Node> ring = Node::ring(3);
    ring->set_right(link_to(*ring, Callback::make(1)));
    const Ref<Node> other = Node::ring(1);
    other->set_right(link_to(*held, Callback::make(2)));
  }
  EXPECT_EQ(found(), 6U) << "four nodes and two links";
  held = Ref<Node>();
  EXPECT_EQ(Callback::calls(), 0);
}

// A callback gets a dead link, and finds no other way to garbage.
TEST_F(CollectorTest, ACallbackBringsNothingBack) {
  static Ref<WeakLink> one, other;
  {
    const Ref<Node> ring = Node::ring(2);
    const Ref<> next = ring->left.load(*ring);
    const auto look = [](WeakLink& link) noexcept {
      EXPECT_FALSE(link.get());
      for (Ref<WeakLink>* each : {&one, &other})
        if (Ref<> found = (*each)->get()) kept = std::move(found);
    };
    one = link_to(*ring, Callback::make(1, look));
    other = link_to(next.as<Object>(), Callback::make(2, look));
  }
  EXPECT_EQ(found(), 2U);
  EXPECT_FALSE(kept);
  EXPECT_EQ(ends(), 2);
  EXPECT_TRUE(Callback::calls() == 12 || Callback::calls() == 21);
  one = Ref<WeakLink>();
  other = Ref<WeakLink>();
}

// --- Threads. ---

using CollectorConcurrency = CollectorTest;

// Trap 17: what a dead thread left is found like anything else.
TEST_F(CollectorConcurrency, Trap17GarbageOfAThreadThatIsGone) {
  elsewhere([] { static_cast<void>(Node::ring(1000)); });
  EXPECT_EQ(found(), 1000U);
  EXPECT_EQ(ends(), 1000);
}

// The owner sleeps, and is not needed.
TEST_F(CollectorConcurrency, GarbageOfAThreadThatIsAway) {
  Flag made, done;
  std::thread owner = attached([&](Thread& me) {
    static_cast<void>(Node::ring(100));
    raise(made);
    me.detach_to_wait();
    EXPECT_TRUE(eventually([&] { return is_raised(done); }));
    me.attach_after_wait();
  });
  EXPECT_TRUE(eventually_at_safepoints([&] { return is_raised(made); }));
  EXPECT_EQ(found(), 100U);
  EXPECT_EQ(ends(), 100);
  raise(done);
  join_detached(owner);
}

TEST_F(CollectorConcurrency, ACycleAcrossThreads) {
  Ref<Node> first = Node::make();
  elsewhere([&] {
    const Ref<Node> second = Node::make();
    second->set_left(first.share());
    first->set_left(second.share());
    Ref<Node> third = Node::make();
    third->set_left(second.share());
    second->set_right(std::move(third));
  });
  EXPECT_EQ(found(), 0U) << "the frame holds one of them";
  first = Ref<Node>();
  EXPECT_EQ(found(), 3U);
  EXPECT_EQ(ends(), 3);
}

// The queue's reference is known (docs/refcount.md), so its owner need not merge first.
TEST_F(CollectorConcurrency, AReferenceThatIsQueuedHoldsNothing) {
  if constexpr (kPolicy.counting != Counting::kBiased) GTEST_SKIP() << "nothing is queued";
  Ref<Node> ring = Node::ring(2);
  Ref<Node> another = ring.share();
  Flag done;
  std::thread stranger = attached([&](Thread&) {
    another = Ref<Node>();
    raise(done);
  });
  // Without a safepoint, which would merge.
  EXPECT_TRUE(eventually([&] { return is_raised(done); }));
  EXPECT_EQ(ring->count().total_stopped(), 3) << "ring, frame, queue";
  ring = Ref<Node>();
  EXPECT_EQ(found(), 2U);
  join_detached(stranger);
  EXPECT_TRUE(eventually_at_safepoints([] { return ends() == 2; }));
}

// I1 of collector.h.
TEST_F(CollectorConcurrency, OfTwoThreadsThatAskOneCollects) {
  constexpr int kRounds = 50;
  SysAtomic<int> sum{0}, busy{0};
  const auto work = [&] {
    for (int i = 0; i < kRounds; ++i) {
      static_cast<void>(Node::ring(10));
      const Collected result = Collector::collect();
      sum.fetch_add(static_cast<int>(result.found), kRelaxed);
      if (result.how == How::kBusy) busy.fetch_add(1, kRelaxed);
      safepoint();
    }
  };
  std::thread other = attached([&](Thread&) { work(); });
  work();
  join_detached(other);
  sum.fetch_add(static_cast<int>(found()), kRelaxed);
  EXPECT_EQ(sum.load(kRelaxed), 2 * kRounds * 10) << busy.load(kRelaxed) << " were busy";
  EXPECT_TRUE(eventually_at_safepoints([] { return ends() == 2 * kRounds * 10; }));
}

// Rule 46.
TEST_F(CollectorTest, InsideAnExclusivePhaseItDoesNotStopTheWorldAgain) {
  static_cast<void>(Node::ring(4));
  const StoppedWorld exclusive(StopKind::kExclusive);
  const std::uint64_t stops = World::timing().stops;
  EXPECT_EQ(found(), 4U);
  EXPECT_EQ(World::timing().stops, stops);
  EXPECT_EQ(ends(), 4);
}

// Trap 9, C16: what the collector unlinks from a shared container is marked as by any other writer.
TEST_F(CollectorConcurrency, Trap09WhatIsClearedIsMarkedForReaders) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "nobody can be reading";
  const Ref<Witness> held = Witness::make();
  {
    const Ref<Node> ring = Node::ring(1);
    ring->set_right(held.share());
    ring->mark_shared();
  }
  EXPECT_FALSE(held->is_retire_late());
  EXPECT_EQ(found(), 1U);
  EXPECT_TRUE(held->is_retire_late());
}

// --- When. ---

class CollectorPaceTest : public CollectorTest {
 protected:
  CollectorPaceTest() {
    Pacing::set({.least_growth = std::size_t{1} << 20, .least_percent = 1, .most_percent = 1});
    Collector::start();
    Collector::enable();
  }
  ~CollectorPaceTest() override {
    MemoryWatch::set_limit(MemoryWatch::kNoLimit);
    Pacing::set(Pace());
    Collector::disable();
  }
  [[nodiscard]] static std::uint64_t collections() { return Collector::statistics().collections; }
  // Makes garbage until a collection has come of itself; how many bytes at most.
  static std::size_t make_garbage(std::size_t most) {
    const std::uint64_t before = collections();
    std::size_t made = 0;
    while (collections() == before && made < most) {
      static_cast<void>(Node::ring(100));
      made += 100 * sizeof(Node);
      safepoint();
    }
    return made;
  }
};

TEST_F(CollectorPaceTest, ItIsMadeAtASafepointWhenMemoryHasGrown) {
  constexpr std::size_t kMost = std::size_t{64} << 20;
  EXPECT_LT(make_garbage(kMost), kMost);
  EXPECT_GT(ends(), 0);
}

TEST_F(CollectorPaceTest, NotWhenItIsDisabled) {
  Collector::disable();
  constexpr std::size_t kMost = std::size_t{8} << 20;
  EXPECT_GE(make_garbage(kMost), kMost);
  EXPECT_EQ(ends(), 0);
}

// Large buffers in small cycles.
TEST_F(CollectorPaceTest, BuffersCountAsTheObjectsDo) {
  const std::uint64_t before = collections();
  for (int i = 0; i < 1000 && collections() == before; ++i) {
    const Ref<Dict> dict = Dict::make();
    for (int k = 0; k < 2000; ++k)
      EXPECT_EQ(dict->set(Value::of_int(k), Ref<>(Special::kNone)), Status::kDone);
    EXPECT_EQ(dict->set(Value::of_int(-1), dict.share()), Status::kDone);
    safepoint();
  }
  EXPECT_GT(collections(), before);
}

// Trap 19: memory that was given back, and that the allocator has not given back in turn, puts
// nothing off.
TEST_F(CollectorPaceTest, Trap19WhatTheSystemSaysOfTheProcessHasNoSay) {
  constexpr std::size_t kLarge = std::size_t{256} << 20;
  void* const large = allocate_zeroed_buffer(kLarge);
  ASSERT_NE(large, nullptr);
  std::memset(large, 1, kLarge);
  free_buffer(large);
  std::size_t most = 0;
  for (int i = 0; i < 20; ++i) most = std::max(most, make_garbage(std::size_t{64} << 20));
  EXPECT_LT(most, std::size_t{16} << 20) << "garbage that may pile up before it is looked at";
  EXPECT_LT(heap::bytes_taken(), std::size_t{256} << 20);
}

TEST_F(CollectorPaceTest, TheHostileModeCollectsAtEverySafepoint) {
  Pacing::set({.least_growth = std::size_t{1} << 30});
  const std::uint64_t before = collections();
  const char* const list = std::getenv("OROCHI_HOSTILE");
  Hostile::set(static_cast<std::uint8_t>(Hostile::Mode::kMemory));
  Hostile::arm(*current().slot);
  for (int i = 0; i < 5; ++i) {
    static_cast<void>(Node::ring(2));
    Hostile::arm(*current().slot);
    safepoint();
    EXPECT_EQ(ends(), 2 * (i + 1));
  }
  Hostile::set(list == nullptr ? std::uint8_t{0} : Hostile::parse(list));
  EXPECT_GE(collections(), before + 5);
}

TEST_F(CollectorTest, ObserversHearOfBeginAndEnd) {
  static std::vector<std::size_t> heard;
  heard.clear();
  Collector::set_observer([](Collector::Event event, const Collected& result) noexcept {
    heard.push_back(event == Collector::Event::kStart ? 999 : result.found);
    EXPECT_TRUE(Collector::is_collecting());
  });
  static_cast<void>(Node::ring(4));
  EXPECT_EQ(found(), 4U);
  EXPECT_EQ(heard, (std::vector<std::size_t>{999, 4}));
  EXPECT_FALSE(Collector::is_collecting());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
