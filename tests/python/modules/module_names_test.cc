// Each module has the names that CPython's has, and no others, with the same numbers and texts.

#include "objects/types/module.h"
#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using ModuleNamesTest = ObjectsTest;

constexpr const char* kModules[] = {
    "_abc",      "_bisect", "_collections", "_contextvars", "_functools", "_heapq",
    "_operator", "_random", "_stat",        "_string",      "_struct",    "_weakref",
    "atexit",    "gc",      "itertools",    "math",         "time",
};

TEST_F(ModuleNamesTest, AreThoseOfCPython) {
  OROCHI_NEED_PYTHON();
  Evaluator ours;
  PythonOracle python;
  // What CPython has for pickling alone, or Orochi has no use for.
  python.execute("left_out = {'OrderedDict'}");
  for (const std::string name : kModules) {
    ours.import_module(name);
    const Ref<> names = ours.evaluate("sorted(list(" + name + ".__dict__))");
    ASSERT_TRUE(names) << pending_text();
    const std::string shown = text_of(repr(names.value()));
    const std::string wanted =
        "({n for n in dir(__import__('" + name + "')) if not n.startswith('__')} - left_out)";
    python.expect("(lambda theirs, ours: theirs == ours or (theirs - ours, ours - theirs))(" +
                  wanted + ", {n for n in " + shown + " if not n.startswith('__')})");
  }
  EXPECT_EQ(python.finish(), 0) << "lines above were false";
}

TEST_F(ModuleNamesTest, StandForTheSameNumbersAndTexts) {
  OROCHI_NEED_PYTHON();
  Evaluator ours;
  PythonOracle python;
  for (const std::string name : kModules) {
    python.execute("import " + name);
    ours.import_module(name);
    const Ref<> module = ours.evaluate(name);
    Dict& names = module.as<Module>().dict();
    std::size_t place = 0;
    for (DictItem item = names.next(place); item; item = names.next(++place)) {
      const std::string key = text_of(item.key);
      const Value value = item.value.value();
      const bool is_plain = is_int(value) || is_float(value) || as_str(value) != nullptr;
      if (!is_plain || key.starts_with("__") || key == "nan") continue;
      python.expect(name + "." + key +
                    " == " + (key == "inf" ? "float('inf')" : text_of(repr(value))));
    }
  }
  EXPECT_EQ(python.finish(), 0) << "lines above were false";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
