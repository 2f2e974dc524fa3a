// Programs that parse and yet are wrong, or suspicious: compile_errors.txt, by compile_errors.py.
#include <gtest/gtest.h>

#include <string>

#include "tests/python/compiler/compiled.h"
#include "tests/python/compiler/expectations.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

TEST(CompileError, IsWhatCPythonSays) {
  const std::vector<Expectation> all = expectations("compile_errors.txt");
  EXPECT_GT(all.size(), 250U);
  for (const Expectation& one : all)
    EXPECT_EQ(Compiled(one.program).verdict(), one.expected) << one.program;
}

TEST(CompileError, NamesTheLine) {
  const Compiled program("x = 1\nreturn x\n");
  EXPECT_EQ(program.diagnostics().error().text, "return x\n");
}

TEST(CompileError, AwaitIsAllowedOutsideOfFunctionsWhereOneAsksForIt) {
  CompileOptions options;
  options.top_level_await = true;
  const Compiled program("await x\n[y async for y in z]\nasync with a: pass", options);
  ASSERT_TRUE(program.whole()) << program.verdict();
  EXPECT_NE(program.code().flags & bytecode::kCoroutine, 0U);
  EXPECT_EQ(program.flaw(), "");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
