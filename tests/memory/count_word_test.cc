// The transitions of biased counts are pure functions, so their tables are checked by the compiler:
// if this file compiles, they hold. The tests at the end try what is too large for a compiler.
#include "memory/count_word.h"

#include <gtest/gtest.h>

#include <array>

#include "memory/deferred_word.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using enum CountState;
using enum Debt;
constexpr std::int32_t kNoDrop = CountWord::kNoDrop;
constexpr std::int32_t kNoRetain = CountWord::kNoRetain;
constexpr std::int32_t kImmortal = CountWord::kImmortal;
constexpr std::int32_t kLast = CountWord::kLimit - 1;
constexpr std::int32_t kFirst = -CountWord::kLimit;

constexpr std::array kStates{kPlain, kWeakRefd, kQueued, kMerged};

// --- The layout. ---

constexpr bool every_state_and_count_survives() {
  for (const CountState state : kStates) {
    for (const std::int32_t count : {kFirst, -65'536, -1, 0, 1, 65'536, kNoDrop, kLast}) {
      const CountWord word{state, count};
      if (word.state() != state || word.count() != count) return false;
      if (CountWord{word.bits()} != word) return false;
      if (word.is_plain_zero() != (state == kPlain && count == 0)) return false;
      if (word.is_dead() != (state == kMerged && count == 0)) return false;
      if (word.is_merged() != (state == kMerged)) return false;
      if (CountWord{word.bits() | CountWord::kMergedBits} != CountWord{kMerged, count})
        return false;
      if (CountWord{word.bits() + CountWord::kOne}.count() != count + 1 && count != kLast) {
        return false;
      }
    }
  }
  return true;
}
static_assert(every_state_and_count_survives());

// --- A drop by a thread that is not the owner. ---

struct DropRow {
  CountWord seen;
  CountWord next;
  Debt debt;
};
constexpr DropRow kDrops[] = {
    {{kPlain, 0}, {kQueued, 1}, kQueue},
    {{kPlain, 1}, {kPlain, 0}, kNone},
    {{kPlain, 2}, {kPlain, 1}, kNone},
    {{kPlain, kNoDrop - 1}, {kPlain, kNoDrop - 2}, kNone},
    {{kPlain, kNoDrop}, {kPlain, kNoDrop}, kNone},
    {{kPlain, kLast}, {kPlain, kLast}, kNone},
    {{kWeakRefd, 0}, {kQueued, 1}, kQueue},
    {{kWeakRefd, 1}, {kWeakRefd, 0}, kNone},
    {{kWeakRefd, 2}, {kWeakRefd, 1}, kNone},
    {{kWeakRefd, kNoDrop - 1}, {kWeakRefd, kNoDrop - 2}, kNone},
    {{kWeakRefd, kNoDrop}, {kWeakRefd, kNoDrop}, kNone},
    {{kQueued, -65'536}, {kQueued, -65'537}, kNone},
    {{kQueued, 0}, {kQueued, -1}, kNone},
    {{kQueued, 1}, {kQueued, 0}, kNone},
    {{kQueued, 2}, {kQueued, 1}, kNone},
    {{kQueued, kImmortal}, {kQueued, kImmortal}, kNone},
    {{kMerged, 1}, {kMerged, 0}, kDestroy},
    {{kMerged, 2}, {kMerged, 1}, kNone},
    {{kMerged, kNoDrop - 1}, {kMerged, kNoDrop - 2}, kNone},
    {{kMerged, kNoDrop}, {kMerged, kNoDrop}, kNone},
    {{kMerged, kImmortal}, {kMerged, kImmortal}, kNone},
};
constexpr bool drops_are_as_in_the_table() {
  for (const DropRow& row : kDrops) {
    const CountStep step = drop_one(row.seen);
    if (step.next != row.next || step.debt != row.debt) return false;
  }
  return true;
}
static_assert(drops_are_as_in_the_table());

// --- The owner's half is added. ---

