// Programs that are deeper, longer or larger than programs are.
#include <gtest/gtest.h>

#include <string>

#include "memory/fault.h"
#include "tests/memory/attached_slot.h"
#include "tests/python/compiler/compiled.h"
#include "tests/python/compiler/parsed.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

std::string repeated(std::string_view what, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += what;
  return text;
}

ErrorKind kind_of(const std::string& program) { return Parsed(program).diagnostics().error().kind; }

struct Nest {
  const char* opening;
  const char* inside;
  const char* closing;
};
constexpr Nest kNests[] = {
    {"(", "a", ")"},
    {"[", "a", "]"},
    {"{", "a", "}"},
    {"{a:", "b", "}"},
    {"f(", "a", ")"},
    {"a[", "b", "]"},
    {"-", "a", ""},
    {"not ", "a", ""},
    {"lambda: ", "a", ""},
    {"a if b else ", "c", ""},
    {"a ** ", "b", ""},
    {"(yield ", "a", ")"},
    {"[a for b in ", "c", "]"},
    {"f(a for b in ", "c", ")"},
    {"lambda a=", "b", ": c"},
    {"(a := ", "b", ")"},
    {"a[b:", "c", "]"},
    {"f(*", "a", ")"},
    {"f(a=", "b", ")"},
    {"(a, ", "b", ")"},
};

TEST(Limits, AHundredLevelsAreFine) {
  for (const Nest& nest : kNests) {
    const std::string program =
        repeated(nest.opening, 100) + nest.inside + repeated(nest.closing, 100);
    EXPECT_EQ(kind_of(program), ErrorKind::kNone) << nest.opening;
  }
}

TEST(Limits, AHundredThousandLevelsAreRefused) {
  for (const Nest& nest : kNests) {
    const std::string deep = repeated(nest.opening, 100'000) + nest.inside;
    EXPECT_NE(kind_of(deep + repeated(nest.closing, 100'000)), ErrorKind::kNone) << nest.opening;
    EXPECT_NE(kind_of(deep), ErrorKind::kNone) << nest.opening;
  }
  EXPECT_EQ(kind_of(repeated("-", 100'000) + "a"), ErrorKind::kMemory);
}

// In the second pass, too, time may not double with each level.
TEST(Limits, WrongProgramsMayBeDeep) {
  for (const Nest& nest : kNests) {
    const std::string program =
        repeated(nest.opening, 90) + "a b" + repeated(nest.closing, 90) + "\nc d";
    EXPECT_NE(kind_of(program), ErrorKind::kNone) << nest.opening;
  }
}

TEST(Limits, ChainsMakeHighTrees) {
  for (const std::string_view link : {"+a", ".a", "(a)", "[a]"}) {
    EXPECT_EQ(kind_of("a" + repeated(link, 2500)), ErrorKind::kNone) << link;
    EXPECT_EQ(kind_of("a" + repeated(link, 100'000)), ErrorKind::kRecursion) << link;
  }
  for (const std::string_view link : {" and a", " < a", ", a"})
    EXPECT_EQ(kind_of("a" + repeated(link, 100'000)), ErrorKind::kNone) << link;
}

TEST(Limits, ElifsAreNestedInTheTree) {
  EXPECT_EQ(kind_of("if a: b\n" + repeated("elif a: b\n", 2500)), ErrorKind::kNone);
  EXPECT_EQ(kind_of("if a: b\n" + repeated("elif a: b\n", 100'000)), ErrorKind::kRecursion);
}

TEST(Limits, BlocksAreAsDeepAsIndentationMayBe) {
  const auto blocks = [](int levels) {
    std::string program;
    for (int i = 0; i < levels; ++i)
      program += std::string(static_cast<std::size_t>(i), ' ') + "if a:\n";
    return program + std::string(static_cast<std::size_t>(levels), ' ') + "b\n";
  };
  EXPECT_EQ(kind_of(blocks(99)), ErrorKind::kNone);
  EXPECT_EQ(kind_of(blocks(100)), ErrorKind::kIndentation);
  EXPECT_EQ(kind_of("match a:\n case " + repeated("(", 190) + "b" + repeated(")", 190) + ": c"),
            ErrorKind::kNone);
}

TEST(Limits, MemoryGrowsWithTheProgram) {
  const std::string line = "value = compute(value, other[index] + 1)\n";
  const Parsed parsed(repeated(line, 100'000));
  ASSERT_TRUE(parsed.whole());
  EXPECT_LT(parsed.arena().bytes(), 25 * line.size() * 100'000);
}

TEST(Limits, EachAllocationMayFail) {
  const AttachedSlot me;
  constexpr std::string_view kPrograms[] = {
      "x = [1, 'a\\n' f'{b!r:>{c}}', {d: e}]\ndef f(a, *b, c=1): return a.b[c]\n",
      "match a:\n case {'b': [c, *_]} | d(e=f): g\n",
      "f(a, b c)\n",
      "(a\n",
  };
  for (const std::string_view program : kPrograms) {
    const std::string expected = Parsed(program).dump();
    for (std::uint64_t n = 0;; ++n) {
      const fault::Injection fault = fault::Injection::nth(n);
      const Parsed parsed(program);
      if (fault.allocations() <= n) break;
      const bool got_around = !parsed.whole() && parsed.error() == expected;
      EXPECT_TRUE(parsed.diagnostics().error().kind == ErrorKind::kMemory || got_around ||
                  parsed.whole())
          << program << " without allocation " << n << ": " << parsed.error();
    }
  }
}

TEST(Limits, EachAllocationOfTheCompilerMayFail) {
  const AttachedSlot me;
  constexpr std::string_view kPrograms[] = {
      "def f(a, *b, c=1):\n  x = a\n  for i in b:\n    try: x += i.j(k=c)\n"
      "    except E as e: return lambda: x\n    finally: g(*b, **c)\n  return [i for i in b]\n",
      "class A(B):\n  x: int = 1\n  def f(self): return super().f()\n",
      "from __future__ import annotations\nx: a[b]\nwith a as b: c\n",
      "match a:\n case {'b': [c, *_]} | d(c=c): g\n",
      "def f():\n  nonlocal x\n",
  };
  for (const std::string_view program : kPrograms) {
    const std::string expected = Compiled(program).verdict();
    for (std::uint64_t n = 0;; ++n) {
      const fault::Injection fault = fault::Injection::nth(n);
      const Compiled compiled(program);
      if (fault.allocations() <= n) break;
      const bool got_around = compiled.verdict() == expected;
      EXPECT_TRUE(got_around || compiled.diagnostics().error().kind == ErrorKind::kMemory)
          << program << " without allocation " << n << ": " << compiled.verdict();
    }
  }
}

TEST(Limits, HighTreesAreCompiled) {
  for (const std::string& program :
       {repeated("-", 900) + "a", "a" + repeated(" + a", 2500), "a" + repeated(".a", 2500),
        repeated("lambda: ", 300) + "a", "a" + repeated(" if a else a", 900)}) {
    const Compiled compiled(program);
    ASSERT_TRUE(compiled.whole()) << compiled.verdict();
    EXPECT_EQ(compiled.flaw(), "");
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
