#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using FunctoolsTest = ObjectsTest;

TEST_F(FunctoolsTest, AnswersAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"_functools"});
  same.define("partial", "_functools.partial");
  same.define("reduce", "_functools.reduce");
  same.define("cmp_to_key", "_functools.cmp_to_key");
  same.define("wrap", "_functools._lru_cache_wrapper");
  same.define("show", "lambda *a, **k: (a, k)");
  same.define("cached", "lambda f, most=None, typed=False: wrap(f, most, typed, lambda *a: a)");
  for (const char* const expression : {
           "partial[int]",
           "partial",
           "wrap",
           // reduce
           "reduce(lambda a, b: a + b, [1, 2, 3])",
           "reduce(lambda a, b: a + b, [], 5)",
           "reduce(lambda a, b: a * b, [2, 3], 10)",
           "reduce(lambda a, b: a, [])",
           "reduce(int, 3)",
           "reduce(int)",
           "reduce(None, [1])",
           "reduce(None, [1, 2])",
           "reduce(1, 2, 3, 4)",
           // partial
           "partial(show, 1, 2)(3, 4)",
           "partial(show, a=1)(2, b=3)",
           "partial(show, a=1, b=2)(b=3)",
           "partial()",
           "partial(3)",
           "partial(int, base=2)('1011')",
           "partial(partial(show, 1), 2)(3)",
           "partial(partial(show, 1, a=2), 3, b=4, a=5)()",
           "partial(int, '5')",
           "partial(int, a=[1])",
           "partial(show, 1).func is show",
           "partial(int, 1, 2).args",
           "partial(int, x=2).keywords",
           "partial(int).__dict__",
           "[p := partial(int), setattr(p, 'a', 3), p.a, p.__dict__]",
           "[p := partial(int), setattr(p, 'a', 3), partial(p, 5).func][2]",
           "partial(partial(int, 3), 5).func",
           "partial(partial(int, 3), 5).args",
           "setattr(partial(int), 'func', 3)",
           "partial(int, 1, a=2).__reduce__()[1:]",
           "[p := partial(int), p.__setstate__((str, (1,), {'a': 2}, None)), p, p.__dict__]",
           "partial(int).__setstate__(3)",
           "partial(int).__setstate__((1, 2))",
           "[p := partial(int), p.__setstate__((str, (p,), {}, None)), p]",
           "partial(show, *'abcdefghij')(*'klmnopq')",
           "partial(show, x=1)(**{'y': 2})",
           "partial(int, 'a', 'b', 'c')()",
           "partial(lambda: 0)(1) if 0 else 5",
           // cmp_to_key
           "sorted([cmp_to_key(lambda a, b: b - a)(x) for x in [3, 1, 2]])[0].obj",
           "[k := cmp_to_key(lambda a, b: a - b), k(1) < k(2), k(1) == k(1), k(3) <= k(2)][1:]",
           "cmp_to_key(int)(1) < 2",
           "cmp_to_key(int) < cmp_to_key(int)",
           "cmp_to_key()",
           "cmp_to_key(int)(obj=3).obj",
           "cmp_to_key(int)()",
           "cmp_to_key(int)(1, 2)",
           "cmp_to_key(int)(x=2)",
           "hash(cmp_to_key(int)(3))",
           "cmp_to_key(mycmp=int)(4).obj",
           "cmp_to_key(lambda a, b: 'x')(1) < cmp_to_key(int)(2)",
           "cmp_to_key(int).obj",
           "cmp_to_key(lambda a, b: a // b)(1) < cmp_to_key(int)(0)",
           // lru_cache
           "[calls := [], f := cached(lambda x: calls.append(x)), [f(i % 3) for i in range(9)], "
           "calls,"
           " f.cache_info()][2:]",
           "[calls := [], f := cached(lambda x: calls.append(x), 2), [f(i % 3) for i in range(7)],"
           " calls, f.cache_info()][2:]",
           "[calls := [], f := cached(lambda x: calls.append(x), 3),"
           " [f(x) for x in 'abcadeabcc'], calls, f.cache_info()][2:]",
           "[f := cached(lambda x: x, 0), [f(1), f(1)], f.cache_info()][1:]",
           "[f := cached(lambda x: x, -5), [f(1), f(1)], f.cache_info()][1:]",
           "[f := cached(lambda *a, **k: (a, k), 8), f(1), f(1.0), f(True), f(x=1), f(y=1), f(1, "
           "x=2),"
           " f(x=1), f.cache_info()][1:]",
           "[f := cached(lambda *a, **k: (a, k), 8, True), f(1), f(1.0), f(1), f('a'), f(x=1),"
           " f(x=1.0), f(x=1), f.cache_info()][1:]",
           "[f := cached(lambda x: x, 8), f(1), f(1), f.cache_clear(), f.cache_info(), f(1),"
           " f.cache_info()][1:]",
           "[f := cached(lambda x: x), f(1), f.cache_clear(), f.cache_info()][1:]",
           "cached(lambda x: x)([])",
           "cached(lambda x: x, 4)({})",
           "cached(3)",
           "cached(int, 'x')",
           "cached(lambda x: x // 0)(3)",
           "[f := cached(lambda x: 1 // x, 2), caught(lambda: f(0)),"
           " caught(lambda: f(0)), f(1), f.cache_info()][1:]",
           "[f := cached(int), setattr(f, 'x', 3), f.x, f.__copy__() is f, f.__deepcopy__({}) is "
           "f][2:]",
           "cached(lambda *a: a).__get__(5)(6)",
           "cached(lambda *a: a).__get__(None, int)(6)",
           "wrap(user_function=int, maxsize=1, typed=0, cache_info_type=3)('7')",
           "[f := cached(lambda n: n if n < 2 else f(n - 1) + f(n - 2)), f(90), "
           "f.cache_info()][1:]",
           "[f := cached(lambda n: n if n < 2 else f(n - 1) + f(n - 2), 3), f(60), "
           "f.cache_info()][1:]",
       })
    same(expression);
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

// What each caller gets is right, and the cache holds what it may.
TEST_F(FunctoolsTest, ThreadsShareACache) {
  constexpr int kCalls = 20'000;
  Evaluator ours;
  ours.import_module("_functools");
  for (const char* const most : {"None", "7", "1"}) {
    ours.set("square", ProgramFunction::make([](std::span<const Value> arguments) -> Ref<> {
               return binary(BinaryOp::kMultiply, arguments[0], arguments[0]);
             }));
    const Ref<> cached = ours.evaluate(std::string("_functools._lru_cache_wrapper(square, ") +
                                       most + ", False, (lambda *a: a))");
    ASSERT_TRUE(cached) << pending_text();
    std::vector<std::thread> threads;
    for (int seed = 1; seed <= 4; ++seed)
      threads.push_back(attached([&cached, seed](Thread&) {
        for (int i = 0; i < kCalls; ++i) {
          const int n = (i * seed) % 11;
          const Ref<> number = an_int(n);
          const Ref<> square = call_with(cached.value(), {number.value()});
          EXPECT_EQ(square.value(), Value::of_int(n * n));
        }
      }));
    for (std::thread& thread : threads) join_detached(thread);
    ours.set("cached", cached.share());
    EXPECT_EQ(text_of(ours.evaluate("[i := cached.cache_info(), i[0] + i[1]][1]")),
              std::to_string(4 * kCalls));
    EXPECT_EQ(text_of(ours.evaluate(std::string("i[3] <= (") + most + " or 11)")), "bool");
    EXPECT_EQ(ours.evaluate(std::string("i[3] == (") + most + " or 11)").value(), Value::kTrue);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
