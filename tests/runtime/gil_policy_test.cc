#include "runtime/gil_policy.h"

#include <gtest/gtest.h>

#include "runtime/gil_word.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using platform::kMicrosecond;
using platform::kMillisecond;
using platform::kNever;
using platform::Nanos;

constexpr Nanos kNow = 100 * kMillisecond;
constexpr GilWaiting kReturningWaits{.returning = true, .first_since = kNow};
constexpr GilWaiting kOrdinaryWaits{.ordinary = true, .first_since = kNow};
constexpr GilWaiting kBothWait{.returning = true, .ordinary = true, .first_since = kNow};

// The word.

constexpr OwnerId kMe = 7;
static_assert(!GilWord().is_on() && GilWord().is_free());
static_assert(GilWord::on().is_on() && GilWord::on().is_free() && GilWord::on().is_quiet());
static_assert(GilWord::on().taken_by(kMe).holder() == kMe &&
              !GilWord::on().taken_by(kMe).is_free());
static_assert(!GilWord::on().taken_by(kMe).wanted().is_quiet());
static_assert(GilWord::on().taken_by(kMe).wanted().known().holder() == kMe);
static_assert(GilWord::on().taken_by(kMe).known().let_go() == GilWord::on(),
              "a record of a turn is forgotten with the turn");
static_assert(GilWord::handed_to(kMe, true).is_wanted() &&
              GilWord::handed_to(kMe, true).is_known());
static_assert(GilWord::handed_to(kMe, false).is_quiet() && GilWord::handed_to(kMe, false).is_on());
static_assert(GilWord::on().taken_by(0xFFFD).holder() == 0xFFFD &&
              GilWord::on().taken_by(0xFFFD).is_on());

// Where threads wait.

TEST(GilPolicy, OnlyReturningThreadsStandInTheReturningLine) {
  HandoffPolicy policy;
  EXPECT_EQ(policy.arrives(GilWhy::kReturning), GilPlace::kReturning);
  EXPECT_EQ(policy.arrives(GilWhy::kFirst), GilPlace::kOrdinaryBack);
  policy.rule = GilRule::kIntervalOnly;
  EXPECT_EQ(policy.arrives(GilWhy::kReturning), GilPlace::kOrdinaryBack);
}

TEST(GilPolicy, WhoIsPushedAsideKeepsItsPlaceUntilItsIntervalIsUsed) {
  const HandoffPolicy policy;
  const GilTurn turn = policy.begin(GilPlace::kOrdinaryBack, 3 * kMillisecond, kNow);
  const auto rest = policy.broken_off(turn, kNow + kMillisecond);
  EXPECT_EQ(rest.place, GilPlace::kOrdinaryFront);
  EXPECT_EQ(rest.used, 4 * kMillisecond);
  const auto end = policy.broken_off(turn, kNow + 2 * kMillisecond);
  EXPECT_EQ(end.place, GilPlace::kOrdinaryBack);
  EXPECT_EQ(end.used, 0);
}

TEST(GilPolicy, ABrokenBoostIsSpent) {
  const HandoffPolicy policy;
  const GilTurn turn = policy.begin(GilPlace::kReturning, 0, kNow);
  const auto rest = policy.broken_off(turn, kNow + kMillisecond);
  EXPECT_EQ(rest.place, GilPlace::kOrdinaryBack);
  EXPECT_EQ(rest.used, 0);
}

// When the holder is asked.

TEST(GilPolicy, NobodyIsAskedForNobody) {
  const HandoffPolicy policy;
  EXPECT_EQ(policy.due(policy.begin(GilPlace::kOrdinaryBack, 0, kNow), {}), kNever);
}

TEST(GilPolicy, AnOrdinaryTurnYieldsToAReturningThreadAtOnceAndToOthersAfterItsInterval) {
  const HandoffPolicy policy;
  const GilTurn turn = policy.begin(GilPlace::kOrdinaryFront, 2 * kMillisecond, kNow);
  EXPECT_LE(policy.due(turn, kReturningWaits), kNow);
  EXPECT_LE(policy.due(turn, kBothWait), kNow);
  EXPECT_EQ(policy.due(turn, kOrdinaryWaits), kNow + policy.interval - 2 * kMillisecond);
}

