#include "python/compiler/names.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

TEST(Names, TheSameTextIsTheSameName) {
  Names names;
  const NameId one = names.intern("one");
  EXPECT_NE(names.intern("two"), one);
  EXPECT_EQ(names.intern(std::string("one")), one);
  EXPECT_EQ(names.text(one), "one");
  EXPECT_EQ(names.text(kNoName), "");
}

TEST(Names, ThereMayBeMany) {
  Names names;
  std::vector<std::string> texts;
  for (int i = 0; i < 5000; ++i) texts.push_back(std::to_string(i));
  for (NameId i = 0; i < texts.size(); ++i) EXPECT_EQ(names.intern(texts[i]), i);
  for (NameId i = 0; i < texts.size(); ++i) EXPECT_EQ(names.intern(texts[i]), i);
}

TEST(Names, PrivateOnesBelongToTheirClass) {
  Arena arena;
  EXPECT_EQ(mangle("Class", "__x", arena), "_Class__x");
  EXPECT_EQ(mangle("__Class", "__x", arena), "_Class__x");
  EXPECT_EQ(mangle("Class", "__x_", arena), "_Class__x_");
  EXPECT_EQ(mangle("Class", "__x__", arena), "__x__");
  EXPECT_EQ(mangle("Class", "_x", arena), "_x");
  EXPECT_EQ(mangle("Class", "__x.y", arena), "__x.y") << "a module";
  EXPECT_EQ(mangle("___", "__x", arena), "__x") << "nothing is left of the class";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
