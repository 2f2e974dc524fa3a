#include "python/compiler/fold.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "python/bytecode/disassembler.h"
#include "tests/python/compiler/parsed.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

// The value of the expression as text; empty: it is not known.
std::string folded(std::string_view expression, bool debug = true) {
  ParseOptions options;
  options.mode = Mode::kEval;
  Arena arena;
  Diagnostics diagnostics;
  const ast::Root* const tree = parse(expression, options, arena, diagnostics);
  if (tree == nullptr) return "no expression";
  CompileContext context(arena, diagnostics, {});
  bytecode::Constant value;
  Folder folder(context, debug);
  if (!folder.fold(*ast::as<ast::Expression>(tree)->body, value)) return {};
  std::ostringstream text;
  bytecode::write_constant(value, [&text](std::string_view piece) { text << piece; });
  return text.str();
}

TEST(Fold, ComputesWithIntegersThatAreSmall) {
  EXPECT_EQ(folded("1 + 2 * 3"), "7");
  EXPECT_EQ(folded("-7 // 2"), "-4");
  EXPECT_EQ(folded("-7 % 3"), "2");
  EXPECT_EQ(folded("7 % -3"), "-2");
  EXPECT_EQ(folded("2 ** 62"), "4611686018427387904");
  EXPECT_EQ(folded("1 << 20"), "1048576");
  EXPECT_EQ(folded("-1 >> 200"), "-1");
  EXPECT_EQ(folded("0xff & ~0o17 | 0b1"), "241");
  EXPECT_EQ(folded("-9223372036854775807 - 1"), "-9223372036854775808");
}

TEST(Fold, LeavesLargeOnesAlone) {
  EXPECT_EQ(folded("2 ** 63"), "");
  EXPECT_EQ(folded("9223372036854775807 + 1"), "");
  EXPECT_EQ(folded("1 << 63"), "");
  EXPECT_EQ(folded("-100000000000000000000"), "-100000000000000000000")
      << "a sign is no arithmetic";
  EXPECT_EQ(folded("--100000000000000000000"), "100000000000000000000");
}

TEST(Fold, LeavesWhatRaisesToTheMachine) {
  EXPECT_EQ(folded("1 / 0"), "");
  EXPECT_EQ(folded("1 // 0"), "");
  EXPECT_EQ(folded("1 << -1"), "");
  EXPECT_EQ(folded("'a' + 1"), "");
  EXPECT_EQ(folded("-'a'"), "");
  EXPECT_EQ(folded("~1.5"), "");
  EXPECT_EQ(folded("2 ** -1"), "");
}

TEST(Fold, ComputesWithOtherNumbers) {
  EXPECT_EQ(folded("1 / 4"), "0.25");
  EXPECT_EQ(folded("2 * 1.5"), "3.0");
  EXPECT_EQ(folded("-0.0"), "-0.0");
  EXPECT_EQ(folded("1 + 2j"), "1.0+2.0j");
  EXPECT_EQ(folded("-1.5 - 2j"), "-1.5+-2.0j");
}

TEST(Fold, JoinsAndRepeatsText) {
  EXPECT_EQ(folded("'a' + 'b' * 3"), "'abbb'");
  EXPECT_EQ(folded("b'a' * 2"), "b'aa'");
  EXPECT_EQ(folded("'' * 5"), "''");
  EXPECT_EQ(folded("'ab' * 100000"), "") << "too long for a constant";
}

TEST(Fold, KnowsTuplesAndTruth) {
  EXPECT_EQ(folded("(1, ('a', None), -2)"), "(1, ('a', None), -2)");
  EXPECT_EQ(folded("(1, x)"), "");
  EXPECT_EQ(folded("()"), "()");
  EXPECT_EQ(folded("not ()"), "True");
  EXPECT_EQ(folded("not 0x0"), "True");
  EXPECT_EQ(folded("not 0xb"), "False");
  EXPECT_EQ(folded("not 'x'"), "False");
}

TEST(Fold, KnowsWhetherAssertsAreOn) {
  EXPECT_EQ(folded("__debug__"), "True");
  EXPECT_EQ(folded("__debug__", false), "False");
  EXPECT_EQ(folded("debug"), "");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
