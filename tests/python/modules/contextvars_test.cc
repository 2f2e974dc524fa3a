#include "python/modules/contextvars.h"

#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ContextvarsTest : public ObjectsTest {
 protected:
  ~ContextvarsTest() override { end_context(); }
};

TEST_F(ContextvarsTest, AnswersAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"_contextvars"});
  same.define("c", "_contextvars");
  same.define("show", "lambda *a, **k: (a, k)");
  for (const char* const expression : {
           "c.Context",
           "c.ContextVar[int]",
           "c.Token[int]",
           "c.ContextVar",
           "c.Token",
           "c.Token.MISSING",
           "c.Token()",
           "c.Context(1)",
           "c.ContextVar()",
           "c.ContextVar(3)",
           "c.ContextVar('x')",
           "c.ContextVar('x', default=[1])",
           "c.ContextVar('x').name",
           "setattr(c.ContextVar('x'), 'name', 3)",
           "caught(lambda: c.ContextVar('x').get())[:30]",
           "c.ContextVar('x').get(5)",
           "c.ContextVar('x', default=7).get()",
           "c.ContextVar('x', default=7).get(8)",
           "[v := c.ContextVar('x'), t := v.set(3), v.get(), t.var is v, t.old_value,"
           " v.reset(t), v.get(None), t, caught(lambda: v.reset(t))[:12]][1:]",
           "[v := c.ContextVar('x'), t := v.set(3), u := v.set(4), u.old_value, v.reset(u), "
           "v.get()][3:]",
           "c.ContextVar('x').reset(3)",
           "hash(c.ContextVar('x').set(3)) and 0",
           "[v := c.ContextVar('x'), w := c.ContextVar('y'), t := v.set(1),"
           " caught(lambda: w.reset(t))[-30:]][3]",
           "[v := c.ContextVar('x'), t := v.set(1), n := c.Context(),"
           " n.run(lambda: caught(lambda: v.reset(t)))[-30:]][3]",
           "len(c.Context())",
           "c.Context() == c.Context()",
           "c.Context() == 3",
           "hash(c.Context())",
           "c.Context()[3]",
           "3 in c.Context()",
           "c.Context().get(3)",
           "c.Context() < c.Context()",
           "[v := c.ContextVar('x'), n := c.Context(), n.run(v.set, 5), n[v], v in n, n.get(v),"
           " len(n), list(n) == [v], list(n.values()), len(list(n.items())), v.get(None)][3:]",
           "[v := c.ContextVar('x'), n := c.Context(), caught(lambda: n[v])[:9], n.get(v), "
           "n.get(v, 6)][2:]",
           "[v := c.ContextVar('x'), v.set(1), n := c.copy_context(), v.set(2), n[v], v.get(),"
           " n.run(v.get), n.run(v.set, 9) and 0, n.copy() == n, n[v], v.get()][4:]",
           "c.Context().run()",
           "c.Context().run(3)",
           "c.Context().run(show, 1, a=2)",
           "[n := c.Context(), caught(lambda: n.run(n.run, int))][1]",
           "[n := c.Context(), caught(lambda: n.run(lambda: 1 // 0)), n.run(int)][1:]",
       })
    same(expression);
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

// What one thread sets no other one sees; a copy takes it there.
TEST_F(ContextvarsTest, EachThreadHasItsOwn) {
  Evaluator ours;
  ours.import_module("_contextvars");
  const Ref<> variable =
      ours.evaluate("[v := _contextvars.ContextVar('x', default=1), v.set(2)][0]");
  const Ref<> copy = ours.evaluate("_contextvars.copy_context()");
  const Ref<> getter = get(variable, "get");
  elsewhere([&] {
    EXPECT_EQ(call(getter.value(), {}).value(), Value::of_int(1));
    const Ref<> run = get(copy, "run");
    EXPECT_EQ(call_with(run.value(), {getter.value()}).value(), Value::of_int(2));
    end_context();
  });
  EXPECT_EQ(call(getter.value(), {}).value(), Value::of_int(2));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
