#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using StatTest = ObjectsTest;

TEST_F(StatTest, AnswersAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"_stat"});
  for (const std::string mode :
       {"0o100644", "0o104755", "0o40755", "0o41777", "0o120777", "0o60660", "0o20620", "0o10600",
        "0o140755", "0o102644", "0o101644", "0", "0o170000", "-1", "2**33", "'a'", "2**70", ""})
    for (const std::string function :
         {"S_ISDIR", "S_ISCHR", "S_ISBLK", "S_ISREG", "S_ISFIFO", "S_ISLNK", "S_ISSOCK", "S_ISDOOR",
          "S_ISPORT", "S_ISWHT", "S_IMODE", "S_IFMT", "filemode"})
      same("_stat." + function + "(" + mode + ")");
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
