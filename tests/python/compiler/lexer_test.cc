#include "python/compiler/lexer.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "python/compiler/source.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

std::string place_of(const Diagnostic& error) {
  return std::to_string(error.line) + ":" + std::to_string(error.column);
}

// The texts of all tokens with a blank between them; > and < for indents and dedents, ; for the end
// of a line. An error ends it.
std::string lexed(std::string_view program) {
  Arena arena;
  Diagnostics diagnostics;
  Source source;
  EXPECT_TRUE(decode_source(program, arena, diagnostics, source));
  Lexer lexer(source.text, arena, diagnostics);
  std::string all;
  for (;;) {
    const Token token = lexer.next();
    switch (token.kind) {
      case TokenKind::kEnd:
        return all;
      case TokenKind::kError: {
        const Diagnostic& error = diagnostics.error();
        EXPECT_EQ(lexer.next().kind, TokenKind::kError) << "I1";
        return all + std::string(error.message) + " @" + place_of(error);
      }
      case TokenKind::kNewline:
        all += "; ";
        break;
      case TokenKind::kIndent:
        all += "> ";
        break;
      case TokenKind::kDedent:
        all += "< ";
        break;
      default:
        all += std::string(token.text()) + " ";
    }
  }
}

TEST(Lexer, NamesNumbersOperators) {
  EXPECT_EQ(lexed("a+b1 _c**=2//-~x"), "a + b1 _c **= 2 // - ~ x ; ");
  EXPECT_EQ(lexed("a<<=b>>=c!=d<>e->f:=g...."), "a <<= b >>= c != d <> e -> f := g ... . ; ");
  EXPECT_EQ(lexed("x@=y if z else w"), "x @= y if z else w ; ");
  EXPECT_EQ(lexed("$ ? !"), "$ ? ! ; ") << "a parser refuses these";
}

TEST(Lexer, IndentationIsAStack) {
  EXPECT_EQ(lexed("if a:\n  b\n  if c:\n  \td\ne\n"), "if a : ; > b ; if c : ; > d ; < < e ; ");
  EXPECT_EQ(lexed("if a:\n  b\n\n  # c\n # d\n  e"), "if a : ; > b ; e ; < ") << "blank lines";
  EXPECT_EQ(lexed("(a,\n   b\n)"), "( a , b ) ; ");
  EXPECT_EQ(lexed("a + \\\n    b"), "a + b ; ");
  EXPECT_EQ(lexed("if a:\n    b\n  c\n"),
            "if a : ; > b ; unindent does not match any outer indentation level @3:4");
  EXPECT_EQ(lexed("if a:\n\tb\n        c\n"),
            "if a : ; > b ; inconsistent use of tabs and spaces in indentation @3:1");
}

std::string nested_ifs(std::size_t levels) {
  std::ostringstream program;
  for (std::size_t i = 0; i < levels; ++i) program << std::string(i, ' ') << "if a:\n";
  program << std::string(levels, ' ') << "b";
  return program.str();
}

TEST(Lexer, IndentationHasALimit) {
  EXPECT_EQ(lexed(nested_ifs(99)).find("too many"), std::string::npos);
  EXPECT_NE(lexed(nested_ifs(100)).find("too many levels of indentation @101:1"),
            std::string::npos);
}

TEST(Lexer, Brackets) {
  EXPECT_EQ(lexed("(]"), "( closing parenthesis ']' does not match opening parenthesis '(' @1:2");
  EXPECT_EQ(lexed("(\n]"),
            "( closing parenthesis ']' does not match opening parenthesis '(' on line 1 @2:1");
  EXPECT_EQ(lexed("a)"), "a unmatched ')' @1:2");
  EXPECT_EQ(lexed("x = [\n1,\n"), "x = [ 1 , '[' was never closed @1:5");
  EXPECT_EQ(lexed(std::string(200, '(') + std::string(200, ')')).find("many"), std::string::npos);
  EXPECT_NE(lexed(std::string(201, '(')).find("too many nested parentheses @1:201"),
            std::string::npos);
}

