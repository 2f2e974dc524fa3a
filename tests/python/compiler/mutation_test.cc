// Programs cut off, and with bytes changed: whatever comes of it, it is a tree or an error.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

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
  }
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

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
