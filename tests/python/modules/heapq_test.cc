#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using HeapqTest = ObjectsTest;

TEST_F(HeapqTest, AnswersAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"_heapq"});
  same.define("h", "_heapq");
  for (const char* const expression : {
           "[l := [5, 3, 8, 1, 9, 2], h.heapify(l), l, [h.heappop(l) for i in range(6)], l]",
           "[l := [], [h.heappush(l, x) for x in [4, 1, 7, 3, 8, 1]], l]",
           "[l := [x * 7919 % 1009 for x in range(1000)], h.heapify(l), l]",
           "[l := [x * 7919 % 1009 for x in range(300)], h._heapify_max(l), l,"
           " [h._heappop_max(l) for i in range(50)], l]",
           "[l := [1, 5, 3], h.heapreplace(l, 9), l]",
           "[l := [9, 5, 3], h._heapreplace_max(l, 1), l]",
           "[l := [2, 5, 3], h.heappushpop(l, 1), l, h.heappushpop(l, 4), l]",
           "h.heappushpop([], 3)",
           "h.heappop([])",
           "h.heapreplace([], 1)",
           "h._heappop_max([])",
           "h._heapreplace_max([], 1)",
           "h.heappop((1,))",
           "h.heappush(3, 1)",
           "h.heapify((1, 2))",
           "h.heapify()",
           "h.heappush([])",
           "h.heapify([1, 'a'])",
           "h.heappush([1], 'a')",
           "h.heapreplace(1, 2)",
           "h.heappushpop(1, 2)",
           "h.heappushpop([1], 'a')",
           "[l := [3], h.heappop(l), l]",
           "h.heapify([])",
           "h._heapify_max(3)",
           "h._heappop_max(3)",
           "[l := [1.5, 2, 0], h.heapify(l), l]",
       })
    same(expression);
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

TEST_F(HeapqTest, TellsOfListsThatShrinkMeanwhile) {
  Body body;
  body.method("__lt__", [](std::span<const Value> arguments) -> Ref<> {
    const Ref<> heap = get(arguments[0], "heap");
    return call(get(heap, "clear").value(), {}) ? Ref<>(Special::kTrue) : Ref<>();
  });
  Type& kind = a_class("Clears", {&object_type()}, std::move(body));
  Evaluator ours;
  ours.import_module("_heapq");
  ours.set("item", new_of(kind));
  ours.set("other", new_of(kind));
  for (const char* const expression :
       {"[l := [item, other], setattr(item, 'heap', l), setattr(other, 'heap', l), "
        "_heapq.heapify(l)]",
        "[l := [item, other], setattr(item, 'heap', l), setattr(other, 'heap', l), "
        "_heapq.heappush(l, item)]"})
    EXPECT_EQ(text_of(ours.evaluate(expression)), "raised list changed size during iteration");
  EXPECT_TRUE(ours.evaluate("[setattr(item, 'heap', 0), setattr(other, 'heap', 0)]"));
}

// Threads push and pop; nothing is lost and the least comes first in the end.
TEST_F(HeapqTest, IsSharedByThreads) {
  constexpr int kItems = 3'000;
  Evaluator ours;
  ours.import_module("_heapq");
  ours.set("heap", ours.evaluate("[]"));
  const Ref<> heap = ours.evaluate("heap");
  const Ref<> push = ours.evaluate("_heapq.heappush");
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t)
    threads.push_back(attached([&heap, &push, t](Thread&) {
      for (int i = 0; i < kItems; ++i) {
        const Ref<> number = an_int((i * 7919 + t) % 10'007);
        EXPECT_TRUE(call_with(push.value(), {heap.value(), number.value()}));
      }
    }));
  for (std::thread& thread : threads) join_detached(thread);
  EXPECT_EQ(ours.evaluate("[l := list(heap), s := sorted(l), "
                          "s == [_heapq.heappop(heap) for x in l]][2]")
                .value(),
            Value::kTrue);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
