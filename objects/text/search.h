// objects/text/search.h: finding one text in another, of any two widths, in linear time.
//
// An empty needle is found at every place, also behind the last code point. A needle has its
// narrowest width (T1); a haystack may be a slice, of its whole text's width.
//
// What replace and split want is every match from one side, none touching another:
//
//     Matches matches{haystack, needle};
//     while ((at = matches.next()) != kNotFound) ...
//
// Bytes are texts of width 1. Pure functions; any thread.
// Tests: tests/objects/text/search_test.cc   Cost: bench/objects/text/search_bench.cc
#pragma once

#include <cstddef>

#include "objects/text/code_points.h"
#include "objects/text/two_way.h"

namespace orochi::inline OROCHI_DESIGN::text {

// Where the needle begins, or kNotFound.
[[nodiscard]] std::size_t find(View haystack, View needle) noexcept;
[[nodiscard]] std::size_t find_last(View haystack, View needle) noexcept;

// Of matches that do not overlap, from the left, up to `most`.
[[nodiscard]] std::size_t count(View haystack, View needle, std::size_t most = kNotFound) noexcept;

// Matches that do not overlap, from the left.
class Matches {
 public:
  Matches(View haystack, View needle) noexcept : haystack_(haystack), needle_(needle) {}

  [[nodiscard]] std::size_t next() noexcept;

 private:
  View haystack_;
  View needle_;
  std::size_t from_ = 0;  // beyond the haystack: no more
};

// From the right: for rsplit and rpartition.
class MatchesFromRight {
 public:
  MatchesFromRight(View haystack, View needle) noexcept
      : haystack_(haystack), needle_(needle), to_(haystack.size) {}

  [[nodiscard]] std::size_t next() noexcept;

 private:
  View haystack_;
  View needle_;
  std::size_t to_;  // kNotFound: no more
};

}  // namespace orochi::inline OROCHI_DESIGN::text
