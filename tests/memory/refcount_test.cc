#include "memory/refcount.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <thread>

#include "memory/door/platform.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr OwnerId kMe = 7;
constexpr OwnerId kStranger = 8;

// --- What all three promise. ---

template <class Rc>
class RefcountTest : public testing::Test {};
using AllCounts = testing::Types<PlainRefcount, BiasedRefcount, AtomicRefcount>;

struct CountNames {
  template <class Rc>
  static std::string GetName(int) {
    if (std::is_same_v<Rc, PlainRefcount>) return "Plain";
    return std::is_same_v<Rc, BiasedRefcount> ? "Biased" : "Atomic";
  }
};
TYPED_TEST_SUITE(RefcountTest, AllCounts, CountNames);

TYPED_TEST(RefcountTest, StartsWithOneReferenceAndDiesWithIt) {
  TypeParam rc(kMe);
  EXPECT_EQ(rc.total_stopped(), 1);
  EXPECT_EQ(rc.kind(), BlockKind::kLive);
  EXPECT_EQ(rc.drop(kMe), Debt::kDestroy);
  EXPECT_EQ(rc.kind(), BlockKind::kDestroyed);
  EXPECT_EQ(rc.total_stopped(), 0);
}

TYPED_TEST(RefcountTest, SaysWhoseItIs) {
  TypeParam rc(kMe);
  EXPECT_TRUE(rc.is_owned_by(kMe));
  constexpr bool kTakesTurns = std::is_same_v<TypeParam, PlainRefcount>;
  EXPECT_EQ(rc.is_owned_by(kStranger), kTakesTurns);
  EXPECT_EQ(TypeParam(Born::kMerged).is_owned_by(kMe), kTakesTurns);
  EXPECT_EQ(TypeParam(Born::kImmortal).is_owned_by(kMe), kTakesTurns);
}

