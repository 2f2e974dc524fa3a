#include <algorithm>
#include <vector>

#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using RandomTest = ObjectsTest;

TEST_F(RandomTest, AnswersAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"_random"});
  same.define("R", "_random.Random");
  for (const std::string seed :
       {"0", "1", "-1", "42", "2**32", "2**64", "2**1000 + 7", "-2**70", "1.5", "True", "10**50"})
    for (const char* const use :
         {"[r.random() for i in range(700)]", "[r.getrandbits(k) for k in range(1, 200, 7)]",
          "[r.getrandbits(k) for k in (1, 31, 32, 33, 64, 65, 10000)]", "r.getstate()[600:]",
          "[r.random(), r.getstate()[624], s := r.getstate(), r.random(), r.setstate(s), "
          "r.random()][3::2]"})
      same("[r := R(" + seed + "), " + use + "][1]");
  for (const char* const expression :
       {"R", "R(1, 2)", "R(1).getrandbits(-1)", "R(1).getrandbits(0)", "R(1).getrandbits('a')",
        "R(1).setstate(3)", "R(1).setstate((1, 2))", "R(1).setstate((0,) * 624 + (700,))",
        "R(1).setstate((0,) * 624 + ('a',))", "R(1).setstate((-1,) * 624 + (1,))",
        "R(1).seed(1, 2)", "R([])", "[r := R(), r.seed(5), r.random()][1:]",
        "[r := R(3), r.seed(3), r.random()][1:]", "R(1).random(2)", "0 <= R().random() < 1",
        "R().random() != R().random()"})
    same(expression);
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

// Threads share a generator: no number is drawn twice.
TEST_F(RandomTest, ThreadsDrawNumbersOfOneSequence) {
  constexpr int kDraws = 5'000;
  Evaluator ours;
  ours.import_module("_random");
  const Ref<> bits = ours.evaluate("_random.Random(7).getrandbits");
  std::vector<std::int64_t> got[3];
  std::vector<std::thread> threads;
  for (auto& mine : got)
    threads.push_back(attached([&](Thread&) {
      for (int i = 0; i < kDraws; ++i) {
        const Ref<> number = call_with(bits.value(), {Value::of_int(32)});
        mine.push_back(number.value().as_int());
      }
    }));
  for (std::thread& thread : threads) join_detached(thread);
  std::vector<std::int64_t> all;
  for (const auto& mine : got) all.insert(all.end(), mine.begin(), mine.end());
  std::sort(all.begin(), all.end());
  const Ref<> wanted = ours.evaluate(
      "[r := _random.Random(7), sorted([r.getrandbits(32) for i in range(15000)])][1]");
  for (std::size_t i = 0; i < all.size(); ++i)
    ASSERT_EQ(get_item(wanted.value(), an_int(static_cast<std::int64_t>(i)).value()).value(),
              Value::of_int(all[i]));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