TEST(Lexer, Numbers) {
  for (const std::string number :
       {"0", "00", "0_0", "1_000", "0xFf_0", "0o17", "0b1_0", "1.", ".5", "1.5e-3", "1e5", "1j",
        "0777.5", "0777j", "0e0", "1_0.0_1e1_0J", "0x_f"})
    EXPECT_EQ(lexed(number), number + " ; ");
  EXPECT_EQ(lexed("0777"),
            "leading zeros in decimal integer literals are not permitted; use an 0o "
            "prefix for octal integers @1:1");
  EXPECT_EQ(lexed("1_"), "invalid decimal literal @1:2");
  EXPECT_EQ(lexed("1__0"), "invalid decimal literal @1:2");
  EXPECT_EQ(lexed("1a"), "invalid decimal literal @1:1");
  EXPECT_EQ(lexed("1.5e+"), "invalid decimal literal @1:5");
  EXPECT_EQ(lexed("0x"), "invalid hexadecimal literal @1:2");
  EXPECT_EQ(lexed("0o18"), "invalid digit '8' in octal literal @1:4");
  EXPECT_EQ(lexed("0b2"), "invalid digit '2' in binary literal @1:3");
  EXPECT_EQ(lexed("1jx"), "invalid imaginary literal @1:2");
  EXPECT_EQ(lexed("1if 2else 3"), "1 if 2 else 3 ; ") << "deprecated, not refused";
}

TEST(Lexer, Strings) {
  for (const std::string string : {"''", "'a\\'b'", "rb'\\''", "Rb\"\"", "f'{a}'", "u'x'",
                                   "'''a\n'b'''", "\"\"\"\\\"\"\"\"", "'a\\\nb'"})
    EXPECT_EQ(lexed(string), string + " ; ");
  EXPECT_EQ(lexed("ur''"), "ur '' ; ");
  EXPECT_EQ(lexed("x = 'abc\n"), "x = unterminated string literal (detected at line 1) @1:5");
  EXPECT_EQ(lexed("'''abc\n\n"),
            "unterminated triple-quoted string literal (detected at line 2) @1:1");
}

TEST(Lexer, CharactersBeyondAscii) {
  EXPECT_EQ(lexed("\xC3\xA9t\xC3\xA9 = 1"), "\xC3\xA9t\xC3\xA9 = 1 ; ");
  EXPECT_EQ(lexed("a\xE2\x82\xAC"), "invalid character '\xE2\x82\xAC' (U+20AC) @1:2");
  EXPECT_EQ(lexed("a = \xC2\xA0"
                  "b"),
            "a = invalid non-printable character U+00A0 @1:5");
  EXPECT_EQ(lexed("\xCC\x81"), "invalid character '\xCC\x81' (U+0301) @1:1") << "may not begin";
  EXPECT_EQ(lexed("a\x01"), "a invalid non-printable character U+0001 @1:2");
}

TEST(Lexer, LineContinuation) {
  EXPECT_EQ(lexed("a \\b"), "a unexpected character after line continuation character @1:4");
  EXPECT_EQ(lexed("a \\\n"), "a unexpected EOF while parsing @1:4");
}

TEST(Lexer, PlacesAreBytesOfLines) {
  Arena arena;
  Diagnostics diagnostics;
  Source source;
  ASSERT_TRUE(decode_source("\n '''\xC3\xA9\n''' x", arena, diagnostics, source));
  Lexer lexer(source.text, arena, diagnostics);
  EXPECT_EQ(lexer.next().kind, TokenKind::kIndent);
  const Token string = lexer.next();
  EXPECT_EQ(string.place.line, 2U);
  EXPECT_EQ(string.place.column, 1U);
  EXPECT_EQ(string.place.end_line, 3U);
  EXPECT_EQ(string.place.end_column, 3U);
  EXPECT_EQ(lexer.next().place.column, 4U);
}

TEST(Lexer, MayBeginInTheMiddleOfAFile) {
  Arena arena;
  Diagnostics diagnostics;
  Source source;
  ASSERT_TRUE(decode_source("(a\nb)", arena, diagnostics, source));
  Lexer lexer(source.text, arena, diagnostics, {7, 10});
  const Token first = lexer.next();
  EXPECT_EQ(first.place.line, 7U);
  EXPECT_EQ(first.place.column, 10U);
  EXPECT_EQ(lexer.next().place.end_column, 12U);
  const Token third = lexer.next();
  EXPECT_EQ(third.place.line, 8U);
  EXPECT_EQ(third.place.column, 0U);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