struct MergeRow {
  CountWord seen;
  std::int32_t rest;
  CountWord next;
  Debt debt;
};
constexpr MergeRow kMerges[] = {
    {{kPlain, 0}, 1, {kMerged, 1}, kNone},
    {{kPlain, 3}, 0, {kMerged, 3}, kNone},
    {{kWeakRefd, 0}, 0, {kMerged, 0}, kDestroy},
    {{kWeakRefd, 1}, 0, {kMerged, 1}, kNone},
    {{kQueued, 0}, 0, {kMerged, 0}, kDestroy},
    {{kQueued, 1}, 0, {kMerged, 1}, kNone},
    {{kQueued, -1}, 1, {kMerged, 0}, kDestroy},
    {{kQueued, -65'535}, 65'536, {kMerged, 1}, kNone},
    {{kQueued, 1}, -1, {kMerged, 0}, kDestroy},
    {{kPlain, kNoDrop - 1}, 1, {kMerged, kImmortal}, kNone},
    {{kPlain, kNoDrop}, 0, {kMerged, kImmortal}, kNone},
    {{kQueued, kImmortal}, -1, {kMerged, kImmortal}, kNone},
    {{kQueued, kLast}, 65'536, {kMerged, kImmortal}, kNone},
};
constexpr bool merges_are_as_in_the_table() {
  for (const MergeRow& row : kMerges) {
    const CountStep step = merged_with(row.seen, row.rest);
    if (step.next != row.next || step.debt != row.debt) return false;
  }
  return true;
}
static_assert(merges_are_as_in_the_table());

// --- Additions. ---

struct AddRow {
  std::int32_t count;
  std::uint64_t n;
  std::int32_t next;
};
constexpr AddRow kAdds[] = {
    {0, 1, 1},
    {-65'536, 65'536, 0},
    {0, kNoDrop - 1, kNoDrop - 1},
    {0, kNoDrop, kImmortal},
    {1, kNoDrop - 1, kImmortal},
    {0, std::uint64_t{1} << 32, kImmortal},  // would be 0 in 32 bits
    {0, ~std::uint64_t{0}, kImmortal},
    {-1, ~std::uint64_t{0}, kImmortal},
    {kNoDrop, 1, kImmortal},
    {kNoRetain - 1, 1, kImmortal},
    {kNoRetain, 1, kNoRetain},
    {kImmortal, 1, kImmortal},
    {kLast, ~std::uint64_t{0}, kLast},
};
constexpr bool adds_are_as_in_the_table() {
  for (const CountState state : kStates) {
    for (const AddRow& row : kAdds) {
      if (add({state, row.count}, row.n) != CountWord{state, row.next}) return false;
    }
  }
  return true;
}
static_assert(adds_are_as_in_the_table());

// --- Tries, weak references, immortals: for each state. ---

constexpr bool only_plain_zero_and_the_dead_refuse_a_try() {
  for (const CountState state : kStates) {
    for (const std::int32_t count : {-2, -1, 0, 1, 2, kImmortal}) {
      const CountWord word{state, count};
      const bool refuses = count == 0 && (state == kPlain || state == kMerged);
      if (may_be_tried(word) == refuses) return false;
      if (add_if_tried(word) != (refuses ? word : add(word, 1))) return false;
    }
  }
  return true;
}
static_assert(only_plain_zero_and_the_dead_refuse_a_try());

constexpr bool states_only_move_to_the_right() {
  for (const CountState state : kStates) {
    for (const std::int32_t count : {-2, -1, 0, 1, 2, kNoDrop, kImmortal}) {
      const CountWord word{state, count};
      const bool negative_is_impossible =
          count < 0 && (state == kPlain || state == kWeakRefd || state == kMerged);
      if (negative_is_impossible) continue;
      for (const CountWord next :
           {add(word, 1), add_if_tried(word), weakly_referenced(word), drop_one(word).next,
            immortalised(word), merged_with(word, 0).next}) {
        if (next.state() < state) return false;
      }
      if (weakly_referenced(word).state() == kPlain) return false;
      if (weakly_referenced(word).count() != count) return false;
      if (!immortalised(word).ignores_drops() || !immortalised(word).ignores_retains())
        return false;
    }
  }
  return true;
}
static_assert(states_only_move_to_the_right());

// --- The owner's word. ---

static_assert(OwnerWord{7, 1}.bits() == 7, "one local reference costs no bit");
static_assert(OwnerWord{7, 1}.has_local() && OwnerWord{7, 1}.local() == 1);
static_assert(OwnerWord{7, OwnerWord::kMaxLocal}.local() == OwnerWord::kMaxLocal);
static_assert(!kMergedOwnerWord.has_local() && !kImmortalOwnerWord.has_local());
static_assert(!OwnerWord{0}.has_local(), "a free block");
static_assert(OwnerWord{kLastOwner, 5}.is_owned_by(kLastOwner));

constexpr bool local_counts_carry_and_borrow_at_the_ends_and_never_touch_the_owner() {
  for (const OwnerId owner : {kFirstOwner, OwnerId{0x8000}, kLastOwner}) {
    for (const std::uint32_t local : {1U, 2U, 32'768U, 65'535U, 65'536U}) {
      OwnerWord up{owner, local};
      OwnerWord down{owner, local};
      if (try_add_local(up) == (local == OwnerWord::kMaxLocal)) return false;
      if (try_drop_local(down) == (local == 1)) return false;
      const std::uint32_t more = local == OwnerWord::kMaxLocal ? local : local + 1;
      const std::uint32_t less = local == 1 ? local : local - 1;
      if (up != OwnerWord{owner, more} || down != OwnerWord{owner, less}) return false;
    }
  }
  return true;
}
static_assert(local_counts_carry_and_borrow_at_the_ends_and_never_touch_the_owner());

// --- Deferred zeros (rules 24-28). ---

namespace deferred_table {

using deferred::kArmed;
using deferred::kFresh;

constexpr CountWord kOnce{kMerged, 1};
constexpr CountWord kTwice{kMerged, 2};

static_assert(!kFresh.is_dead() && !kArmed.is_dead() && kFresh != kArmed);
static_assert(!kFresh.ignores_drops() && !kArmed.ignores_drops());

// Any new zero is fresh, however it comes about; any other drop is as without deferring.
static_assert(deferred::drop_one(kOnce).next == kFresh);
static_assert(deferred::drop_one(kOnce).debt == kQueue);
static_assert(deferred::merged_with({kWeakRefd, 0}, 0).next == kFresh);
static_assert(deferred::merged_with({kQueued, -1}, 1).next == kFresh);
static_assert(deferred::drop_one(kTwice).next == kOnce);
static_assert(deferred::drop_one(kTwice).debt == kNone);
static_assert(deferred::drop_one({kPlain, 0}).debt == kQueue);
static_assert(deferred::merged_with({kQueued, 0}, 1).next == kOnce);

// Only the fresh are armed, only the armed are killed.
constexpr bool arming_and_killing_change_nothing_else() {
  for (const CountWord word : {kOnce, kTwice, kDead, kBornPlain, kBornImmortal, kArmed}) {
    if (deferred::arm(word) != word) return false;
  }
  for (const CountWord word : {kOnce, kTwice, kDead, kBornPlain, kBornImmortal, kFresh}) {
    if (deferred::kill(word).next != word || deferred::kill(word).debt != kNone) return false;
  }
  return deferred::arm(kFresh) == kArmed && deferred::kill(kArmed).next == kDead &&
         deferred::kill(kArmed).debt == kDestroy;
}
static_assert(arming_and_killing_change_nothing_else());

// Counting leaves both zeros behind, and fails on the dead alone.
static_assert(deferred::count(kFresh) == kOnce);
static_assert(deferred::count(kArmed) == kOnce);
static_assert(deferred::count(kOnce) == kTwice);
static_assert(deferred::count({kPlain, 0}) == CountWord{kPlain, 1});
static_assert(deferred::count(kDead) == kDead);
static_assert(deferred::is_candidate(kFresh) && deferred::is_candidate(kArmed));
static_assert(!deferred::is_candidate(kDead) && !deferred::is_candidate(kOnce));

// The counterexample that asks for two zeros: it dies, a cycle starts, it is counted and dropped
// again while the cycle runs. The cycle must not kill it.
static_assert(
    deferred::kill(deferred::drop_one(deferred::count(deferred::arm(kFresh))).next).next == kFresh);

}  // namespace deferred_table

// --- What a run must show. ---

// The true count is conserved by every sequence of counts and drops, from whatever half.
TEST(CountWord, ADropTakesOneReferenceOrOwesThem) {
  for (const CountState state : kStates) {
    for (std::int32_t count = -70'000; count < 70'000; ++count) {
      if (count < 0 && state != kQueued) continue;
      if (count == 0 && state == kMerged) continue;  // dead: nobody has a reference to drop
      const CountStep step = drop_one({state, count});
      // kQueue: the caller's reference is still there, and the queue's came on top.
      const std::int32_t expected = step.debt == kQueue ? count + 1 : count - 1;
      ASSERT_EQ(step.next.count(), expected) << "state " << static_cast<int>(state) << " " << count;
      ASSERT_EQ(step.debt == kDestroy, step.next.is_dead());
    }
  }
}

TEST(CountWord, ManyAddsNeverWrapToASmallCount) {
  CountWord word = kBornMerged;
  for (int i = 0; i < 1'000; ++i) {
    const CountWord next = add(word, 1'000'003);
    ASSERT_GE(next.count(), word.count());
    word = next;
  }
  EXPECT_TRUE(word.ignores_drops());
  EXPECT_TRUE(word.ignores_retains());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
