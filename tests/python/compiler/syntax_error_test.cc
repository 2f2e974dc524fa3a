// Wrong programs, and what CPython 3.11 says about them: syntax_errors.txt, by python3_says.py.
#include <gtest/gtest.h>

#include <string>

#include "tests/python/compiler/expectations.h"
#include "tests/python/compiler/parsed.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

TEST(SyntaxError, IsWhatCPythonSays) {
  const std::vector<Expectation> all = expectations("syntax_errors.txt");
  EXPECT_GT(all.size(), 900U);
  for (const Expectation& one : all)
    EXPECT_EQ(Parsed(one.program).error(), one.expected) << one.program;
}

std::string printed(std::string_view program) {
  const Parsed parsed(program);
  std::string text;
  print_error(parsed.diagnostics().error(), "a.py",
              [&text](std::string_view piece) { text += piece; });
  return text;
}

TEST(SyntaxError, IsPrintedAsPython3PrintsIt) {
  EXPECT_EQ(printed("if a:\n    f(a b)\n"),
            "  File \"a.py\", line 2\n"
            "    f(a b)\n"
            "      ^^^\n"
            "SyntaxError: invalid syntax. Perhaps you forgot a comma?\n");
  EXPECT_EQ(printed("x = (\n"),
            "  File \"a.py\", line 1\n"
            "    x = (\n"
            "        ^\n"
            "SyntaxError: '(' was never closed\n");
  EXPECT_EQ(printed("(a\n b)"),
            "  File \"a.py\", line 1\n"
            "    (a\n"
            "     ^\n"
            "SyntaxError: invalid syntax. Perhaps you forgot a comma?\n");
  EXPECT_EQ(printed("if a:\nb"),
            "  File \"a.py\", line 2\n"
            "    b\n"
            "    ^\n"
            "IndentationError: expected an indented block after 'if' statement on line 1\n");
  EXPECT_EQ(printed("\xC3\xA9 = \"\xC3\xBC\" $"),
            "  File \"a.py\", line 1\n"
            "    \xC3\xA9 = \"\xC3\xBC\" $\n"
            "            ^\n"
            "SyntaxError: invalid syntax\n");
}

TEST(SyntaxError, DeprecatedFormsAreRecorded) {
  const Parsed parsed("x = 1if y else '\\d'\n\nz = b'\\q\\w'");
  ASSERT_TRUE(parsed.whole());
  const auto& warnings = parsed.diagnostics().warnings();
  ASSERT_EQ(warnings.size(), 3U);
  EXPECT_EQ(warnings[0].message, "invalid decimal literal");
  EXPECT_EQ(warnings[1].message, "invalid escape sequence '\\d'");
  EXPECT_EQ(warnings[2].message, "invalid escape sequence '\\q'");
  EXPECT_EQ(warnings[2].line, 3);
}

TEST(SyntaxError, ModesDiffer) {
  ParseOptions eval;
  eval.mode = Mode::kEval;
  EXPECT_TRUE(Parsed("a + 1\n\n", eval).whole());
  EXPECT_EQ(Parsed("a\nb", eval).error(), "SyntaxError|2|1|2|2|invalid syntax");
  EXPECT_FALSE(Parsed("a = 1", eval).whole());
  EXPECT_FALSE(Parsed("", eval).whole());
  ParseOptions single;
  single.mode = Mode::kSingle;
  EXPECT_TRUE(Parsed("a = 1; b", single).whole());
  EXPECT_TRUE(Parsed("if a:\n  b\n", single).whole());
  EXPECT_EQ(Parsed("a\nb", single).diagnostics().error().message,
            "multiple statements found while compiling a single statement");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
