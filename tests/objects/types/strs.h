// tests/objects/types/strs.h: strs for tests: made in one word, and written as Python expressions.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "objects/types/str.h"
#include "tests/objects/text/texts.h"

namespace orochi::inline OROCHI_DESIGN::testing {

inline Ref<Str> str_of(std::string_view utf8) { return Str::of_utf8(utf8); }
inline Ref<Str> str_of(const text::Points& points) { return Str::of(text::Text(points).view()); }
inline Ref<Str> str_of(std::u32string_view points) { return Str::of(text::Text(points).view()); }

// As a Python expression. Also checks that it has the narrowest width (I1 of str.h).
inline std::string python(const Str& str) {
  EXPECT_EQ(text::repertoire_of(str.view()), str.repertoire());
  return text::python_text(str.view());
}
inline std::string python(const Ref<Str>& str) { return python(*str); }

// Of all widths, with what repeats and what does not, empty ones too.
inline Ref<Str> random_str(text::Random& random, std::size_t most) {
  static constexpr std::u32string_view kAlphabets[] = {U"ab", U"abcxyz 0\n", U"a\u00E9\u00FF",
                                                       U"a\u00E9\u6F22\uFFFF",
                                                       U"ab\u6F22\U0001F600\U0010FFFF"};
  const std::u32string_view alphabet = kAlphabets[random.below(std::size(kAlphabets))];
  return str_of(random.of(alphabet, random.below(most + 1)));
}

}  // namespace orochi::inline OROCHI_DESIGN::testing
