#include "objects/text/code_points.h"

#include <gtest/gtest.h>

#include "tests/objects/text/texts.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

TEST(CodePoints, WidthsAtTheirEdges) {
  EXPECT_EQ(repertoire_of(CodePoint{0x7F}), Repertoire::kAscii);
  EXPECT_EQ(repertoire_of(CodePoint{0x80}), Repertoire::kLatin1);
  EXPECT_EQ(repertoire_of(CodePoint{0xFF}), Repertoire::kLatin1);
  EXPECT_EQ(repertoire_of(CodePoint{0x100}), Repertoire::kUcs2);
  EXPECT_EQ(repertoire_of(CodePoint{0xFFFF}), Repertoire::kUcs2);
  EXPECT_EQ(repertoire_of(CodePoint{0x10000}), Repertoire::kUcs4);
}

TEST(CodePoints, TheAsciiPrefixIsFoundAtEveryPlaceAndAlignment) {
  std::vector<std::uint8_t> bytes(100, 'a');
  EXPECT_TRUE(is_ascii(bytes));
  EXPECT_TRUE(is_ascii({}));
  for (std::size_t from = 0; from < 16; ++from) {
    for (std::size_t at = from; at < bytes.size(); ++at) {
      bytes[at] = 0x80;
      ASSERT_EQ(ascii_prefix(std::span<const std::uint8_t>{bytes}.subspan(from)), at - from);
      bytes[at] = 'a';
    }
  }
}

TEST(CodePoints, TheWidestDecidesWhereverItStands) {
  for (std::size_t size = 1; size < 200; size += 7) {
    for (std::size_t at = 0; at < size; ++at) {
      std::vector<std::uint32_t> points(size, 'a');
      points[at] = 0x1234;
      ASSERT_EQ(repertoire_of(view_of(std::span<const std::uint32_t>{points})), Repertoire::kUcs2);
      points[at] = 0x12345;
      ASSERT_EQ(repertoire_of(view_of(std::span<const std::uint32_t>{points})), Repertoire::kUcs4);
      std::vector<std::uint16_t> units(size, 'a');
      units[at] = 0xE9;
      ASSERT_EQ(repertoire_of(view_of(std::span<const std::uint16_t>{units})), Repertoire::kLatin1);
    }
  }
}

TEST(CodePoints, CopiesBetweenAllWidths) {
  const Text text{U"plain text"};
  for (const std::size_t width : {1U, 2U, 4U}) {
    std::vector<std::uint8_t> wide(text.view().size * width);
    copy_points(wide.data(), width, text);
    const View view{wide.data(), text.view().size, width};
    EXPECT_EQ(points_of(view), points_of(text));
    EXPECT_EQ(points_of(view.slice(2, 5)), points_of(Text{U"ain"}));
    EXPECT_EQ(view[4], CodePoint{'n'});
    std::vector<std::uint8_t> back(text.view().size);
    copy_points(back.data(), 1, view);
    EXPECT_EQ(points_of(view_of(std::span<const std::uint8_t>{back})), points_of(text));
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::text
