#include "python/compiler/parser.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/python/compiler/expectations.h"
#include "tests/python/compiler/parsed.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

TEST(Parser, MakesTheTreesThatCPythonMakes) {
  const std::vector<Expectation> all = expectations("syntax_trees.txt");
  EXPECT_GT(all.size(), 200U);
  for (const Expectation& one : all)
    EXPECT_EQ(Parsed(one.program).dump(), one.expected) << one.program;
}

// I2 of ast.h.
TEST(Parser, HeightsAreThoseOfTheTree) {
  const Parsed parsed("a + (b * c)");
  ASSERT_TRUE(parsed.whole());
  EXPECT_EQ(parsed.tree()->height, 5) << "module, statement, sum, product, name";
}

char32_t snowman(std::string_view name) { return name == "SNOWMAN" ? 0x2603 : 0; }

TEST(Parser, AsksForCharactersByName) {
  ParseOptions options;
  options.character_by_name = snowman;
  const Parsed parsed("'\\N{SNOWMAN}'", options);
  EXPECT_NE(parsed.dump().find("'\\u2603'"), std::string::npos) << parsed.dump();
  EXPECT_FALSE(Parsed("'\\N{SNOWMAN}'").whole()) << "nobody knows the name";
}

std::string_view shout(std::string_view, Arena& arena) { return arena.join({"LOUD"}); }

TEST(Parser, AsksForTheNormalFormOfNames) {
  ParseOptions options;
  options.normalize = shout;
  EXPECT_NE(Parsed("\xC3\xA9 = a", options).dump().find("id='LOUD'"), std::string::npos);
  EXPECT_EQ(Parsed("e = a", options).dump().find("LOUD"), std::string::npos);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
