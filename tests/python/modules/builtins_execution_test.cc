#include "tests/python/modules/programs.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using BuiltinsExecutionTest = ProgramsTest;

TEST_F(BuiltinsExecutionTest, EvalSeesWhatItsCallerSees) {
  EXPECT_EQ(exec("x = 5"), "None");
  EXPECT_EQ(value_of("eval('x + 1')"), "6");
  EXPECT_EQ(value_of("eval('  x')"), "5");
  EXPECT_EQ(value_of("eval(b'x')"), "5");
  EXPECT_EQ(value_of("(lambda y: eval('y'))(3)"), "3");
}

TEST_F(BuiltinsExecutionTest, NamespacesMayBeGiven) {
  EXPECT_EQ(value_of("eval('a + b', {'a': 1}, {'b': 2})"), "3");
  EXPECT_EQ(exec("d = {}\nexec('a = 1', d)"), "None");
  EXPECT_EQ(value_of("d['a'], '__builtins__' in d"), "(1, True)");
  EXPECT_EQ(exec("e = {}\nexec('a = 1', {}, e)"), "None");
  EXPECT_EQ(value_of("e"), "{'a': 1}");
}

TEST_F(BuiltinsExecutionTest, OtherNamespacesAreRefused) {
  EXPECT_EQ(value_of("eval('1', 1)"), "TypeError: globals must be a dict");
  EXPECT_EQ(value_of("eval('1', {}, 1)"), "TypeError: locals must be a mapping");
  EXPECT_EQ(value_of("exec('1', 1)"), "TypeError: exec() globals must be a dict, not int");
  EXPECT_EQ(value_of("exec('1', {}, 1)"), "TypeError: locals must be a mapping or None, not int");
  EXPECT_EQ(value_of("eval(1)"), "TypeError: eval() arg 1 must be a string, bytes or code object");
}

TEST_F(BuiltinsExecutionTest, CodeIsMadeOnceAndRunOften) {
  EXPECT_EQ(exec("c = compile('x * 2', 'name', 'eval')\nx = 4"), "None");
  EXPECT_EQ(value_of("eval(c), eval(c, {'x': 5}), c.co_filename"), "(8, 10, 'name')");
}

TEST_F(BuiltinsExecutionTest, CompileChecksItsArguments) {
  EXPECT_EQ(value_of("compile('1', 'f', 'x')"),
            "ValueError: compile() mode must be 'exec', 'eval' or 'single'");
  EXPECT_EQ(value_of("compile(1, 'f', 'exec')"),
            "TypeError: compile() arg 1 must be a string, bytes or AST object");
  EXPECT_EQ(value_of("compile('1', 'f', 'exec', flags=1 << 30)"),
            "ValueError: compile(): unrecognised flags");
  EXPECT_EQ(value_of("compile('1', 'f', 'exec', optimize=9)"),
            "ValueError: compile(): invalid optimize value");
  EXPECT_EQ(value_of("compile('1', 1, 'exec')"),
            "TypeError: expected str, bytes or os.PathLike object, not int");
  EXPECT_EQ(value_of("compile('1\\0', 'f', 'exec')"),
            "ValueError: source code string cannot contain null bytes");
}

TEST_F(BuiltinsExecutionTest, CodeWithFreeVariablesTakesAClosure) {
  EXPECT_EQ(exec("out = []\n"
                 "def f():\n"
                 "  x = 7\n"
                 "  def g(): out.append(x)\n"
                 "  return g\n"
                 "g = f()\n"
                 "exec(g.__code__, closure=g.__closure__)"),
            "None");
  EXPECT_EQ(value_of("out"), "[7]");
  EXPECT_EQ(value_of("exec(g.__code__)"),
            "TypeError: code object passed to exec() may not contain free variables");
}

TEST_F(BuiltinsExecutionTest, NamesOfTheCaller) {
  EXPECT_EQ(exec("def f(a):\n  b = 2\n  return locals(), dir(), vars() == locals()"), "None");
  EXPECT_EQ(value_of("f(1)"), "({'a': 1, 'b': 2}, ['a', 'b'], True)");
  EXPECT_EQ(value_of("globals()['f'] is f"), "True");
}

TEST_F(BuiltinsExecutionTest, FramesAreFound) {
  EXPECT_EQ(exec("import sys\ndef f(): return sys._getframe().f_code.co_name"), "None");
  EXPECT_EQ(value_of("f()"), "'f'");
  EXPECT_EQ(value_of("sys._getframe(1000)"), "ValueError: call stack is not deep enough");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
