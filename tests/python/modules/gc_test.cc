#include "objects/collector/collector.h"
#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class GcTest : public ObjectsTest {
 protected:
  GcTest() { ours_.import_module("gc"); }
  ~GcTest() override { static_cast<void>(ours_.evaluate("[gc.enable(), gc.set_threshold(700)]")); }

  std::string shown(const std::string& expression) {
    const Ref<> value = ours_.evaluate(expression);
    return value ? text_of(repr(value.value())) : Evaluator::pending_exception();
  }
  Evaluator ours_;
};

TEST_F(GcTest, IsTurnedOnAndOff) {
  EXPECT_EQ(shown("gc.isenabled()"), "True");
  EXPECT_EQ(shown("[gc.disable(), gc.isenabled()]"), "[None, False]");
  EXPECT_FALSE(Collector::is_enabled());
  EXPECT_EQ(shown("[gc.enable(), gc.isenabled()]"), "[None, True]");
  EXPECT_TRUE(Collector::is_enabled());
  EXPECT_EQ(shown("gc.get_threshold()"), "(700, 10, 10)");
  EXPECT_EQ(shown("[gc.set_threshold(0, 5), gc.get_threshold()]"), "[None, (0, 5, 10)]");
  EXPECT_TRUE(Collector::is_enabled()) << "0 puts off what memory's growth asks for, no more";
  EXPECT_EQ(shown("[gc.set_threshold(700, 10, 10), gc.get_threshold()]"), "[None, (700, 10, 10)]");
  EXPECT_EQ(shown("[gc.set_debug(gc.DEBUG_STATS), gc.get_debug(), gc.set_debug(0)]"),
            "[None, 1, None]");
}

TEST_F(GcTest, CollectsCycles) {
  EXPECT_EQ(shown("gc.collect() >= 0"), "True");
  EXPECT_EQ(shown("[l := [], l.append(l), l := 0, gc.collect()][3] >= 0"), "True");
  EXPECT_EQ(shown("[gc.collect(), (lambda l: l.append(l))([]), gc.collect() >= 1][1:]"),
            "[None, True]");
  EXPECT_EQ(shown("gc.collect(5)"), "ValueError: invalid generation");
  EXPECT_EQ(shown("len(gc.get_stats()), sorted(gc.get_stats()[2])"),
            "(3, ['collected', 'collections', 'uncollectable'])");
  EXPECT_EQ(shown("gc.garbage"), "[]");
}

TEST_F(GcTest, TellsCallbacks) {
  EXPECT_EQ(shown("[told := [], f := (lambda phase, info: told.append((phase, sorted(info)))), "
                  "gc.callbacks.append(f), gc.collect() >= 0, gc.callbacks.remove(f), told][5]"),
            "[('start', ['collected', 'generation', 'uncollectable']), "
            "('stop', ['collected', 'generation', 'uncollectable'])]");
}

TEST_F(GcTest, LooksAtObjects) {
  EXPECT_EQ(shown("[gc.is_tracked([]), gc.is_tracked(3), gc.is_tracked('a')]"),
            "[True, False, False]");
  EXPECT_EQ(shown("[a := [1, 'x'], b := [a], [x is a for x in gc.get_referents(b)], "
                  "b in gc.get_referrers(a), 'x' in gc.get_referents(a)][2:]"),
            "[[True], True, True]");
  EXPECT_EQ(shown("len([x for x in gc.get_objects() if x is a])"), "1");
  EXPECT_EQ(shown("gc.get_objects(0)"), "[]");
  EXPECT_EQ(shown("gc.get_objects(3)"),
            "ValueError: generation parameter must be less than the number of available "
            "generations (3)");
  EXPECT_EQ(shown("gc.is_finalized([])"), "False");
  EXPECT_EQ(shown("[gc.freeze(), gc.get_freeze_count() > 0, gc.unfreeze(), gc.get_freeze_count()]"),
            "[None, True, None, 0]");
  EXPECT_EQ(shown("gc.get_count()[1:]"), "(0, 0)");
  EXPECT_EQ(shown("0 <= gc.get_count()[0] <= 700"), "True");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
