#include "objects/text/compare.h"

#include <gtest/gtest.h>

#include "tests/objects/text/texts.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

TEST(Compare, AsTheCodePointsDoInAllWidths) {
  const std::u32string alphabets[] = {U"ab", U"a\u00e9", U"ab\u0431", U"a\u0431\U00010330"};
  Random random{1};
  for (int i = 0; i < 20'000; ++i) {
    const Points a = random.of(alphabets[random.below(4)], random.below(5));
    const Points b = random.of(alphabets[random.below(4)], random.below(5));
    ASSERT_EQ(compare(Text{a}, Text{b}), a <=> b);
    ASSERT_EQ(equal(Text{a}, Text{b}), a == b);
    const bool starts = b.size() <= a.size() && std::equal(b.begin(), b.end(), a.begin());
    ASSERT_EQ(starts_with(Text{a}, Text{b}), starts);
    const bool ends = b.size() <= a.size() && std::equal(b.rbegin(), b.rend(), a.rbegin());
    ASSERT_EQ(ends_with(Text{a}, Text{b}), ends);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::text
