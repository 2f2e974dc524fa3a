#include "objects/text/case_mapping.h"

#include <gtest/gtest.h>

#include "tests/objects/python_oracle.h"
#include "tests/objects/text/texts.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

constexpr std::pair<CaseChange, const char*> kChanges[] = {
    {CaseChange::kLower, "lower"},   {CaseChange::kUpper, "upper"},
    {CaseChange::kTitle, "title"},   {CaseChange::kCapitalize, "capitalize"},
    {CaseChange::kSwap, "swapcase"}, {CaseChange::kFold, "casefold"}};

Points changed(View text, CaseChange change) {
  const CaseMeasure measure = measure_case(text, change);
  const std::size_t width = bytes_per_point(measure.repertoire);
  std::vector<std::uint8_t> store(measure.size * width);
  map_case(store.data(), measure, text, change);
  return points_of({store.data(), measure.size, width});
}

std::string upper(std::u32string_view text) {
  return python_text(Text{changed(Text{text}, CaseChange::kUpper)});
}

TEST(CaseMapping, OneMayBecomeSeveral) {
  EXPECT_EQ(upper(U"stra\u00dfe"), "\"STRASSE\"");
  EXPECT_EQ(upper(U"\ufb03"), "\"FFI\"");
  EXPECT_EQ(changed(Text{U"\u0130"}, CaseChange::kLower), (Points{'i', 0x307}));
}

TEST(CaseMapping, WidthsFollow) {
  EXPECT_EQ(measure_case(Text{U"\u00ff"}, CaseChange::kUpper).repertoire, Repertoire::kUcs2);
  EXPECT_EQ(measure_case(Text{U"\u212a"}, CaseChange::kLower).repertoire, Repertoire::kAscii);
}

TEST(CaseMapping, ASigmaKnowsTheEndOfItsWord) {
  const auto lower = [](std::u32string_view text) {
    return changed(Text{text}, CaseChange::kLower);
  };
  EXPECT_EQ(lower(U"A\u03a3"), (Points{'a', 0x3C2}));
  EXPECT_EQ(lower(U"\u03a3"), (Points{0x3C3}));
  EXPECT_EQ(lower(U"A\u03a3B"), (Points{'a', 0x3C3, 'b'}));
  EXPECT_EQ(lower(U"A\u03a3.B"), (Points{'a', 0x3C3, '.', 'b'})) << "a full stop is case-ignorable";
  EXPECT_EQ(lower(U"A\u03a3 B"), (Points{'a', 0x3C2, ' ', 'b'}));
}

TEST(CaseMapping, PythonAgreesOnEveryCodePoint) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  // Beyond, no character has a case: whatever we changed there would be too much.
  python.execute(
      "changed = lambda f: {p: list(map(ord, c)) for p in range(0x20000) if (c := f(chr(p))) != "
      "chr(p)}");
  for (const auto& [change, name] : kChanges) {
    std::string ours;
    for (CodePoint point = 0; point <= kLastCodePoint; point += point < 0x20000 ? 1 : 61) {
      const Points result = changed(view_of(std::span<const CodePoint>{&point, 1}), change);
      if (result == Points{point}) continue;
      ours += std::to_string(point) + ":[";
      for (const CodePoint one : result) ours += std::to_string(one) + ",";
      ours += "],";
    }
    python.expect(std::string("changed(str.") + name + ") == {" + ours + "}");
  }
  EXPECT_EQ(python.finish(), 0);
}

TEST(CaseMapping, PythonAgreesOnWords) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  Random random{1};
  for (int i = 0; i < 3'000; ++i) {
    const Text text{
        random.of(U"aB.\u00df \u03a3\u03c3\u0301'1\u01c6\u01c5\u0130\u0149\u10d0\U00010400\u00aa-",
                  random.below(7))};
    for (const auto& [change, name] : kChanges)
      python.expect(python_text(text) + "." + name +
                    "() == " + python_text(Text{changed(text, change)}));
  }
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::text
