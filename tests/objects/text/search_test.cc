#include "objects/text/search.h"

#include <gtest/gtest.h>

#include "tests/objects/python_oracle.h"
#include "tests/objects/text/texts.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

// What every search is compared with.
std::size_t plain_find(const Points& haystack, const Points& needle) {
  const auto found = std::search(haystack.begin(), haystack.end(), needle.begin(), needle.end());
  if (found == haystack.end() && !needle.empty()) return kNotFound;
  return static_cast<std::size_t>(found - haystack.begin());
}

std::size_t plain_find_last(const Points& haystack, const Points& needle) {
  const auto found = std::find_end(haystack.begin(), haystack.end(), needle.begin(), needle.end());
  if (found == haystack.end() && !needle.empty()) return kNotFound;
  return static_cast<std::size_t>(found - haystack.begin());
}

std::size_t two_way_find(const Points& haystack, const Points& needle) {
  return TwoWay{needle}.find(haystack, 0);
}

// Alphabets of every width, small enough for near misses.
const std::u32string kAlphabets[] = {U"ab", U"a\u00e9", U"ab\u0431", U"a\u0431\U00010330"};

TEST(Search, TheEmptyTextIsEverywhere) {
  const Text text{U"abc"};
  const Text empty{U""};
  EXPECT_EQ(find(text, empty), 0U);
  EXPECT_EQ(find_last(text, empty), 3U);
  EXPECT_EQ(count(text, empty), 4U);
  EXPECT_EQ(find(empty, empty), 0U);
  EXPECT_EQ(count(empty, empty), 1U);
  EXPECT_EQ(find(empty, text), kNotFound);
  MatchesFromRight matches{text, empty};
  for (const std::size_t at : {3U, 2U, 1U, 0U}) EXPECT_EQ(matches.next(), at);
  EXPECT_EQ(matches.next(), kNotFound);
}

TEST(Search, EveryNeedleOfASmallAlphabetIsFoundAsByThePlainWay) {
  Random random{1};
  for (const std::u32string& alphabet : kAlphabets) {
    for (int i = 0; i < 4'000; ++i) {
      const Points hay = random.of(alphabet, random.below(90));
      const Points wanted = random.of(alphabet, 1 + random.below(9));
      const Text haystack{hay};
      const Text needle{wanted};
      ASSERT_EQ(find(haystack, needle), plain_find(hay, wanted));
      ASSERT_EQ(find_last(haystack, needle), plain_find_last(hay, wanted));
      ASSERT_EQ(two_way_find(hay, wanted), plain_find(hay, wanted));
    }
  }
}

TEST(Search, PeriodicNeedlesAreFoundByTheTwoWayAlgorithm) {
  Random random{2};
  for (int i = 0; i < 4'000; ++i) {
    const Points part = random.of(U"ab", 1 + random.below(5));
    Points wanted;
    for (std::size_t n = 0; n < 2 + random.below(20); ++n) wanted.push_back(part[n % part.size()]);
    Points hay = random.of(U"ab", random.below(10));
    for (std::size_t n = 0; n < 60; ++n) hay.push_back(part[n % part.size()]);
    hay[random.below(hay.size())] = 'c';
    ASSERT_EQ(two_way_find(hay, wanted), plain_find(hay, wanted));
  }
}

// Without the two-way algorithm these would take 10**10 comparisons.
TEST(Search, HostileTextsTakeLinearTime) {
  for (const char32_t letter : {U'a', U'\u0431', U'\U00010330'}) {
    Points wanted(100'000, letter);
    wanted[50'000] = 'b';
    Points hay(1'000'000, letter);
    EXPECT_EQ(find(Text{hay}, Text{wanted}), kNotFound);
    EXPECT_EQ(find_last(Text{hay}, Text{wanted}), kNotFound);
    hay[700'000] = 'b';
    EXPECT_EQ(find(Text{hay}, Text{wanted}), 650'000U);
    EXPECT_EQ(find_last(Text{hay}, Text{wanted}), 650'000U);
  }
}

TEST(Search, MatchesDoNotTouchEachOther) {
  const Text text{U"aaaaa"};
  const Text needle{U"aa"};
  Matches matches{text, needle};
  EXPECT_EQ(matches.next(), 0U);
  EXPECT_EQ(matches.next(), 2U);
  EXPECT_EQ(matches.next(), kNotFound);
  EXPECT_EQ(matches.next(), kNotFound);
  MatchesFromRight from_right{text, needle};
  EXPECT_EQ(from_right.next(), 3U);
  EXPECT_EQ(from_right.next(), 1U);
  EXPECT_EQ(from_right.next(), kNotFound);
  EXPECT_EQ(count(text, needle, 1), 1U);
}

TEST(Search, PythonAgrees) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  Random random{3};
  for (int i = 0; i < 3'000; ++i) {
    const Text haystack{random.of(kAlphabets[i % 4], random.below(60))};
    const Text needle{random.of(kAlphabets[random.below(4)], random.below(4))};
    const std::string hay = python_text(haystack);
    const std::string wanted = "(" + python_text(needle) + ")";
    const auto place = [](std::size_t at) { return at == kNotFound ? "-1" : std::to_string(at); };
    python.expect(hay + ".find" + wanted + " == " + place(find(haystack, needle)));
    python.expect(hay + ".rfind" + wanted + " == " + place(find_last(haystack, needle)));
    python.expect(hay + ".count" + wanted + " == " + std::to_string(count(haystack, needle)));
    if (needle.view().size == 0) continue;
    std::string parts;
    std::size_t end = haystack.view().size;
    MatchesFromRight matches{haystack, needle};
    for (std::size_t at = 0; (at = matches.next()) != kNotFound; end = at)
      parts = python_text(haystack.view().slice(at + needle.view().size, end)) + "," + parts;
    parts = python_text(haystack.view().slice(0, end)) + "," + parts;
    python.expect(hay + ".rsplit" + wanted + " == [" + parts + "]");
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::text
