// objects/sequence/merge.h: merging two neighbouring runs, stably, with a comparison that may fail.
//
// The shorter run moves to the scratch, and the gap that it leaves is filled from the side at which
// it was: forwards if it was the left one, backwards if it was the right one. One algorithm does
// both; it sees elements through pointers that step forwards or backwards.
//
// Where one side has won kGallop times in a row, its next elements are looked for by doubling
// steps.
//
// For sort.h alone, and tested through it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN {

// Of a comparison.
enum class Answer : std::uint8_t { kNo, kYes, kFailed };

namespace detail {

inline constexpr std::size_t kFailedSearch = static_cast<std::size_t>(-1);
inline constexpr std::size_t kGallop = 7;

// The first of `size` places at which ask(i) says yes, or `size`. Requires: no, ..., no, yes, ...,
// yes.
template <class Ask>
std::size_t first_yes_between(std::size_t low, std::size_t high, Ask ask) {
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const Answer answer = ask(middle);
    if (answer == Answer::kFailed) return kFailedSearch;
    if (answer == Answer::kYes)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

template <class Ask>
std::size_t first_yes(std::size_t size, Ask ask) {
  return first_yes_between(0, size, ask);
}

// The same, quicker if the place is near the front.
template <class Ask>
std::size_t gallop_to_yes(std::size_t size, Ask ask) {
  std::size_t low = 0;
  for (std::size_t probe = 0; probe < size; probe = 2 * probe + 1) {
    const Answer answer = ask(probe);
    if (answer == Answer::kFailed) return kFailedSearch;
    if (answer == Answer::kYes) return first_yes_between(low, probe, ask);
    low = probe + 1;
  }
  return first_yes_between(low, size, ask);
}

constexpr Answer negated(Answer answer) noexcept {
  if (answer == Answer::kFailed) return answer;
  return answer == Answer::kYes ? Answer::kNo : Answer::kYes;
}

// One merge. kStep is 1, and the run that was moved is the left one; or it is -1, and the right
// one. A run is a pointer to the element that comes next, and how many are left.
template <class T, class Less, int kStep>
class Merge {
 public:
  struct Run {
    T* next;
    std::size_t size;
  };

  Merge(Run moved, Run staying, T* out, Less& less, std::size_t& patience) noexcept
      : moved_(moved), staying_(staying), out_(out), less_(less), patience_(patience) {}

  // False: a comparison failed. Either way nothing is left in the scratch afterwards.
  bool run() {
    Progress progress = Progress::kGoOn;
    while (progress == Progress::kGoOn) {
      progress = one_by_one();
      if (progress == Progress::kGoOn) progress = gallop();
    }
    put(moved_, moved_.size);  // The gap is as long, and the staying ones behind it are in place.
    return progress != Progress::kFailed;
  }

 private:
  enum class Progress : std::uint8_t { kGoOn, kDone, kFailed };

  // Whether an element of the run that stays goes before one that was moved: only if it is beyond
  // it, since equal elements keep their order.
  Answer stays_first(const T& staying, const T& moved) {
    return kStep > 0 ? less_(staying, moved) : less_(moved, staying);
  }

  static T& at(const Run& run, std::size_t i) noexcept {
    return run.next[static_cast<std::ptrdiff_t>(i) * kStep];
  }

  // The next `count` of a run are next in the result.
  void put(Run& run, std::size_t count) noexcept {
    const auto distance = static_cast<std::ptrdiff_t>(count);
    if constexpr (kStep > 0)
      std::copy(run.next, run.next + distance, out_);
    else
      std::copy_backward(run.next + 1 - distance, run.next + 1, out_ + 1);
    run.next += distance * kStep;
    run.size -= count;
    out_ += distance * kStep;
  }

  [[nodiscard]] Progress progress() const noexcept {
    return moved_.size == 0 || staying_.size == 0 ? Progress::kDone : Progress::kGoOn;
  }

  // Until one run has won often in a row.
  Progress one_by_one() {
    std::size_t streak = 0;
    Answer before = Answer::kFailed;  // neither
    while (streak < patience_) {
      const Answer answer = stays_first(*staying_.next, *moved_.next);
      if (answer == Answer::kFailed) return Progress::kFailed;
      put(answer == Answer::kYes ? staying_ : moved_, 1);
      streak = answer == before ? streak + 1 : 1;
      before = answer;
      if (progress() == Progress::kDone) return Progress::kDone;
    }
    return Progress::kGoOn;
  }

  // As long as it finds streaks. Patience for the next time shrinks while it does and grows after.
  Progress gallop() {
    for (;;) {
      const std::size_t moved = gallop_to_yes(
          moved_.size, [&](std::size_t i) { return stays_first(*staying_.next, at(moved_, i)); });
      if (moved == kFailedSearch) return Progress::kFailed;
      put(moved_, moved);
      if (moved_.size == 0) return Progress::kDone;
      put(staying_, 1);  // which the search has compared already
      if (staying_.size == 0) return Progress::kDone;
      const std::size_t staying = gallop_to_yes(staying_.size, [&](std::size_t i) {
        return negated(stays_first(at(staying_, i), *moved_.next));
      });
      if (staying == kFailedSearch) return Progress::kFailed;
      put(staying_, staying);
      if (staying_.size == 0) return Progress::kDone;
      put(moved_, 1);
      if (moved_.size == 0) return Progress::kDone;
      if (moved < kGallop && staying < kGallop) break;
      patience_ -= patience_ > 1 ? 1 : 0;
    }
    patience_ += 2;
    return Progress::kGoOn;
  }

  Run moved_;
  Run staying_;
  T* out_;
  Less& less_;
  std::size_t& patience_;
};

template <class T, class Less>
class Merger {
 public:
  static_assert(std::is_trivially_copyable_v<T>);

  Merger(T* scratch, Less& less) noexcept : scratch_(scratch), less_(less) {}

  // Of the runs [begin, begin + left) and the `right` elements behind; false: a comparison failed.
  bool merge(T* begin, std::size_t left, std::size_t right) {
    T* const middle = begin + left;
    // What is in its place already at either end stays there.
    const std::size_t in_place =
        gallop_to_yes(left, [&](std::size_t i) { return less_(*middle, begin[i]); });
    if (in_place == kFailedSearch) return false;
    begin += in_place;
    left -= in_place;
    if (left == 0) return true;
    const std::size_t behind = gallop_to_yes(
        right, [&](std::size_t i) { return less_(middle[right - 1 - i], middle[-1]); });
    if (behind == kFailedSearch) return false;
    right -= behind;
    if (right == 0) return true;  // only if comparisons contradict each other
    return left <= right ? merge_forwards(begin, left, right) : merge_backwards(begin, left, right);
  }

 private:
  bool merge_forwards(T* begin, std::size_t left, std::size_t right) {
    using Forwards = Merge<T, Less, 1>;
    std::copy_n(begin, left, scratch_);
    return Forwards{{scratch_, left}, {begin + left, right}, begin, less_, patience_}.run();
  }

  bool merge_backwards(T* begin, std::size_t left, std::size_t right) {
    using Backwards = Merge<T, Less, -1>;
    T* const middle = begin + left;
    std::copy_n(middle, right, scratch_);
    return Backwards{
        {scratch_ + right - 1, right}, {middle - 1, left}, middle + right - 1, less_, patience_}
        .run();
  }

  T* scratch_;
  Less& less_;
  std::size_t patience_ = kGallop;
};

}  // namespace detail
}  // namespace orochi::inline OROCHI_DESIGN
