// What the two passes do to code, as the disassembler shows it: an apostrophe is a mark.
#include "python/compiler/liveness.h"

#include <gtest/gtest.h>

#include <string>

#include "python/compiler/register_set.h"
#include "tests/python/compiler/compiled.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

// True: the code of the first function has this line, without numbers.
bool has(const Compiled& program, std::string_view line) {
  const std::string text = Compiled::text_of(program.inner());
  std::string squeezed;
  for (const char c : text)
    if (c != ' ' || squeezed.empty() || squeezed.back() != ' ') squeezed += c;
  return squeezed.find(std::string(line) + "\n") != std::string::npos;
}
std::size_t count(const Compiled& program, std::string_view opcode) {
  const std::string text = Compiled::text_of(program.inner());
  std::size_t found = 0;
  for (std::size_t at = text.find(opcode); at != std::string::npos; at = text.find(opcode, at + 1))
    ++found;
  return found;
}

TEST(Liveness, TheFirstWriteOfALocalDropsNothing) {
  const Compiled program("def f(a):\n  x = a + 1\n  x = a + 2\n  return x\n");
  EXPECT_TRUE(has(program, "AddK x, a, 1"));
  EXPECT_TRUE(has(program, "AddK x', a, 2"));
  EXPECT_EQ(count(program, "CheckLocal"), 0U);
}

TEST(Liveness, InALoopItDoes) {
  const Compiled program("def f(a):\n  for i in a:\n    x = i\n");
  EXPECT_TRUE(has(program, "Move x', i"));
  EXPECT_TRUE(has(program, "ForNext i', t0"));
}

TEST(Liveness, TemporariesMoveAtTheirLastUse) {
  const Compiled program("def f(a):\n  a.b(a).c = [a]\n");
  EXPECT_TRUE(has(program, "StoreAttribute t1', t0', c")) << Compiled::text_of(program.inner());
}

TEST(Liveness, WhatIsReadAndWrittenIsMarkedOnce) {
  const Compiled program("def f(a):\n  return a + a + a\n");
  EXPECT_TRUE(has(program, "Add t0', t0, a")) << Compiled::text_of(program.inner());
}

TEST(Liveness, OnlyWhatMayBeUnboundIsChecked) {
  const Compiled checked("def f(a):\n  if a: x = 1\n  return x\n");
  EXPECT_EQ(count(checked, "CheckLocal"), 1U);
  const Compiled both("def f(a):\n  if a: x = 1\n  else: x = 2\n  return x\n");
  EXPECT_EQ(count(both, "CheckLocal"), 0U);
  const Compiled once("def f(a):\n  if a: x = 1\n  x.b\n  return x\n");
  EXPECT_EQ(count(once, "CheckLocal"), 1U) << "then it is known";
  const Compiled deleted("def f(a):\n  del a\n  return a\n");
  EXPECT_EQ(count(deleted, "CheckLocal"), 1U);
}

TEST(Liveness, AnExceptionMayComeBeforeTheWrite) {
  const Compiled program("def f(a):\n  try:\n    x = a.b\n  except E: pass\n  return x\n");
  EXPECT_EQ(count(program, "CheckLocal"), 1U);
  const Compiled before("def f(a):\n  x = 1\n  try:\n    x = a.b\n  except E: pass\n  return x\n");
  EXPECT_EQ(count(before, "CheckLocal"), 0U);
}

TEST(Liveness, LocalsLiveToTheEnd) {
  const Compiled program("def f(a):\n  g(a)\n");
  EXPECT_TRUE(has(program, "Move t2, a")) << "a program may still look at it";
}

TEST(Liveness, SetsOfRegistersHoldAny) {
  RegisterSets sets;
  ASSERT_TRUE(sets.make(2, 200));
  sets[0].add(0);
  sets[0].add(199);
  EXPECT_TRUE(sets[1].add_all(sets[0]));
  EXPECT_FALSE(sets[1].add_all(sets[0])) << "nothing is new";
  sets[1].remove(0);
  EXPECT_FALSE(sets[1].has(0));
  EXPECT_TRUE(sets[1].has(199));
  EXPECT_TRUE(sets[0].has(0)) << "another set";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
