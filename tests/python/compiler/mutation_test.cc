// Programs cut off, and with bytes changed: whatever comes of it, it is a tree or an error, and of
// a tree it is code that the checker finds no fault with, or an error.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "tests/python/compiler/compiled.h"
#include "tests/python/compiler/parsed.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

constexpr std::string_view kSample = R"python(
@a.b(c)
async def f(a, /, b: int = 1, *c, d, e=2, **g) -> int:
    """Text \N{x} \x41 \u00e9."""
    async with a as (b, *c), d: await (yield)
    return [x async for x, *y in z if w if v], {**a, 'b': c}, {*a, b}
class A(B, metaclass=C):
    x: int = 0x_ff + 1_0.5e-3j
    def g(self): return lambda *a, b=1: (c := a) if b else not d
try: x
except* A as b: raise c from d
else: pass
finally: del a[1:2, ::3], b.c
match x, *y:
    case [1, -2 + 3j, *_] | {'a': b, **c} if d: pass
    case A(1, b=None) as e: pass
while a <= b is not c not in d: a **= b @ c // ~d; break
else: global h, i
f"{a!r:>{b}} {{}} {c=} {f'{d}'}" 'e' rb'' if a else b"\x00\
"
from ..a import (b as c, d,); import e.f as g
)python";

// The sample, and some files of the standard library where there is one.
std::vector<std::string> programs() {
  std::vector<std::string> all{std::string(kSample)};
  for (const std::string name : {"ast.py", "dataclasses.py", "typing.py", "test/test_grammar.py",
                                 "test/test_fstring.py", "test/test_patma.py"}) {
    std::ifstream file("/usr/lib/python3.11/" + name, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    if (file) all.push_back(text.str());
  }
  return all;
}

// How many to try; more by the environment, for a longer search.
std::size_t rounds() {
  const char* const more = std::getenv("OROCHI_MUTATIONS");
  return more == nullptr ? 300 : std::strtoul(more, nullptr, 10);
}

void expect_tree_or_error(const std::string& program) {
  const Parsed parsed(program);
  EXPECT_NE(parsed.whole(), parsed.diagnostics().has_error()) << program;
  if (!parsed.whole()) {
    const Diagnostic& error = parsed.diagnostics().error();
    print_error(error, "a.py", [](std::string_view) {});
    return;
  }
  const Compiled compiled(program);
  EXPECT_NE(compiled.whole(), compiled.diagnostics().has_error()) << program;
  if (!compiled.whole()) return;
  EXPECT_EQ(compiled.flaw(), "") << program;
}

class Mutation : public testing::Test {
 protected:
  // A part of a program, from the beginning of a line on, so that much of it is right.
  std::string part() {
    const std::string& all = all_[random_() % all_.size()];
    const std::size_t line = all.find('\n', random_() % all.size());
    const std::size_t start = line == std::string::npos ? 0 : line + 1;
    return all.substr(start, 200 + random_() % 2000) + "\n";
  }

  std::mt19937 random_{20220224};  // fixed: a failure can be had again
  const std::vector<std::string> all_ = programs();
};

TEST_F(Mutation, TruncatedProgramsDoNotCrash) {
  const std::string sample(kSample);
  for (std::size_t size = 0; size <= sample.size(); ++size)
    expect_tree_or_error(sample.substr(0, size));
  for (std::size_t i = 0; i < rounds(); ++i) expect_tree_or_error(part());
}

TEST_F(Mutation, ChangedBytesDoNotCrash) {
  for (std::size_t i = 0; i < rounds(); ++i) {
    std::string program = part();
    for (std::size_t change = 0; change < 1 + i % 4; ++change)
      program[random_() % program.size()] = static_cast<char>(random_());
    expect_tree_or_error(program);
  }
}

TEST_F(Mutation, TokensFromElsewhereDoNotCrash) {
  constexpr std::string_view kPieces[] = {
      "(",      ")",      "[",  "]",  "{",    "}",   ":",   ",",       "=",
      ":=",     "*",      "**", "if", "else", "for", "in ", "lambda ", "async ",
      "yield",  "match ", "\n", "\\", "\t",   "f'{", "}'",  "'",       "'''",
      "\"\"\"", "0_",     "1e", "@",  "not ", ".",   "->",  "\n ",     " as "};
  for (std::size_t i = 0; i < rounds(); ++i) {
    std::string program = part();
    for (std::size_t change = 0; change < 1 + i % 3; ++change)
      program.insert(random_() % program.size(), kPieces[random_() % std::size(kPieces)]);
    expect_tree_or_error(program);
  }
}

// Lines moved into other blocks: much of that is right, in ways that nobody writes.
TEST_F(Mutation, LinesFromElsewhereCompileOrDoNot) {
  constexpr std::string_view kLines[] = {
      "return x",
      "return",
      "break",
      "continue",
      "yield x",
      "x = yield from y",
      "del x",
      "raise x",
      "raise",
      "x = y = z",
      "global x",
      "nonlocal x",
      "pass",
      "x += y",
      "[x := y for z in w]",
      "import x",
      "x, *y = z",
      "await x",
      "with x as y: z",
      "for x in y: z",
      "while x: break",
      "lambda: x",
      "x = x and y or z",
      "x = y if z else w",
      "assert x, y",
      "x[y] = z",
      "x < y < z",
      "def x(): return y",
      "class x: y",
      "if x: return y",
  };
  constexpr std::string_view kBlocks[] = {
      "try:\n{}finally:\n{}",
      "try:\n{}except x:\n{}except y as z:\n{}else:\n{}",
      "try:\n{}except* x as y:\n{}except* z:\n{}",
      "try:\n{}except:\n{}finally:\n{}",
      "for x in y:\n{}else:\n{}",
      "while x:\n{}else:\n{}",
      "with x, y as z:\n{}",
      "if x:\n{}elif y:\n{}else:\n{}",
      "match x:\n case [y, *z] | {'a': y, 'b': z}:\n {} case _ if x:\n {}",
      "def f(x, *y):\n{}",
      "async def f(x):\n{}",
      "async def f(x):\n async for y in x:\n {} else:\n {}",
      "async def f(x):\n async with x as y:\n {}",
      "class A(x):\n{}",
      "{}{}",
  };
  for (std::size_t i = 0; i < 20 * rounds(); ++i) {
    std::string program;
    for (int depth = 0; depth < 4; ++depth) {
      const std::string_view block = kBlocks[random_() % std::size(kBlocks)];
      std::string next;
      for (std::size_t at = 0; at < block.size(); ++at) {
        if (block.substr(at, 2) != "{}") {
          next += block[at];
          continue;
        }
        ++at;
        const bool from_inside = !program.empty() && random_() % 2 == 0;
        std::istringstream lines(
            from_inside ? program : std::string(kLines[random_() % std::size(kLines)]) + "\n");
        const std::string indent(next.empty() || next.back() != ' ' ? "  " : " ");
        bool first = next.empty() || next.back() != ' ';
        for (std::string line; std::getline(lines, line);) {
          next += (first ? indent : " ") + line + "\n";
          first = true;
        }
      }
      program = next;
    }
    expect_tree_or_error("def outer(x, w):\n  y = z = x\n" + program);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
