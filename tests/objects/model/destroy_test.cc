#include "objects/model/destroy.h"

#include "memory/epoch.h"
#include "memory/heap.h"
#include "memory/merge_queue.h"
#include "objects/model/thread_record.h"
#include "runtime/safepoint.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class DestroyTest : public ObjectsTest {};
using DestroyConcurrency = DestroyTest;

// `levels` tuples, each in the next, with a witness in the innermost.
Ref<> nested(std::size_t levels) {
  Ref<> inner = Witness::value();
  for (std::size_t i = 0; i < levels; ++i) {
    inner = Tuple::of(std::move(inner));
    EXPECT_TRUE(inner);
  }
  return inner;
}

TEST_F(DestroyTest, DropsTheChildren) {
  const Ref<Witness> kept = Witness::make();
  { const Ref<Tuple> tuple = Tuple::of(Witness::value(), kept.share(), Ref<>(Special::kNone)); }
  EXPECT_EQ(ends(), 1);
  EXPECT_EQ(kept->count().total_stopped(), 1);
}

// Retired memory that no batch has taken back yet.
std::size_t pending() { return Epoch::pending_bytes(Thread::current()->slot()); }

TEST_F(DestroyTest, AnUnmarkedObjectsBlockIsFreeAtOnce) {
  const std::size_t before = pending();
  { const Ref<Cell> cell = Cell::make({}); }
  EXPECT_EQ(pending(), before) << "nothing waits for readers";
}

// Rule 11.
TEST_F(DestroyTest, ARetireLateObjectIsDeadUntilItsReadersHavePassed) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "nobody can be reading";
  const Refcount* count = nullptr;
  {
    const Ref<Cell> cell = Cell::make(Witness::value());
    cell->mark_retire_late();
    count = &cell->count();
  }
  EXPECT_EQ(ends(), 1) << "destructors do not wait";
  EXPECT_GE(pending(), sizeof(Cell));
  EXPECT_EQ(count->kind(), BlockKind::kDestroyed) << "for this thread, which may be a reader";
  Epoch::flush_all(Thread::current()->slot());
  // Each frees a part, and making the types has retired more than this test.
  for (int i = 0; i < 1'000 && pending() != 0; ++i) safepoint();
  EXPECT_EQ(pending(), 0U);
}

// Rule 6: for a child that only this object holds, readers may be on their way through it.
TEST_F(DestroyTest, ChildrenOfWhatReadersMayBeInAreMarked) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "nobody can be reading";
  const Ref<Witness> child = Witness::make();
  { const Ref<Tuple> plain = Tuple::of(child.share()); }
  EXPECT_FALSE(child->is_retire_late());
  {
    const Ref<Tuple> late = Tuple::of(child.share());
    late->mark_retire_late();
  }
  EXPECT_TRUE(child->is_retire_late());
  const Ref<Witness> other = Witness::make();
  {
    const Ref<Cell> shared = Cell::make(other.share());
    shared->mark_shared();
  }
  EXPECT_TRUE(other->is_retire_late());
}

TEST_F(DestroyTest, AShortChainEndsAtOnce) {
  static_cast<void>(nested(kMostNested - 1));
  EXPECT_EQ(ends(), 1);
  EXPECT_EQ(ThreadRecord::mine().destroying, 0U);
}

TEST_F(DestroyTest, ALongChainEndsAtOnceToo) {
  for (const std::size_t levels : {kMostNested, kMostNested + 1, 3 * kMostNested, 1000U}) {
    Witness::ends.store(0, kRelaxed);
    { const Ref<> chain = nested(levels); }
    EXPECT_EQ(ends(), 1) << levels;
    EXPECT_EQ(ThreadRecord::mine().destroying, 0U);
    EXPECT_FALSE(ThreadRecord::mine().has_doomed);
  }
}

TEST_F(DestroyTest, ManyLongChainsAtOnce) {
  {
    Ref<> chains[100];
    for (Ref<>& chain : chains) chain = nested(500);
    const Ref<Tuple> all = Tuple::make(chains);
  }
  EXPECT_EQ(ends(), 100);
}

