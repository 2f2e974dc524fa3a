// Expressions as annotations store them; what is expected is what python3 3.11 has in
// f.__annotations__ behind `from __future__ import annotations`.
#include "python/compiler/annotation_text.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/python/compiler/parsed.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

std::string text_of(std::string_view expression) {
  ParseOptions options;
  options.mode = Mode::kEval;
  Arena arena;
  Diagnostics diagnostics;
  const ast::Root* const tree = parse(expression, options, arena, diagnostics);
  if (tree == nullptr) return "no expression";
  CompileContext context(arena, diagnostics, {});
  return std::string(annotation_text(*ast::as<ast::Expression>(tree)->body, context));
}

void expect_same(std::string_view expression) { EXPECT_EQ(text_of(expression), expression); }

TEST(AnnotationText, KeepsParenthesesThatAreNeeded) {
  expect_same("(a + b) * c");
  expect_same("(a ** b) ** c");
  expect_same("a ** b ** c");
  expect_same("a - (b - c)");
  expect_same("not (a and b)");
  expect_same("(a if b else c) if d else e");
  expect_same("a[b:c:d, ::e]");
  expect_same("1 .real");
  EXPECT_EQ(text_of("(-a) ** -b"), "(-a) ** (-b)");
}

TEST(AnnotationText, LeavesOutThoseThatAreNot) {
  EXPECT_EQ(text_of("((a))"), "a");
  EXPECT_EQ(text_of("(a * b) + c"), "a * b + c");
  EXPECT_EQ(text_of("(a, b)"), "(a, b)");
  EXPECT_EQ(text_of("a[(b, c)]"), "a[b, c]");
  EXPECT_EQ(text_of("f((x for x in y))"), "f(x for x in y)");
  EXPECT_EQ(text_of("x[(a,)]"), "x[a,]");
}

TEST(AnnotationText, WritesEveryDisplay) {
  expect_same("[a, *b]");
  expect_same("{a, b}");
  expect_same("{a: b, **c}");
  expect_same("(a,)");
  expect_same("()");
  expect_same("[a for b, c in d if e if f]");
  expect_same("{a: b for c in d for e in f}");
  expect_same("f(a, *b, c=d, **e)");
  expect_same("lambda a, /, b=1, *c, d, e=2, **f: g");
  expect_same("lambda: a");
  EXPECT_EQ(text_of("lambda *a: b"), "lambda*a: b");
}

TEST(AnnotationText, WritesConstantsAsReprDoes) {
  EXPECT_EQ(text_of("\"a'b\""), "\"a'b\"");
  EXPECT_EQ(text_of("'a\"b'"), "'a\"b'");
  EXPECT_EQ(text_of("'\\'\"'"), "'\\'\"'");
  EXPECT_EQ(text_of("'\\n\\x00\\u00e9\\u200b'"), "'\\n\\x00\xC3\xA9\\u200b'");
  EXPECT_EQ(text_of("b'\\xff'"), "b'\\xff'");
  EXPECT_EQ(text_of("u'a'"), "u'a'");
  EXPECT_EQ(text_of("0x10"), "16");
  EXPECT_EQ(text_of("1e400"), "1e309");
  EXPECT_EQ(text_of("1e400j"), "1e309j");
  EXPECT_EQ(text_of("..."), "...");
}

TEST(AnnotationText, WritesFormatStrings) {
  EXPECT_EQ(text_of("f'a{b!r:>{c}}{{}}'"), "f'a{b!r:>{c}}{{}}'");
  EXPECT_EQ(text_of("f'{ {a} }'"), "f'{ {a}}'");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