TYPED_TEST(RefcountTest, DiesAtTheLastOfManyDrops) {
  TypeParam rc(kMe);
  for (int i = 0; i < 1'000; ++i) rc.retain(kMe);
  for (int i = 0; i < 1'000; ++i) ASSERT_EQ(rc.drop(kMe), Debt::kNone);
  EXPECT_EQ(rc.total_stopped(), 1);
  EXPECT_EQ(rc.drop(kMe), Debt::kDestroy);
}

TYPED_TEST(RefcountTest, IsHeldInAStoppedWorldByAnyone) {
  for (const OwnerId owner : {kMe, kStranger}) {
    TypeParam rc(owner);
    rc.retain(owner);
    rc.hold_stopped(kMe);
    EXPECT_EQ(rc.total_stopped(), 3);
    EXPECT_EQ(rc.drop(kMe), Debt::kNone);
    rc.hold_stopped(kMe);
    EXPECT_EQ(rc.drop(owner), Debt::kNone);
    EXPECT_EQ(rc.drop(owner), Debt::kNone);
    EXPECT_EQ(rc.total_stopped(), 1);
    EXPECT_EQ(rc.kind(), BlockKind::kLive);
    EXPECT_EQ(rc.drop(kMe), Debt::kDestroy) << "the holder's own, whoever the owner was";
  }
}

TYPED_TEST(RefcountTest, CountsPastSixteenBits) {
  constexpr int kMany = 300'000;
  TypeParam rc(kMe);
  for (int i = 0; i < kMany; ++i) rc.retain(kMe);
  EXPECT_EQ(rc.total_stopped(), kMany + 1);
  for (int i = 0; i < kMany; ++i) ASSERT_EQ(rc.drop(kMe), Debt::kNone) << i;
  EXPECT_EQ(rc.drop(kMe), Debt::kDestroy);
}

TYPED_TEST(RefcountTest, CountsManyAtOnce) {
  for (const std::uint64_t many : {1U, 65'534U, 65'535U, 65'536U, 100'000U}) {
    TypeParam rc(kMe);
    rc.retain_many(kMe, many);
    rc.retain_many(kMe, many);
    EXPECT_EQ(rc.total_stopped(), static_cast<std::int64_t>(1 + 2 * many));
    for (std::uint64_t i = 0; i < 2 * many; ++i) ASSERT_EQ(rc.drop(kMe), Debt::kNone) << i;
    EXPECT_EQ(rc.drop(kMe), Debt::kDestroy);
  }
}

TYPED_TEST(RefcountTest, NeverBringsBackTheDead) {
  TypeParam rc(kMe);
  ASSERT_EQ(rc.drop(kMe), Debt::kDestroy);
  EXPECT_FALSE(rc.try_retain(kMe));  // not even for its former owner, or who inherited the id (C15)
  EXPECT_FALSE(rc.try_retain(kStranger));
  EXPECT_EQ(rc.kind(), BlockKind::kDestroyed);
}

TYPED_TEST(RefcountTest, MayBeTriedOnceItIsWeaklyReferenced) {
  TypeParam rc(kMe);
  rc.mark_weakly_referenced();
  EXPECT_TRUE(rc.try_retain(kStranger));
  EXPECT_TRUE(rc.try_retain(kMe));
  EXPECT_EQ(rc.total_stopped(), 3);
}

TYPED_TEST(RefcountTest, MayBeTriedOnceItWasCountedUnderALock) {
  TypeParam rc(kMe);
  rc.retain_published(kStranger);
  EXPECT_TRUE(rc.try_retain(kStranger));
  EXPECT_EQ(rc.drop(kStranger), Debt::kNone);
  EXPECT_EQ(rc.drop(kStranger), Debt::kNone);
  EXPECT_TRUE(rc.try_retain(kStranger));  // still, at a shared count of 0
  EXPECT_EQ(rc.total_stopped(), 2);
}

TYPED_TEST(RefcountTest, IsUniqueWithOneReferenceThatNobodyMarked) {
  TypeParam rc(kMe);
  EXPECT_TRUE(rc.is_unique(kMe, false));
  EXPECT_FALSE(rc.is_unique(kMe, true));  // a reader may hold its address (rule 12)
  rc.retain(kMe);
  EXPECT_FALSE(rc.is_unique(kMe, false));
  EXPECT_EQ(rc.drop(kMe), Debt::kNone);
  EXPECT_TRUE(rc.is_unique(kMe, false));
}

TYPED_TEST(RefcountTest, LivesAgainForItsFinalizerAndDiesInTheOrdinaryWay) {
  TypeParam rc(kMe);
  ASSERT_EQ(rc.drop(kMe), Debt::kDestroy);
  rc.revive();
  EXPECT_EQ(rc.kind(), BlockKind::kLive);
  EXPECT_TRUE(rc.try_retain(kStranger));  // the finalizer stored it somewhere
  EXPECT_EQ(rc.drop(kMe), Debt::kNone);
  EXPECT_EQ(rc.drop(kStranger), Debt::kDestroy);
}

TYPED_TEST(RefcountTest, IsHeldInAStoppedWorldSoThatTheHoldersDropCanBeTheLast) {
  TypeParam rc(kMe);
  rc.retain(kMe);
  rc.hold_stopped(kStranger);
  EXPECT_EQ(rc.total_stopped(), 3);
  EXPECT_EQ(rc.drop(kMe), Debt::kNone);
  EXPECT_EQ(rc.drop(kMe), Debt::kNone);
  EXPECT_EQ(rc.drop(kStranger), Debt::kDestroy) << "nothing is queued";
  TypeParam immortal(Born::kImmortal);
  immortal.hold_stopped(kStranger);
  EXPECT_TRUE(immortal.is_immortal());
}

TYPED_TEST(RefcountTest, ImmortalsNeverDie) {
  TypeParam born(Born::kImmortal);
  TypeParam made(kMe);
  made.immortalise();
  for (TypeParam* rc : {&born, &made}) {
    EXPECT_TRUE(rc->is_immortal());
    for (int i = 0; i < 100; ++i) {
      ASSERT_EQ(rc->drop(kStranger), Debt::kNone);
      ASSERT_EQ(rc->drop(kMe), Debt::kNone);
    }
    EXPECT_TRUE(rc->try_retain(kStranger));
    EXPECT_EQ(rc->kind(), BlockKind::kLive);
    EXPECT_TRUE(rc->is_immortal());
    EXPECT_FALSE(rc->is_unique(kMe, false));
  }
  TypeParam mortal(kMe);
  EXPECT_FALSE(mortal.is_immortal());
  ASSERT_EQ(mortal.drop(kMe), Debt::kDestroy);
  EXPECT_FALSE(mortal.is_immortal());
}

// An array of one element's 2^31 references, four times over.
TYPED_TEST(RefcountTest, TwoToThe31ReferencesAreNotTooMany) {
  TypeParam rc(kMe);
  for (int i = 0; i < 4; ++i) rc.retain_many(kMe, std::uint64_t{1} << 31);
  rc.retain(kMe);
  rc.retain(kStranger);
  for (int i = 0; i < 200'000; ++i) ASSERT_EQ(rc.drop(i % 2 == 0 ? kMe : kStranger), Debt::kNone);
  EXPECT_EQ(rc.kind(), BlockKind::kLive);
  EXPECT_TRUE(rc.try_retain(kStranger));
}

TYPED_TEST(RefcountTest, AMergedBirthNeedsNoOwner) {
  TypeParam rc(Born::kMerged);
  rc.retain(kMe);
  EXPECT_TRUE(rc.try_retain(kStranger));
  EXPECT_EQ(rc.drop(kStranger), Debt::kNone);
  EXPECT_EQ(rc.drop(kMe), Debt::kNone);
  EXPECT_EQ(rc.drop(kNobody), Debt::kDestroy);
}

TYPED_TEST(RefcountTest, AFreeBlockIsAZeroFirstHalfWord) {
  alignas(8) std::uint32_t words[2] = {0, 0xABCD0000};  // free, and linked to another
  EXPECT_EQ(std::launder(reinterpret_cast<TypeParam*>(words))->kind(), BlockKind::kFree);
}

// --- What only the biased one does. ---

TEST(BiasedRefcount, RefusesAStrangersTryWhileTheOwnerIsAlone) {
  BiasedRefcount rc(kMe);
  EXPECT_FALSE(rc.try_retain(kStranger));  // plain/0
  EXPECT_TRUE(rc.try_retain(kMe));
  EXPECT_EQ(rc.total_stopped(), 2);
  rc.retain(kStranger);  // holding a reference that the owner handed over
  EXPECT_TRUE(rc.try_retain(kStranger));
}

TEST(BiasedRefcount, HandsADropBelowZeroToTheOwnerAndKeepsTheReferenceMeanwhile) {
  BiasedRefcount rc(kMe);
  EXPECT_EQ(rc.drop(kStranger), Debt::kQueue);
  EXPECT_EQ(rc.total_stopped(), 2);  // the stranger's, and the queue's
  EXPECT_EQ(rc.merge(-1), Debt::kNone);
  EXPECT_EQ(rc.owner(), kMergedOwner);
  EXPECT_EQ(rc.drop(kStranger), Debt::kDestroy);
}

TEST(BiasedRefcount, IsHeldInAStoppedWorldByItsOwnerAsEver) {
  BiasedRefcount rc(kMe);
  rc.hold_stopped(kMe);
  EXPECT_TRUE(rc.is_owned_by(kMe)) << "nothing is merged";
  EXPECT_EQ(rc.drop(kMe), Debt::kNone);
  EXPECT_EQ(rc.drop(kMe), Debt::kDestroy);
}

TEST(BiasedRefcount, IsHeldInAStoppedWorldWhileItIsQueued) {
  BiasedRefcount rc(kMe);
  ASSERT_EQ(rc.drop(kStranger), Debt::kQueue);
  ASSERT_EQ(rc.drop(kStranger), Debt::kNone);  // the queue has its own now
  rc.hold_stopped(kStranger);
  EXPECT_EQ(rc.owner(), kMergedOwner);
  EXPECT_EQ(rc.total_stopped(), 2) << "the queue's, and the new one";
  EXPECT_EQ(rc.drop(kStranger), Debt::kNone);
  EXPECT_EQ(rc.drop(kNobody), Debt::kDestroy) << "the queue's, of an object that is merged";
}

TEST(BiasedRefcount, IsMergedByTheOwnersLastDropEvenWhenItIsQueued) {
  BiasedRefcount rc(kMe);
  rc.retain(kMe);
  ASSERT_EQ(rc.drop(kStranger), Debt::kQueue);
  ASSERT_EQ(rc.drop(kStranger), Debt::kNone);  // the queue has its own now
  ASSERT_EQ(rc.drop(kMe), Debt::kNone);
  EXPECT_EQ(rc.total_stopped(), 1);
  EXPECT_EQ(rc.merge(-1), Debt::kDestroy);
  EXPECT_TRUE(rc.is_dead());
}

TEST(BiasedRefcount, CountsBelowZeroOnlyWhileItIsQueued) {
  BiasedRefcount rc(kMe);
  rc.retain_many(kMe, 9);  // ten, all handed to strangers
  ASSERT_EQ(rc.drop(kStranger), Debt::kQueue);
  for (int i = 0; i < 10; ++i) ASSERT_EQ(rc.drop(kStranger), Debt::kNone);
  EXPECT_EQ(rc.total_stopped(), 1);
  EXPECT_EQ(rc.merge(-1), Debt::kDestroy);
}

TEST(BiasedRefcount, TheOwnerLeavesAStrangersReferenceBehind) {
  BiasedRefcount rc(kMe);
  rc.retain(kStranger);
  EXPECT_EQ(rc.drop(kMe), Debt::kNone);
  EXPECT_EQ(rc.owner(), kMergedOwner);
  EXPECT_TRUE(rc.try_retain(kMe));  // its former owner is a stranger now
  EXPECT_EQ(rc.drop(kMe), Debt::kNone);
  EXPECT_EQ(rc.drop(kStranger), Debt::kDestroy);
}

TEST(BiasedRefcount, ASpillMovesReferencesAndLosesNone) {
  BiasedRefcount rc(kMe);
  rc.retain_many(kMe, OwnerWord::kMaxLocal - 1);
  EXPECT_EQ(rc.owner(), kMe);
  EXPECT_EQ(rc.total_stopped(), OwnerWord::kMaxLocal);
  EXPECT_FALSE(rc.try_retain(kStranger));  // nothing shared yet
  rc.retain(kMe);
  EXPECT_EQ(rc.owner(), kMe);
  EXPECT_EQ(rc.total_stopped(), OwnerWord::kMaxLocal + 1);
  EXPECT_TRUE(rc.try_retain(kStranger));
}

// Only the slot's holder writes the owner's word (H5), so the owner counts on, and must not take
// back what the stranger did.
TEST(BiasedRefcount, AStrangerImmortalisesThroughTheSharedWord) {
  BiasedRefcount rc(kMe);
  rc.retain(kStranger);
  rc.immortalise();
  EXPECT_EQ(rc.owner(), kMe);
  rc.retain(kMe);
  EXPECT_EQ(rc.drop(kMe), Debt::kNone);
  EXPECT_EQ(rc.drop(kMe), Debt::kNone);
  EXPECT_TRUE(rc.is_immortal());
  EXPECT_EQ(rc.owner(), kMergedOwner);
}

TEST(BiasedRefcount, AnImmortalIsQueuedAndMergedWithoutHarm) {
  BiasedRefcount rc(kMe);
  ASSERT_EQ(rc.drop(kStranger), Debt::kQueue);
  rc.immortalise();
  EXPECT_EQ(rc.drop(kStranger), Debt::kNone);
  EXPECT_EQ(rc.merge(-1), Debt::kNone);
  EXPECT_TRUE(rc.is_immortal());
}

TEST(BiasedRefcount, IsNotUniqueWhileAStrangerMayCountIt) {
  BiasedRefcount rc(kMe);
  EXPECT_FALSE(rc.is_unique(kStranger, false));
  rc.mark_weakly_referenced();
  EXPECT_FALSE(rc.is_unique(kMe, false));
}

// --- Races. Longer ones: stress/memory/refcount_stress.cc. ---

// The bug: owner and local count are stored after "merged" is published, into a block that somebody
// else has destroyed and re-used by then. Here the stranger destroys and re-uses it at once. The
// late store shows in the new object's word, and to ThreadSanitizer in any case.
TEST(Trap01, OwnerIsStoredBeforeMergedIsPublished) {
  constexpr std::uint32_t kRounds = 5'000;
  alignas(8) std::byte block[sizeof(BiasedRefcount)];
  SysAtomic<std::uint32_t> begun{0};  // the round for which the object is made
  SysAtomic<std::uint32_t> ended{0};  // the last round of which the stranger is done
  std::uint32_t strangers = 0;        // how often it was the one to destroy
  const auto await = [](const SysAtomic<std::uint32_t>& word, std::uint32_t round) {
    while (word.load(kAcquire) != round) platform::yield();
  };
  std::thread stranger([&] {
    for (std::uint32_t round = 1; round <= kRounds; ++round) {
      await(begun, round);
      if (std::launder(reinterpret_cast<BiasedRefcount*>(block))->drop(kStranger) ==
          Debt::kDestroy) {
        new (block) BiasedRefcount(kStranger);
        ++strangers;
      }
      ended.store(round, kRelease);
    }
  });
  std::uint32_t mine = 0;
  for (std::uint32_t round = 1; round <= kRounds; ++round) {
    auto* const rc = new (block) BiasedRefcount(kMe);
    rc->retain(kStranger);
    begun.store(round, kRelease);
    const bool is_mine = rc->drop(kMe) == Debt::kDestroy;
    mine += is_mine ? 1U : 0U;
    await(ended, round);
    if (!is_mine) {
      EXPECT_EQ(std::launder(reinterpret_cast<BiasedRefcount*>(block))->owner(), kStranger);
    }
  }
  stranger.join();
  EXPECT_EQ(mine + strangers, kRounds) << "destroyed once each";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
