// memory/deferred_word.h: the states of a count whose zero does not destroy yet.
//
// For reads that count nothing (rules 24-28): a thread may hold a reference to a marked object in a
// register, uncounted, until its registers have been looked through. So a marked object whose count
// falls to zero becomes a candidate, and a cycle over all registers decides:
//
//                 last drop           cycle starts          cycle ends, nobody holds it
//     merged/n --------------> fresh --------------> armed --------------> dead (merged/0)
//         ^                      |                     |
//         +----------------------+---------------------+   counted again, by whoever may
//
// I1  A zero is always fresh: only a cycle that starts after it may arm it, and only what stayed
//     armed to the end is killed (counterexample: a value stored to the heap and taken back while
//     one cycle runs).
// I2  From a zero every count is an exchange; additions without looking need a count above it.
//
// The two zeros are negative counts of merged, which a merged object cannot have otherwise. So all
// transitions of memory/count_word.h hold for a word that is not one of them. No design reads
// deferred yet; the words have room for it.
//
// Tests: tests/memory/count_word_test.cc
#pragma once

#include "memory/count_word.h"

namespace orochi::inline OROCHI_DESIGN::deferred {

inline constexpr CountWord kFresh{CountState::kMerged, -CountWord::kLimit};
inline constexpr CountWord kArmed{CountState::kMerged, -CountWord::kLimit + 1};

// Uncounted, and not dead yet.
[[nodiscard]] constexpr bool is_candidate(CountWord seen) noexcept {
  return seen == kFresh || seen == kArmed;
}

// What a step that would be the death of an unmarked object is for a marked one. The candidate is
// queued, in the same way and with the same bits as a merge.
[[nodiscard]] constexpr CountStep spare(CountStep step) noexcept {
  if (step.debt != Debt::kDestroy) return step;
  return {kFresh, Debt::kQueue};
}

[[nodiscard]] constexpr CountStep drop_one(CountWord seen) noexcept {
  return spare(orochi::drop_one(seen));
}
[[nodiscard]] constexpr CountStep merged_with(CountWord seen, std::int32_t rest) noexcept {
  return spare(orochi::merged_with(seen, rest));
}

// A cycle starts.
[[nodiscard]] constexpr CountWord arm(CountWord seen) noexcept {
  return seen == kFresh ? kArmed : seen;
}

// A cycle ended in which no thread reported the object.
[[nodiscard]] constexpr CountStep kill(CountWord seen) noexcept {
  if (seen != kArmed) return {seen, Debt::kNone};
  return {kDead, Debt::kDestroy};
}

// The holder of a deferred reference, or of an uncounted pointer in the heap, counts it (rules 27,
// 28). Fails, changing nothing, on the dead alone; plain/0 is open to it, because the owner of a
// marked object never leaves without an exchange (rule 25).
[[nodiscard]] constexpr CountWord count(CountWord seen) noexcept {
  if (seen.is_dead()) return seen;
  return is_candidate(seen) ? kBornMerged : add(seen, 1);
}

}  // namespace orochi::inline OROCHI_DESIGN::deferred
