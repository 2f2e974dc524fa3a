#include "objects/text/escape.h"

#include <gtest/gtest.h>

#include "tests/objects/python_oracle.h"
#include "tests/objects/text/texts.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

Text shown(View text, Escapes escapes) {
  const ReprMeasure measure = measure_repr(text, escapes);
  const std::size_t width = bytes_per_point(measure.repertoire);
  std::vector<std::uint8_t> store(measure.size * width);
  write_repr(store.data(), measure, text, escapes);
  Text result{points_of({store.data(), measure.size, width})};
  EXPECT_EQ(result.view().width, width) << "the narrowest (T1)";
  return result;
}

std::string shown_bytes(std::string_view bytes) {
  const std::span<const std::uint8_t> span{reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                           bytes.size()};
  std::string text(measure_bytes_repr(span), '?');
  EXPECT_EQ(write_bytes_repr(text.data(), span), text.data() + text.size());
  return text;
}

TEST(Escape, QuotesAreChosenByWhatIsBetween) {
  const auto repr = [](std::u32string_view text) {
    return points_of(shown(Text{text}, Escapes::kUnprintable));
  };
  const auto points = [](std::u32string_view text) { return points_of(Text{text}); };
  EXPECT_EQ(repr(U""), points(U"''"));
  EXPECT_EQ(repr(U"it's"), points(U"\"it's\""));
  EXPECT_EQ(repr(U"\"it's\""), points(U"'\"it\\'s\"'"));
  EXPECT_EQ(repr(U"\n\x7f\u00ad\u00e9"), points(U"'\\n\\x7f\\xad\u00e9'"));
}

TEST(Escape, WhatIsEscapedMakesNothingWide) {
  EXPECT_EQ(measure_repr(Text{U"\ue000"}, Escapes::kUnprintable).repertoire, Repertoire::kAscii);
  EXPECT_EQ(measure_repr(Text{U"\U0001f40d"}, Escapes::kNonAscii).size, 12U);
}

TEST(Escape, PythonShowsTheSame) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  Random random{1};
  for (int i = 0; i < 4'000; ++i) {
    Points points =
        random.of(U"ab'\"\\\n\r\t\x1b\x7f\u00a0\u00ad\u00e9\u0378\u2028\u20ac\U0001f40d\U000e0001",
                  random.below(8));
    if (i % 4 == 0) points.push_back(0xD800 + static_cast<CodePoint>(random.below(0x800)));
    const Text text{points};
    python.expect("repr(" + python_text(text) +
                  ") == " + python_text(shown(text, Escapes::kUnprintable)));
    python.expect("ascii(" + python_text(text) +
                  ") == " + python_text(shown(text, Escapes::kNonAscii)));
    std::string bytes(random.below(8), '?');
    for (char& byte : bytes)
      byte = i % 2 == 0 ? static_cast<char>(random.below(256)) : "'\"a\\"[random.below(4)];
    const std::string ours = shown_bytes(bytes);
    const Points as_points{ours.begin(), ours.end()};
    python.expect("repr(" + python_bytes(bytes) + ") == " + python_text(Text{as_points}));
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::text