// What a stack of 8 MiB cannot recurse through, by far.
TEST_F(DestroyTest, TenMillionLevels) {
  constexpr std::size_t kLevels = kSanitized ? 200'000 : kDebug ? 1'000'000 : 10'000'000;
  const std::size_t before = heap::bytes_taken();
  { const Ref<> chain = nested(kLevels); }
  EXPECT_EQ(ends(), 1);
  heap::trim();
  if (kSanitized) return;
  EXPECT_LE(heap::bytes_taken(), before + kChunkBytes) << "all of it is free";
}

TEST_F(DestroyTest, ALongChainThatReadersMayBeIn) {
  {
    Ref<> chain = nested(10'000);
    chain.as<Object>().mark_retire_late();
  }
  EXPECT_EQ(ends(), 1);
}

// A destructor that drops a chain of its own is as deep as the object it belongs to.
TEST_F(DestroyTest, DestructorsMayDropLongChains) {
  {
    Ref<> inner = Witness::make([]() noexcept { static_cast<void>(nested(1000)); });
    for (int i = 0; i < 200; ++i) inner = Tuple::of(std::move(inner));
  }
  EXPECT_EQ(ends(), 2);
}

TEST_F(DestroyTest, DestructorsMayRaiseAndTheirCallersErrorStays) {
  raise(ErrorKind::kValue, {"before"});
  Error before = Error::take();
  {
    const Ref<> object = Witness::make([]() noexcept { raise(ErrorKind::kType, {"inside"}); });
  }
  EXPECT_EQ(taken(), ErrorKind::kType);
  std::move(before).restore();
  EXPECT_EQ(taken(), ErrorKind::kValue);
}

// Dropped one inside the other, so that the innermost is as deep as is destroyed at once.
Ref<> as_deep_as_can_be(Ref<> innermost) {
  for (std::uint32_t i = 1; i < kMostNested; ++i) innermost = Tuple::of(std::move(innermost));
  return innermost;
}

TEST_F(DestroyTest, ASafepointWhereNothingMoreCanBeDestroyedGoesOn) {
  static int left = 0;
  static_cast<void>(as_deep_as_can_be(Witness::make([]() noexcept {
    EXPECT_EQ(ThreadRecord::mine().destroying, kMostNested);
    for (int i = 0; i < 3; ++i) static_cast<void>(Tuple::of(Witness::value()));
    safepoint();
    safepoint();
    left = ends();
  })));
  EXPECT_EQ(left, 1) << "they are put off";
  EXPECT_EQ(ends(), 4) << "and not forgotten";
  EXPECT_EQ(ThreadRecord::mine().destroying, 0U);
  EXPECT_FALSE(ThreadRecord::mine().has_doomed);
}

// At the deepest level the first child is doomed, and the second one's owner has to be helped.
TEST_F(DestroyConcurrency, NestedPairsOfAThreadThatIsGone) {
  constexpr int kPairs = 100;
  Ref<> pairs;
  elsewhere([&pairs] {
    for (int i = 0; i < kPairs; ++i)
      pairs = Tuple::of(std::move(pairs), Cell::make(Witness::value()));
  });
  pairs = Ref<>();
  EXPECT_TRUE(eventually_at_safepoints([] { return ends() == kPairs; })) << ends();
  EXPECT_FALSE(ThreadRecord::mine().has_doomed);
}

// A stranger's last drop of a chain whose objects belong to a thread that has left.
TEST_F(DestroyConcurrency, ChainsOfAThreadThatIsGone) {
  Ref<> chain;
  elsewhere([&chain] { chain = nested(5'000); });
  chain = Ref<>();
  EXPECT_TRUE(eventually_at_safepoints([] { return ends() == 1; }));
}

TEST_F(DestroyConcurrency, TwoThreadsDestroyLongChainsSideBySide) {
  constexpr int kRounds = kThreadSanitizer ? 20 : 200;
  const auto work = [] {
    for (int i = 0; i < kRounds; ++i) {
      static_cast<void>(nested(1'000));
      safepoint();
    }
  };
  std::thread other = attached([&](Thread&) { work(); });
  work();
  join_detached(other);
  EXPECT_TRUE(eventually_at_safepoints([] { return ends() == 2 * kRounds; })) << ends();
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
