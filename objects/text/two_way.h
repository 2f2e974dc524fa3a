// objects/text/two_way.h: finding a text in another in linear time, whatever the two are.
//
// The algorithm of Crochemore and Perrin ("Two-way string-matching", JACM 38, 1991): the needle is
// cut where a repetition that spans the cut is as long as its period; the right part is compared
// forwards, then the left one backwards, and what was compared says how far to move. It looks at
// each code point of the haystack at most twice and needs no memory.
//
// The fall-back of search.h, which is quicker on most texts and slower on hostile ones.
// `Needle` and `Haystack` have size() and operator[].
// Tests: tests/objects/text/search_test.cc
#pragma once

#include <algorithm>
#include <cstddef>

#include "memory/policy.h"

namespace orochi::inline OROCHI_DESIGN::text {

inline constexpr std::size_t kNotFound = static_cast<std::size_t>(-1);

namespace detail {

struct Suffix {
  std::size_t begin;
  std::size_t period;
};

// The largest suffix of the needle in the order `less`, and its period.
template <class Needle, class Less>
Suffix largest_suffix(const Needle& needle, Less less) noexcept {
  std::size_t best = 0;
  std::size_t candidate = 1;
  std::size_t offset = 0;
  std::size_t period = 1;
  while (candidate + offset < needle.size()) {
    const auto left = needle[best + offset];
    const auto right = needle[candidate + offset];
    if (left == right) {
      if (++offset == period) {
        candidate += period;
        offset = 0;
      }
    } else if (less(right, left)) {
      candidate += offset + 1;
      offset = 0;
      period = candidate - best;
    } else {
      best = candidate++;
      offset = 0;
      period = 1;
    }
  }
  return {best, period};
}

}  // namespace detail

template <class Needle>
class TwoWay {
 public:
  explicit TwoWay(const Needle& needle) noexcept : needle_(needle) {
    const auto less = [](auto a, auto b) { return a < b; };
    const auto greater = [](auto a, auto b) { return a > b; };
    const detail::Suffix one = detail::largest_suffix(needle, less);
    const detail::Suffix other = detail::largest_suffix(needle, greater);
    const detail::Suffix later = one.begin > other.begin ? one : other;
    cut_ = later.begin;
    shift_ = later.period;
    is_periodic_ = cut_ + shift_ <= needle.size() && left_part_repeats();
    if (!is_periodic_) shift_ = std::max(cut_, needle.size() - cut_) + 1;
  }

  // The first place at or after `from`, or kNotFound.
  template <class Haystack>
  [[nodiscard]] std::size_t find(const Haystack& haystack, std::size_t from) const noexcept {
    const std::size_t size = needle_.size();
    std::size_t known = 0;  // so much of the needle's front is known to match: a period's overlap
    for (std::size_t at = from; at + size <= haystack.size();) {
      std::size_t i = std::max(cut_, known);
      while (i < size && needle_[i] == haystack[at + i]) ++i;
      if (i < size) {
        at += i - cut_ + 1;
        known = 0;
        continue;
      }
      i = cut_;
      while (i > known && needle_[i - 1] == haystack[at + i - 1]) --i;
      if (i <= known) return at;
      at += shift_;
      known = is_periodic_ ? size - shift_ : 0;
    }
    return kNotFound;
  }

 private:
  [[nodiscard]] bool left_part_repeats() const noexcept {
    for (std::size_t i = 0; i < cut_; ++i)
      if (needle_[i] != needle_[i + shift_]) return false;
    return true;
  }

  const Needle& needle_;
  std::size_t cut_;
  std::size_t shift_;  // after all of the right part matched
  bool is_periodic_;
};

}  // namespace orochi::inline OROCHI_DESIGN::text
