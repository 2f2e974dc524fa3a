#include <csignal>
#include <ctime>

#include "memory/door/platform.h"
#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using TimeTest = ObjectsTest;

TEST_F(TimeTest, AnswersAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"time"});
  same.define("t", "time");
  for (const char* const expression : {
           "t.struct_time",
           "t.gmtime(0)",
           "t.gmtime(1e9)",
           "t.gmtime(-1.5)",
           "t.gmtime(86399.999)",
           "t.gmtime(2**70)",
           "t.gmtime(1e30)",
           "t.gmtime('a')",
           "t.gmtime(t.struct_time)",
           "t.localtime(0)",
           "t.localtime(1700000000)",
           "t.localtime(1e30)",
           "t.gmtime(float('nan'))",
           "t.gmtime(0).tm_zone",
           "t.gmtime(0).tm_gmtoff",
           "len(t.gmtime(0))",
           "t.gmtime(0)[0]",
           "t.gmtime(2**60)",
           "t.localtime(2**60)",
           "t.mktime(t.gmtime(1e9))",
           "t.mktime((2000, 1, 1, 0, 0, 0, 0, 0, -1))",
           "t.mktime(3)",
           "t.mktime((1, 2))",
           "t.mktime((2000, 1, 1, 0, 0, 0, 0, 0, 'a'))",
           "t.mktime((2**40, 1, 1, 0, 0, 0, 0, 0, 0))",
           "t.mktime((2000, 14, 35, 25, 61, 61, 0, 0, -1))",
           "t.mktime([2000, 1, 1, 0, 0, 0, 0, 0, -1])",
           "t.asctime(t.gmtime(0))",
           "t.asctime((2023, 12, 25, 1, 2, 3, 0, 359, 0))",
           "t.asctime((2023, 0, 0, 0, 0, 0, 0, 0, 0))",
           "t.asctime((2023, 13, 1, 0, 0, 0, 0, 0, 0))",
           "t.asctime((2023, 1, 32, 0, 0, 0, 0, 0, 0))",
           "t.asctime((2023, 1, 1, 24, 0, 0, 0, 0, 0))",
           "t.asctime((2023, 1, 1, 0, 60, 0, 0, 0, 0))",
           "t.asctime((2023, 1, 1, 0, 0, 62, 0, 0, 0))",
           "t.asctime((2023, 1, 1, 0, 0, 0, -2, 0, 0))",
           "t.asctime((2023, 1, 1, 0, 0, 0, 0, 367, 0))",
           "t.asctime((99999, 1, 1, 0, 0, 0, 9, 1, 0))",
           "t.asctime((-5, 1, 1, 0, 0, 0, 0, 1, 0))",
           "t.asctime(3)",
           "t.asctime((1, 2))",
           "t.ctime(0)",
           "t.ctime(1e9)",
           "t.ctime('a')",
           "t.strftime('%Y-%m-%d %H:%M:%S %j %a %A %b %B %p %y %%', t.gmtime(1e9))",
           "t.strftime('', t.gmtime(0))",
           "t.strftime('%c|%x|%X|%U|%W|%w|%I', t.gmtime(1700000000))",
           "t.strftime('ä€ %Y', t.gmtime(0))",
           "t.strftime(3)",
           "t.strftime('a\\0b', t.gmtime(0))",
           "t.strftime('%Y', (2023, 13, 1, 0, 0, 0, 0, 0, 0))",
           "t.strftime('%Y', 3)",
           "t.strftime('x' * 3000 + '%d', t.gmtime(0))[2990:]",
           "t.strftime('%Y', (5, 1, 1, 0, 0, 0, 0, 1, 0))",
           "t.sleep(-1)",
           "t.sleep('a')",
           "t.sleep(float('nan'))",
           "t.sleep(1e20)",
           "t.sleep(2**70)",
           "t.sleep()",
           "t.sleep(0)",
           "t.sleep(0.001)",
           "t.sleep(True) if 0 else 1",
           "t.get_clock_info('monotonic')",
           "t.get_clock_info('time')",
           "t.get_clock_info('x')",
           "t.get_clock_info('perf_counter').monotonic",
           "t.get_clock_info(3)",
           "t.get_clock_info('thread_time')",
           "t.get_clock_info('process_time').implementation",
           "t.clock_getres(t.CLOCK_REALTIME)",
           "t.clock_gettime(99)",
           "t.clock_gettime('a')",
           "t.clock_gettime(2**40)",
           "t.timezone, t.altzone, t.daylight, t.tzname",
           "t.time(1)",
           "t.struct_time((1, 2, 3, 4, 5, 6, 7, 8, 9))",
           "t.struct_time((1, 2))",
           "t.struct_time(range(11)).tm_gmtoff",
           "t.tzset()",
       })
    same(expression);
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

TEST_F(TimeTest, ClocksGoForward) {
  Evaluator ours;
  ours.import_module("time");
  for (const char* const clock :
       {"time", "monotonic", "perf_counter", "process_time", "thread_time"}) {
    const std::string name = std::string("time.") + clock;
    const Ref<> holds = ours.evaluate("[a := " + name + "(), b := " + name +
                                      "(), isinstance(a, float) "
                                      "and a <= b, c := " +
                                      name +
                                      "_ns(), isinstance(c, int) and "
                                      "b <= c / 1e9 + .001][2::2] == [True, True]");
    EXPECT_EQ(holds.value(), Value::kTrue) << clock;
  }
  const Ref<> now = ours.evaluate("time.time()");
  EXPECT_NEAR(as_float(now.value()), static_cast<double>(std::time(nullptr)), 2.0);
}

TEST_F(TimeTest, SleepsAsLongAsItSays) {
  Evaluator ours;
  ours.import_module("time");
  const platform::Nanos before = platform::now();
  ASSERT_TRUE(ours.evaluate("time.sleep(0.05)"));
  EXPECT_GE(platform::now() - before, 50 * platform::kMillisecond);
}

// A stop of the world does not wait for who sleeps.
TEST_F(TimeTest, SleepsDetached) {
  Evaluator ours;
  ours.import_module("time");
  const Ref<> sleep = ours.evaluate("time.sleep");
  std::thread sleeper = attached([&sleep](Thread&) {
    const Ref<> span = make_float(0.2);
    EXPECT_TRUE(call_with(sleep.value(), {span.value()}));
  });
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(ours.evaluate("[1] * 100"));
  join_detached(sleeper);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
