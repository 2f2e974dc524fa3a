// Code for small programs, as the disassembler writes it, and what holds for all code.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "python/bytecode/place_table.h"
#include "tests/python/compiler/compiled.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

void expect_code(std::string_view program, std::string_view expected) {
  const Compiled compiled(program);
  ASSERT_TRUE(compiled.whole()) << compiled.verdict();
  EXPECT_EQ(compiled.flaw(), "");
  EXPECT_EQ("\n" + Compiled::text_of(compiled.inner()), expected);
}

TEST(Code, OfARecursiveFunction) {
  expect_code("def fib(n):\n  if n < 2: return n\n  return fib(n - 1) + fib(n - 2)\n", R"(
fib: 1 locals, 5 registers
    2     0  TestLessK            n, 2, 0
          1  Jump                 to 3
          2  Return               n
    3 >   3  LoadGlobal           t0, fib
          4  SubtractK            t2, n, 1
          5  Call                 t0, t0.., 1
          6  LoadGlobal           t1, fib
          7  SubtractK            t3, n, 2
          8  Call                 t1, t1.., 1
          9  Add                  t0', t0, t1'
         10  Return               t0
)");
}

TEST(Code, OfALoopOverPairs) {
  expect_code("def f(d):\n  for k, v in d.items():\n    if v is None: continue\n    d[k] = v\n", R"(
f: 3 locals, 6 registers
    2     0  LoadMethod           t1.., d, items
          1  CallMethod           t1, t1.., 0
          2  GetIterator          t0, t1'
      >   3  ForNext              t1, t0
          4  Jump                 to 10
          5  UnpackPair           k', v', t1'
    3     6  JumpIfNotNone        v, to 8
          7  JumpBack             to 3
    4 >   8  StoreSubscript       d, k, v
    2     9  JumpBack             to 3
      >  10  ReturnConstant       None
)");
}

TEST(Code, OfAHandler) {
  expect_code("def f(a):\n  try:\n    return a.b\n  except E as e:\n    g(e)\n", R"(
f: 2 locals, 7 registers
    3     0  LoadAttribute        t2, a, b
          1  Return               t2
    2 >   2  EnterHandler         t0, t1
    4     3  LoadGlobal           t2, E
          4  MatchException       t3, t1, t2'
          5  JumpIfFalse          t3', to 15
          6  Move                 e, t1'
    5     7  LoadGlobal           t2, g
          8  Move                 t4, e
          9  Call                 t2, t2.., 1
         10  Drop                 t2
    4    11  LeaveHandler         t0
         12  Drop                 e
         13  Jump                 to 17
      >  14  Drop                 e
    2 >  15  LeaveHandler         t0
         16  Reraise              t1
      >  17  ReturnConstant       None
       0-0: exceptions go to 2 as t1, empty from t0
       3-6: exceptions go to 15 as t1, empty from t1
       7-10: exceptions go to 14 as t1, empty from t1
       14-14: exceptions go to 15 as t1, empty from t1
)");
}

TEST(Code, OfAGenerator) {
  expect_code("def f(a):\n  x = yield a\n  yield from x\n", R"(
f: 2 locals, 4 registers
    2     0  Yield                x, a
    3     1  GetYieldFromIterator t1, x
          2  LoadConstant         t0, None
          3  Delegate             t0, t1
          4  Drop                 t0
          5  ReturnConstant       None
)");
}

TEST(Code, OfAClosure) {
  expect_code("def f(x):\n  def g():\n    nonlocal x\n    x += 1\n  return g\n", R"(
f: 2 locals, 3 registers
    1     0  MakeCell             x
    2     1  MakeFunction         t0, <f.<locals>.g>
          2  Move                 g, t0'
    5     3  Return               g
)");
}

TEST(Code, EverythingOfTheLanguagePassesTheChecker) {
  for (const char* program : {
           "a, b = b, a\n*c, d = e\n[f, (g, *h)] = i\nj = k = l\n",
           "a.b += 1\na[b] -= 2\nc **= 3\ndel a, a.b, a[c], (d, e)\n",
           "def f(a, /, b=1, *c, d, e=2, **g) -> h: 'doc'\nlambda *, a=1, b: a\n",
           "f(*a)\nf(a, *b, c=1, **d)\nf(**a)\na.b(c, d=1)\nf(a for a in b)\nclass A(*b, c=d): "
           "pass\n",
           "@a\n@b.c\ndef f(): pass\n@d\nclass A(B, c=D):\n  x: int = 1\n  y: str\n  def f(self): "
           "super().f()\n",
           "def f(a):\n  while a:\n    try:\n      with a as b, c: continue\n    finally:\n      "
           "break\n",
           "def f(a):\n  for x in a:\n    try: return x\n    finally:\n      if x: return 1\n",
           "def f():\n  try: a\n  except* B as e: c\n  except* (D, E): d\n  else: g\n  finally: "
           "h\n",
           "async def f(a):\n  async with a as b, c: await b\n  async for x in b: yield x\n"
           "  else: pass\n  return\n",
           "async def f(a): return [x async for x in a if await x], {y: [z async for z in y] for y "
           "in a}\n",
           "match a:\n  case [1, *_, b] | (b, 2): pass\n  case {'x': c, **d} if d: pass\n"
           "  case A.B | None | True | -1 | 1+2j: pass\n  case A(b, x=[c, *d]) as e: pass\n  case "
           "_: pass\n",
           "def f(a):\n  match a:\n    case [x, [y, *z]]: return x\n    case {'k': [x]} | [[x]]: "
           "return x\n",
           "x = a and b or not c and (d if e else g)\ny = a < b() < c <= d\nif not (a < b < c): "
           "pass\n",
           "f'{a}{b!r:>{c}}'\nf''\nf'a'\nf'{a:b{c}d}'\n",
           "import a.b, c.d as e\nfrom . import f\nfrom ..g import h as i\nfrom j import *\n",
           "[x for x in a for y in x if y if x]\n{x: y for x, y in a}\n{*a, b}\n{**a, 'b': 1, c: "
           "d}\n(x for x in a)\n",
           "def f():\n  x = 1\n  del x\n  global g\n  g = [x := 1, x, (x := 2)]\n  return x\n",
           "def f(a):\n  with a() as b:\n    return b\n  raise a from b\n",
           "assert a, b\nassert a\nraise\n",
           "x[a:b], x[a:b:c], x[:, 1], x[...]\nx[1:2] = y\n",
           "while True:\n  if a: break\nelse:\n  b\nfor x in y: pass\nelse: z\n",
           "def f(a):\n  try: pass\n  except A: return 1\n  except B as e: return e\n  except: "
           "raise\n  else: return 2\n  finally: g()\n",
       }) {
    const Compiled compiled(program);
    ASSERT_TRUE(compiled.whole()) << program << compiled.verdict();
    EXPECT_EQ(compiled.flaw(), "") << program;
  }
}

