#include "python/compiler/source.h"

#include <gtest/gtest.h>

#include <string>

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

// The text, or the error's class and message.
std::string decoded(std::string_view bytes) {
  Arena arena;
  Diagnostics diagnostics;
  Source source;
  if (decode_source(bytes, arena, diagnostics, source)) {
    EXPECT_EQ(source.text.data()[source.text.size()], '\0');
    return std::string(source.text);
  }
  const Diagnostic& error = diagnostics.error();
  return std::string(name_of(error.kind)) + ": " + std::string(error.message) + " @" +
         std::to_string(error.line);
}

TEST(SourceText, LinesEndWithNewlinesAlone) {
  EXPECT_EQ(decoded("a\r\nb\rc\n\r\n"), "a\nb\nc\n\n");
  EXPECT_EQ(decoded("a"), "a\n");
  EXPECT_EQ(decoded("a\r"), "a\n");
  EXPECT_EQ(decoded(""), "");
  EXPECT_EQ(decoded("# coding: latin-1\r\nx\rz\r\n\xE9"), "# coding: latin-1\nx\nz\n\xC3\xA9\n");
}

TEST(SourceText, TheByteOrderMarkGoes) {
  EXPECT_EQ(decoded("\xEF\xBB\xBFx\n"), "x\n");
  EXPECT_EQ(decoded("\xEF\xBB\xBF# coding: utf-8\n"), "# coding: utf-8\n");
  EXPECT_EQ(decoded("\xEF\xBB\xBF# coding: latin-1\n"),
            "SyntaxError: encoding problem: latin-1 with BOM @0");
}

TEST(SourceText, DeclaredEncodings) {
  EXPECT_EQ(decoded("# -*- coding: Latin_1-unix -*-\n\xE9"),
            "# -*- coding: Latin_1-unix -*-\n\xC3\xA9\n");
  EXPECT_EQ(decoded("\n# vim: set fileencoding=iso-8859-1 :\n\xFF").substr(38), "\xC3\xBF\n");
  EXPECT_EQ(decoded("# coding: UTF-8\n\xC3\xA9\n").substr(16), "\xC3\xA9\n");
  EXPECT_EQ(decoded("# coding: foo-bar.x\n"), "SyntaxError: unknown encoding: foo-bar.x @0");
  EXPECT_EQ(decoded("x\n# coding: foo\n"), "x\n# coding: foo\n") << "not a comment's line before";
  EXPECT_EQ(decoded("\n\n# coding: foo\n"), "\n\n# coding: foo\n") << "the third line";
  EXPECT_EQ(decoded("# coding: ascii\n\xE9"),
            "SyntaxError: 'ascii' codec can't decode byte 0xe9 in position 16: ordinal not in "
            "range(128) @0");
}

TEST(SourceText, WrongUtf8IsRefused) {
  EXPECT_EQ(decoded("x = 1\n\xFF\n"),
            "SyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xff in position 0: "
            "invalid start byte @2");
  const std::string_view wrong[] = {"\xC0\x80",         "\xC3",         "\xC3(",
                                    "\xE0\x80\x80",     "\xED\xA0\x80", "\xF0\x80\x80\x80",
                                    "\xF4\x90\x80\x80", "\xF5",         "\x80"};
  for (const std::string_view bytes : wrong)
    EXPECT_EQ(decoded(bytes).substr(0, 13), "SyntaxError: ") << bytes;
  const std::string_view right[] = {"\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"};
  for (const std::string_view bytes : right) EXPECT_EQ(decoded(bytes), std::string(bytes) + "\n");
}

TEST(SourceText, NulIsRefused) {
  EXPECT_EQ(decoded(std::string_view("x\0y", 3)),
            "ValueError: source code string cannot contain null bytes @0");
}

TEST(SourceText, LinesByNumber) {
  EXPECT_EQ(line_of("a\nb\n", 1), "a\n");
  EXPECT_EQ(line_of("a\nb\n", 2), "b\n");
  EXPECT_EQ(line_of("a\nb\n", 3), "");
  EXPECT_EQ(line_of("a\nb\n", 9), "");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
