// objects/sequence/sort.h: a stable sort with few comparisons, any of which may fail.
//
// A natural merge sort: runs that are there are found and kept, short ones are made longer by
// insertion, and runs are merged in the order of "Nearly-Optimal Mergesorts" (Munro and Wild, ESA
// 2018): powersort. Where one run wins again and again, merging gallops. So comparisons are n - 1
// for what is sorted or strictly reversed, and about n log2 n - n at worst.
//
//     const bool sorted = stable_sort(items, scratch, [&](const T& a, const T& b) {
//       return ...;                         // Answer::kYes: a is less than b
//     });
//
// S1  At every comparison each value stands in items or in scratch, some of them twice: who wants
//     to see all of them while `less` runs (a collector) looks at both.
// S2  An answer kFailed ends the sort; the items are then a permutation of what they were.
//
// T is trivially copyable: a value, or a key with its value. `scratch` has sort_scratch(n)
// elements. Comparisons may do anything but touch items and scratch, and may contradict each other.
// To sort in reverse and stay stable: reverse, sort, reverse.
// Tests: tests/objects/sequence/sort_test.cc   Cost: bench/objects/sequence/sort_bench.cc
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

#include "memory/policy.h"
#include "objects/sequence/merge.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] constexpr std::size_t sort_scratch(std::size_t items) noexcept { return items / 2; }

namespace detail {

// Runs shorter than this are made longer: insertion is quicker for so few.
inline constexpr std::size_t kShortRun = 32;

// So that n divided by it is a power of two, or a little less: merges are then of equals.
[[nodiscard]] constexpr std::size_t shortest_run(std::size_t items) noexcept {
  std::size_t any = 0;
  for (; items >= 2 * kShortRun; items /= 2) any |= items & 1;
  return items + any;
}

// The level of the boundary between two neighbouring runs in the tree that is halved at each level:
// the first level at which their middles lie in different halves of a part.
[[nodiscard]] inline int boundary_level(std::size_t begin, std::size_t left, std::size_t right,
                                        std::size_t items) noexcept {
  // Twice the middles; they are below 2 * items.
  std::size_t one = 2 * begin + left;
  std::size_t other = one + left + right;
  for (int level = 1;; ++level) {
    const bool one_is_above = one >= items;
    const bool other_is_above = other >= items;
    if (one_is_above != other_is_above) return level;
    if (one_is_above) {
      one -= items;
      other -= items;
    }
    one *= 2;
    other *= 2;
  }
}

template <class T, class Less>
class StableSort {
 public:
  StableSort(std::span<T> items, std::span<T> scratch, Less& less) noexcept
      : items_(items), merger_(scratch.data(), less), less_(less) {}

  [[nodiscard]] bool sort() {
    const std::size_t shortest = shortest_run(items_.size());
    for (std::size_t begin = 0; begin < items_.size();) {
      std::size_t size = 0;
      if (!take_run(items_.subspan(begin), shortest, size) || !push({begin, size, 0})) return false;
      begin += size;
    }
    while (depth_ > 1)
      if (!merge_top()) return false;
    return true;
  }

 private:
  struct Run {
    std::size_t begin;
    std::size_t size;
    int level;  // of the boundary to the next run
  };
  // Levels grow from one entry to the next, and there are no more than bits in a size.
  static constexpr std::size_t kMostRuns = 66;

  // Finds the run at the front or makes one of `shortest` elements; false: a comparison failed.
  bool take_run(std::span<T> rest, std::size_t shortest, std::size_t& size) {
    if (!find_run(rest, size)) return false;
    const std::size_t wanted = std::min(shortest, rest.size());
    if (size < wanted) {
      if (!insert_up_to(rest.first(wanted), size)) return false;
      size = wanted;
    }
    return true;
  }

  // A run that falls strictly is reversed, which leaves equal elements where they are.
  bool find_run(std::span<T> rest, std::size_t& size) {
    size = 1;
    if (rest.size() == 1) return true;
    const Answer falls = less_(rest[1], rest[0]);
    Answer answer = falls;
    while (answer == falls && falls != Answer::kFailed && ++size < rest.size())
      answer = less_(rest[size], rest[size - 1]);
    if (answer == Answer::kFailed) return false;
    if (falls == Answer::kYes) std::reverse(rest.begin(), rest.begin() + offset(size));
    return true;
  }

  bool insert_up_to(std::span<T> part, std::size_t sorted) {
    for (; sorted < part.size(); ++sorted) {
      const T inserted = part[sorted];
      const std::size_t at =
          first_yes(sorted, [&](std::size_t i) { return less_(inserted, part[i]); });
      if (at == kFailedSearch) return false;
      std::copy_backward(part.begin() + offset(at), part.begin() + offset(sorted),
                         part.begin() + offset(sorted) + 1);
      part[at] = inserted;
    }
    return true;
  }

  // Merges until levels grow again.
  bool push(Run run) {
    if (depth_ != 0) {
      const int level = boundary_level(top().begin, top().size, run.size, items_.size());
      while (depth_ > 1 && runs_[depth_ - 2].level > level)
        if (!merge_top()) return false;
      top().level = level;
    }
    runs_[depth_++] = run;
    return true;
  }

  // Makes the two topmost runs one.
  bool merge_top() {
    Run& left = runs_[depth_ - 2];
    const Run right = runs_[depth_ - 1];
    --depth_;
    T* const begin = items_.data() + left.begin;
    const std::size_t left_size = left.size;
    left.size += right.size;
    return merger_.merge(begin, left_size, right.size);
  }

  [[nodiscard]] Run& top() noexcept { return runs_[depth_ - 1]; }
  static std::ptrdiff_t offset(std::size_t n) noexcept { return static_cast<std::ptrdiff_t>(n); }

  std::span<T> items_;
  Merger<T, Less> merger_;
  Less& less_;
  Run runs_[kMostRuns];
  std::size_t depth_ = 0;
};

}  // namespace detail

// False: a comparison failed (S2).
template <class T, class Less>
[[nodiscard]] bool stable_sort(std::span<T> items, std::span<T> scratch, Less&& less) {
  return detail::StableSort<T, std::remove_reference_t<Less>>{items, scratch, less}.sort();
}

}  // namespace orochi::inline OROCHI_DESIGN