std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(Code, LongDisplaysAndCallsNeedFewRegisters) {
  for (const char* shape : {"[%]", "{%}", "(%)", "f(%)"}) {
    std::string program(shape);
    program.replace(program.find('%'), 1, repeated("a, ", 1000));
    const Compiled compiled(program);
    ASSERT_TRUE(compiled.whole());
    EXPECT_EQ(compiled.flaw(), "");
    EXPECT_LT(compiled.code().register_count, 100U) << shape;
  }
  const Compiled joined("f'" + repeated("{a}-", 500) + "'");
  EXPECT_EQ(joined.flaw(), "");
  EXPECT_LT(joined.code().register_count, 100U);
}

TEST(Code, LongChainsNeedFewRegisters) {
  const Compiled sum("x = " + repeated("a + ", 900) + "a");
  ASSERT_TRUE(sum.whole());
  EXPECT_EQ(sum.code().register_count, 2U);
  EXPECT_EQ(sum.flaw(), "");
}

TEST(Code, MoreNamesThanAnOperandHoldsAreRefused) {
  std::ostringstream program;
  for (int i = 0; i < 70000; ++i) program << "x.a" << i << '\n';
  const Compiled compiled(program.str());
  EXPECT_FALSE(compiled.whole());
  EXPECT_EQ(name_of(compiled.diagnostics().error().kind), "OverflowError");
}

TEST(Code, MoreConstantsThanAnOperandHoldsAreNot) {
  std::ostringstream program;
  for (int i = 0; i < 70000; ++i) program << "x = y + " << i << '\n';
  const Compiled compiled(program.str());
  ASSERT_TRUE(compiled.whole());
  EXPECT_EQ(compiled.flaw(), "");
}

TEST(Code, AsManyAttributesAsOneLikesShareTheirSites) {
  std::ostringstream program;
  for (int i = 0; i < 70000; ++i) program << "x.a" << i % 100 << '\n';
  const Compiled compiled(program.str());
  ASSERT_TRUE(compiled.whole());
  EXPECT_EQ(compiled.flaw(), "");
}

TEST(Code, KnowsWhereItComesFrom) {
  const Compiled compiled("def f(a):\n  return (a +\n          b)\n");
  const bytecode::Code& code = compiled.inner();
  const auto add = std::find_if(code.instructions.begin(), code.instructions.end(),
                                [](const auto& i) { return i.opcode == bytecode::Opcode::kAdd; });
  const auto number = static_cast<std::uint32_t>(add - code.instructions.begin());
  const bytecode::CodePlace expected{2, 10, 3, 11};
  EXPECT_EQ(bytecode::place_of(code.places, number), expected);
}

TEST(Code, OptimizationLeavesOutAssertsAndDocstrings) {
  CompileOptions options;
  const char* const program = "def f():\n  'doc'\n  assert a\n  if __debug__: b\n";
  EXPECT_NE(Compiled(program).inner().docstring, bytecode::kNoDocstring);
  options.optimize = 1;
  const Compiled once(program, options);
  EXPECT_EQ(once.inner().instructions.size(), 1U);
  EXPECT_NE(once.inner().docstring, bytecode::kNoDocstring);
  options.optimize = 2;
  EXPECT_EQ(Compiled(program, options).inner().docstring, bytecode::kNoDocstring);
}

TEST(Code, AFinallyIsCompiledOnceForAllItsCopies) {
  const Compiled compiled("try:\n  a\nfinally:\n  def f(): pass\n");
  int functions = 0;
  for (const auto& constant : compiled.code().constants)
    functions += constant.kind == bytecode::Constant::Kind::kCode ? 1 : 0;
  EXPECT_EQ(functions, 1);
}

TEST(Code, InteractiveStatementsPrint) {
  CompileOptions options;
  options.parse.mode = Mode::kSingle;
  const Compiled compiled("a\n", options);
  ASSERT_TRUE(compiled.whole());
  EXPECT_NE(Compiled::text_of(compiled.code()).find("PrintExpression"), std::string::npos);
  options.parse.mode = Mode::kEval;
  EXPECT_EQ(Compiled::text_of(Compiled("a", options).code()).find("PrintExpression"),
            std::string::npos);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
