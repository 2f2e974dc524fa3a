#include "objects/text/unicode.h"

#include <gtest/gtest.h>

#include "tests/objects/python_oracle.h"
#include "tests/objects/text/texts.h"

namespace orochi::inline OROCHI_DESIGN::text {
namespace {

TEST(Unicode, SomeOfEachKind) {
  EXPECT_EQ(category_of('A'), Category::kUppercaseLetter);
  EXPECT_EQ(category_name(category_of(0x1C5)), "Lt");
  EXPECT_EQ(category_of(kLastCodePoint), Category::kUnassigned);
  EXPECT_TRUE(is_decimal(0x663));
  EXPECT_FALSE(is_decimal(0xB2));
  EXPECT_TRUE(is_digit(0xB2));
  EXPECT_TRUE(is_numeric(0x4E03)) << "seven, in Chinese";
  EXPECT_EQ(decimal_value(0x663), 3);
  EXPECT_EQ(decimal_value(0xB2), -1);
  EXPECT_EQ(digit_value_of(0xB2), 2);
  EXPECT_EQ(decimal_value('a'), -1);
}

TEST(Unicode, NumbersOfAnyScriptBecomeAscii) {
  const Text text{U"\u2003-\u0663\u0664.5\u00e9\u0967"};
  std::string ascii(text.view().size, '!');
  to_ascii_number(ascii.data(), text);
  EXPECT_EQ(ascii, " -34.5?1");
}

TEST(Unicode, Identifiers) {
  EXPECT_TRUE(is_identifier(Text{U"_x1"}));
  EXPECT_TRUE(is_identifier(Text{U"\u0437\u043c\u0435\u044f"}));
  EXPECT_FALSE(is_identifier(Text{U"1x"}));
  EXPECT_FALSE(is_identifier(Text{U""}));
  EXPECT_FALSE(is_identifier(Text{U"a b"}));
}

// All that have characters, and what is around them.
constexpr std::pair<CodePoint, CodePoint> kTested[] = {
    {0, 0x33000}, {0xDFF00, 0xE1000}, {0xEFF00, 0xF0100}, {0x10FF00, kLastCodePoint + 1}};

template <class Action>
void for_tested(Action action) {
  for (const auto& [begin, end] : kTested)
    for (CodePoint point = begin; point < end; ++point) action(point);
}

// Where `property` begins and where it ends, again and again.
std::string edges_of(bool (*property)(CodePoint) noexcept) {
  std::string edges;
  bool before = false;
  for_tested([&](CodePoint point) {
    if (property(point) != before) edges += std::to_string(point) + ",";
    before = property(point);
  });
  return edges;
}

TEST(Unicode, PythonAgreesOnEveryCodePoint) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  python.execute("import unicodedata");
  std::string tested;
  for (const auto& [begin, end] : kTested)
    tested += "*range(" + std::to_string(begin) + "," + std::to_string(end) + "),";
  python.execute("points = [" + tested + "]; chars = list(map(chr, points))");
  python.execute(
      "def edges(f): bits = [False] + list(map(bool, map(f, chars)));"
      " return [p for p, a, b in zip(points, bits, bits[1:]) if a != b]");
  const struct {
    const char* python;
    bool (*ours)(CodePoint) noexcept;
  } properties[] = {{"str.isalpha", is_alphabetic},
                    {"str.isdecimal", is_decimal},
                    {"str.isdigit", is_digit},
                    {"str.isnumeric", is_numeric},
                    {"str.isalnum", is_alphanumeric},
                    {"str.isspace", is_space},
                    {"str.isprintable", is_printable},
                    {"str.islower", is_lower},
                    {"str.isupper", is_upper},
                    {"str.isidentifier", begins_identifier},
                    {"lambda c: ('a' + c).isidentifier()", continues_identifier},
                    {"lambda c: unicodedata.category(c) == 'Lt'", is_title},
                    {"lambda c: len((c + 'b').splitlines()) == 2", is_line_break}};
  for (const auto& property : properties)
    python.expect(std::string("edges(") + property.python + ") == [" + edges_of(property.ours) +
                  "]");
  std::string names;
  std::string digits;
  for_tested([&](CodePoint point) {
    names += category_name(category_of(point));
    if (is_digit(point)) digits += std::to_string(digit_value_of(point));
  });
  python.expect("''.join(map(unicodedata.category, chars)) == '" + names + "'");
  python.expect("''.join(str(unicodedata.digit(c)) for c in chars if c.isdigit()) == '" + digits +
                "'");
  EXPECT_EQ(python.finish(), 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::text
