#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using BisectTest = ObjectsTest;

TEST_F(BisectTest, AnswersAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"_bisect"});
  same.define("b", "_bisect");
  for (const std::string name : {"bisect_left", "bisect_right"})
    for (const char* const arguments : {"[], 1",
                                        "[1, 2, 2, 3], 2",
                                        "[1, 2, 2, 3], 0",
                                        "[1, 2, 2, 3], 9",
                                        "[1, 2, 2, 3], 2, 2",
                                        "[1, 2, 2, 3], 2, 0, 2",
                                        "[1, 2, 2, 3], 2, 0, -1",
                                        "[1, 2], 1, -1",
                                        "'abc', 'b'",
                                        "[1, 'a'], 2",
                                        "3, 1",
                                        "[1, 2]",
                                        "[1], 2, 'a'",
                                        "[1], 2, 0, 'a'",
                                        "a=[1, 3], x=2, lo=0, hi=2",
                                        "[3, 2, 1], -2, key=lambda x: -x",
                                        "[1, 2], 1, 0, 9",
                                        "[1], 1, 0, None",
                                        "[1], 1, 0, 1, 5",
                                        "[1, 2], 1, key=3",
                                        "(1, 2, 4), 3",
                                        "[1, 2], 1, 5",
                                        "[1, 2], 1, 0, -5"})
      same("b." + name + "(" + arguments + ")");
  for (const std::string name : {"insort_left", "insort_right"})
    for (const char* const arguments :
         {"l, 2", "l, 2.0", "l, 0", "l, 9", "l, 2, 1, 2", "l, 'a'", "l, 2, -1", "(1, 2), 3",
          "l, -2, key=lambda x: x", "l, 2, key=str", "l, 2, key=5"})
      same("[l := [1, 2, 2, 3], b." + name + "(" + arguments + "), l]");
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