TEST(GilPolicy, ABoostedTurnIsSafeForAWhile) {
  const HandoffPolicy policy;
  const GilTurn turn = policy.begin(GilPlace::kReturning, 0, kNow);
  EXPECT_EQ(policy.due(turn, kReturningWaits), kNow + HandoffPolicy::kBoost);
  EXPECT_EQ(policy.due(turn, kOrdinaryWaits), kNow + policy.interval);
}

TEST(GilPolicy, IntervalOnlyCountsFromTheLastChangeOfHandsOrTheArrival) {
  HandoffPolicy policy;
  policy.rule = GilRule::kIntervalOnly;
  const GilTurn turn = policy.begin(GilPlace::kOrdinaryBack, 0, kNow);
  EXPECT_EQ(policy.due(turn, {.ordinary = true, .first_since = kNow - 1}), kNow + policy.interval);
  EXPECT_EQ(policy.due(turn, {.ordinary = true, .first_since = kNow + 1}),
            kNow + 1 + policy.interval);
}

// Rule 47: what returning threads may take from the others.

// Two returning threads, of which one always waits, beside an ordinary one, in virtual time: each
// boosted turn lasts `turn`. Returns the share of the ordinary thread.
double share_beside_ping_pong(HandoffPolicy policy, Nanos turn, Nanos time) {
  Nanos now = kNow;
  Nanos ordinary_time = 0;
  GilTurn current = policy.begin(GilPlace::kReturning, 0, now);
  while (now < kNow + time) {
    if (current.boosted) {
      now += turn;
      policy.end(current, kBothWait, now);
    } else {
      const Nanos until = std::max(now, policy.due(current, kReturningWaits));
      ordinary_time += until - now;
      now = until;
      policy.end(current, kReturningWaits, now);
    }
    const bool returning = policy.serves_returning(kBothWait);
    current = policy.begin(returning ? GilPlace::kReturning : GilPlace::kOrdinaryFront, 0, now);
  }
  return static_cast<double>(ordinary_time) / static_cast<double>(time);
}

TEST(GilPolicy, ReturningThreadsLeaveAQuarterToTheOthers) {
  for (const Nanos turn : {1 * kMicrosecond, 20 * kMicrosecond, 900 * kMicrosecond}) {
    const double share = share_beside_ping_pong({}, turn, 10 * platform::kSecond);
    EXPECT_NEAR(share, 0.25, 0.01) << turn;
  }
}

TEST(GilPolicy, AVeryShortIntervalDoesNotLiftTheBound) {
  HandoffPolicy policy;
  policy.interval = 10 * kMicrosecond;
  EXPECT_NEAR(share_beside_ping_pong(policy, 20 * kMicrosecond, platform::kSecond), 0.25, 0.01);
}

TEST(GilPolicy, NoDebtGrowsWhileNobodyElseWaits) {
  HandoffPolicy policy;
  const GilTurn turn = policy.begin(GilPlace::kReturning, 0, kNow);
  policy.end(turn, kReturningWaits, kNow + 9 * kMillisecond);
  EXPECT_EQ(policy.debt(), 0);
  policy.end(turn, kBothWait, kNow + 9 * kMillisecond);
  EXPECT_EQ(policy.debt(), 3 * kMillisecond);
}

TEST(GilPolicy, ASliceIsAsLongAsTheDebtAndPaysIt) {
  HandoffPolicy policy;
  const GilTurn boosted = policy.begin(GilPlace::kReturning, 0, kNow);
  policy.end(boosted, kBothWait, kNow + 6 * kMillisecond);
  ASSERT_FALSE(policy.serves_returning(kBothWait));
  EXPECT_TRUE(policy.serves_returning(kReturningWaits)) << "nobody is there to be paid";
  const GilTurn slice = policy.begin(GilPlace::kOrdinaryFront, 0, kNow);
  EXPECT_EQ(policy.due(slice, kReturningWaits), kNow + 2 * kMillisecond);
  policy.end(slice, kReturningWaits, kNow + 2 * kMillisecond);
  EXPECT_EQ(policy.debt(), 0);
  EXPECT_TRUE(policy.serves_returning(kBothWait));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
