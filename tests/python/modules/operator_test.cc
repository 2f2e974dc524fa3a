#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using OperatorTest = ObjectsTest;

TEST_F(OperatorTest, AnswersAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"_operator"});
  same.define("o", "_operator");
  same.define("show", "lambda *a, **k: (a, k)");
  for (const std::string name :
       {"add",     "sub",     "mul",     "matmul",   "truediv",   "floordiv", "mod",
        "pow",     "lshift",  "rshift",  "and_",     "xor",       "or_",      "iadd",
        "isub",    "imul",    "imatmul", "itruediv", "ifloordiv", "imod",     "ipow",
        "ilshift", "irshift", "iand",    "ixor",     "ior",       "lt",       "le",
        "eq",      "ne",      "ge",      "gt",       "is_",       "is_not",   "contains",
        "concat",  "iconcat", "getitem", "delitem",  "countOf",   "indexOf",  "_compare_digest"})
    for (const std::string operands :
         {"7, 2", "2.5, 2", "'ab', 'b'", "[1, 2], [3]", "[1, 2], 1", "(1, 2), (3,)", "{1: 2}, 1",
          "{1, 2}, {2, 3}", "7, 'a'", "'a', 7", "None, 1", "1", "1, 2, 3"})
      same("o." + name + "(" + operands + ")");
  for (const std::string name : {"truth", "not_", "neg", "pos", "abs", "inv", "invert", "index"})
    for (const std::string operand : {"7", "-2.5", "'a'", "[]", "True", "None", "1, 2", ""})
      same("o." + name + "(" + operand + ")");
  for (const char* const expression : {
           "[l := [1, 2], o.setitem(l, 0, 5), l, o.delitem(l, 1), l]",
           "o.setitem(3, 1, 2)",
           "o.call(show, 1, 2, a=3)",
           "o.call(3)",
           "o.call(show)",
           "o.countOf([1, 1.0, 2], 1)",
           "o.indexOf('abc', 'c')",
           "o.indexOf([1], 2)",
           "o.length_hint([1, 2])",
           "o.length_hint(iter([1, 2]))",
           "o.length_hint(3)",
           "o.length_hint(3, 7)",
           "o.length_hint(3, 'a')",
           "o.length_hint()",
           "o.length_hint(show, 4)",
           "o.itemgetter(1)('abc')",
           "o.itemgetter(1, 0, -1)('abc')",
           "o.itemgetter()",
           "o.itemgetter(1)('a')",
           "o.itemgetter(1)()",
           "o.itemgetter(1)(1, 2)",
           "o.itemgetter(1)(a=1)",
           "o.itemgetter('a', 'b')({'a': 1, 'b': 2})",
           "o.itemgetter(1, 'a')",
           "o.itemgetter(1)(3)",
           "o.itemgetter(slice(1, 2))([1, 2, 3])",
           "o.itemgetter(1, 2).__reduce__()",
           "o.itemgetter(x=1)",
           "o.attrgetter('real')(5)",
           "o.attrgetter('real', 'imag')(5)",
           "o.attrgetter()",
           "o.attrgetter(3)",
           "o.attrgetter('a', 3)",
           "o.attrgetter('nope')(5)",
           "o.attrgetter('real.imag.real')(5)",
           "o.attrgetter('real.nope')(5)",
           "o.attrgetter('.')(5)",
           "o.attrgetter('real')",
           "o.attrgetter('real', 'a.b')",
           "o.attrgetter('real')(1, 2)",
           "o.attrgetter('a', 'b.c').__reduce__()",
           "o.attrgetter('')(5)",
           "o.methodcaller('upper')('a')",
           "o.methodcaller('replace', 'a', 'b')('cab')",
           "o.methodcaller()",
           "o.methodcaller(3)",
           "o.methodcaller('nope')('a')",
           "o.methodcaller('split', sep='b')('abc')",
           "o.methodcaller('split', 'x', a=3)",
           "o.methodcaller('upper')('a', 'b')",
           "o.methodcaller('upper')(a=3)",
           "o.methodcaller('a', 1).__reduce__()",
           "o.methodcaller('a', 1, b=2).__reduce__()",
           "o._compare_digest('abc', 'abd')",
           "o._compare_digest('abc', 'abc')",
           "o._compare_digest('ä', 'ä')",
           "o._compare_digest(b'abc', bytearray(b'abc'))",
           "o._compare_digest(b'abc', 'abc')",
           "o._compare_digest(b'abc', b'ab')",
           "o.index(2**70)",
           "o.concat([1], 'a')",
           "o.iconcat([1], 'ab')",
           "o.concat({}, {})",
       })
    same(expression);
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
