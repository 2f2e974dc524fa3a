#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using StringModuleTest = ObjectsTest;

TEST_F(StringModuleTest, AnswersAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"_string"});
  for (const std::string format : {"''", "'abc'", "'a{}b'", "'{0}{x!r:>{w}}tail'", "'{{}}'", "'{'",
                                   "'}'", "'a{b'", "'{a!}'", "'{a!rx}'", "'{a:{b}'", "'{a.b[c]}'",
                                   "'ä{€:ü}'", "3", "'a}b'", "'{a{b}'", "'{:}'", "'x{{y}}z'"})
    same("list(_string.formatter_parser(" + format + "))");
  for (const std::string name :
       {"''", "'a'", "'0'", "'a.b'", "'a[0].b[c]'", "'1.x'", "'a..b'", "'a[b'", "'a[]'", "'a[b]c'",
        "'12345678901234567890'", "'a[99999999999999999999]'", "'.a'", "'[0]'", "3", "'007'"})
    same("(lambda p: (p[0], list(p[1])))(_string.formatter_field_name_split(" + name + "))");
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
