#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class WeakrefModuleTest : public ObjectsTest {};

TEST_F(WeakrefModuleTest, AnswersAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"_weakref"});
  same.define("w", "_weakref");
  for (const char* const expression : {
           "w.ref",
           "w.ProxyType",
           "w.CallableProxyType",
           "w.ReferenceType is w.ref",
           "[s := {1}, r := w.ref(s), r() is s, w.getweakrefcount(s), w.getweakrefs(s) == [r]][2:]",
           "[s := {1}, w.ref(s) is w.ref(s), w.ref(s, repr) is w.ref(s, repr)][1:]",
           "w.ref({1})()",
           "w.ref(3)",
           "w.ref([])",
           "w.proxy(3)",
           "[s := {1}, p := w.proxy(s), len(p), w.getweakrefcount(s)][2:]",
           "[s := {1}, r := w.ref(s), p := w.proxy(s), q := w.ref(s, repr),"
           " [x is y for x, y in [(1, 1)]],"
           " len(w.getweakrefs(s))][4:]",
           "w.getweakrefcount(3)",
           "w.getweakrefs(3)",
           "w.getweakrefs()",
           "w.proxy()",
           "[d := {'a': w.ref({1})}, w._remove_dead_weakref(d, 'a'), d][1:]",
           "[s := {1}, d := {'a': w.ref(s)}, w._remove_dead_weakref(d, 'a'), len(d)][2:]",
           "w._remove_dead_weakref(3, 'a')",
           "w._remove_dead_weakref({}, 'a')",
           "w._remove_dead_weakref({'a': 3}, 'a')",
           "w.ref({1}).__callback__",
           "[s := {1}, w.ref(s, None).__callback__, w.ref(s, repr).__callback__][1:]",
       })
    same(expression);
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

// As weakref.KeyedRef is made: a subtype with something of its own.
TEST_F(WeakrefModuleTest, HasSubtypes) {
  Evaluator ours;
  ours.import_module("_weakref");
  Type& base = *static_cast<Type*>(ours.evaluate("_weakref.ref").value().object());
  ours.set("Keyed", Ref<>::of(Value(&a_class("Keyed", {&base}))));
  const auto text = [&](const char* expression) {
    return text_of(repr(ours.evaluate(expression).value()));
  };
  EXPECT_EQ(text("[s := {1}, r := Keyed(s), setattr(r, 'key', 5), r() is s, r.key][2:]"),
            "[None, True, 5]");
  EXPECT_EQ(text("[Keyed(s) is Keyed(s), r == Keyed(s), Keyed.__init__(r, s, None)]"),
            "[False, True, None]");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
