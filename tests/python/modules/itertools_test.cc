#include <algorithm>
#include <vector>

#include "objects/types/list.h"
#include "python/modules/native_module.h"
#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ItertoolsTest : public ObjectsTest {};

TEST_F(ItertoolsTest, AnswersAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"itertools"});
  for (const char* const name :
       {"count", "cycle", "repeat", "chain", "islice", "accumulate", "compress", "dropwhile",
        "takewhile", "filterfalse", "groupby", "starmap", "zip_longest", "product", "permutations",
        "combinations", "combinations_with_replacement", "tee", "pairwise"})
    same.define(name, std::string("itertools.") + name);
  same.define("first", "lambda it, n=6: list(islice(it, n))");
  for (const char* const expression : {
           "itertools.count",
           "itertools.chain[int]",
           // count
           "first(count())",
           "first(count(5, 3))",
           "first(count(2.5, .5))",
           "first(count(10, -4))",
           "first(count(step=2, start=1))",
           "first(count(2**62 - 2))",
           "first(count(2**100, 2**99))",
           "repr(count(3))",
           "repr(count(3, 2))",
           "repr(count(1.5, 1))",
           "count('a')",
           "count(1, [])",
           "first(count(True))",
           "first(count(1j))",
           "count(1, 2, 3)",
           "count(x=1)",
           "[c := count(7), next(c), c]",
           "count(7).__reduce__()",
           "count(7, 3).__reduce__()",
           "first(count(False, 1.0))",
           // cycle, repeat
           "first(cycle('abc'), 8)",
           "first(cycle(''))",
           "cycle(5)",
           "cycle()",
           "cycle('a', 'b')",
           "list(repeat(3, 4))",
           "list(repeat(3, -4))",
           "first(repeat(x := 'a'), 3)",
           "repeat(1)",
           "repeat('a', 3)",
           "repeat(object='a', times=2)",
           "repeat()",
           "repeat(1, 'a')",
           "repeat(1, 2, 3)",
           "repeat(1).__length_hint__()",
           "repeat(1, 5).__length_hint__()",
           "[r := repeat(1, 2), next(r), r, next(r), r]",
           "repeat(1).__reduce__()",
           "repeat(1, 2).__reduce__()",
           "repeat(5, times=-3)",
           // chain
           "list(chain())",
           "list(chain('abc', [1, 2], (), 'z'))",
           "list(chain('ab', 3))",
           "list(chain.from_iterable(['ab', 'cd']))",
           "chain.from_iterable(3)",
           "list(chain.from_iterable([1]))",
           "chain(x=1)",
           "list(chain(3))",
           "[c := chain('ab', 3, 'c'), next(c), next(c), caught(lambda: next(c)), next(c, 0)]",
           // islice
           "list(islice('abcdefg', 2))",
           "list(islice('abcdefg', 2, 4))",
           "list(islice('abcdefg', 2, None))",
           "list(islice('abcdefg', 0, None, 2))",
           "list(islice('abcdefg', None, None, 3))",
           "list(islice('abcdefg', 1, 6, 2))",
           "list(islice('abc', 10, None))",
           "list(islice('abc', 0))",
           "list(islice('abc', 2, 1))",
           "islice('abc')",
           "islice('abc', -1)",
           "islice('abc', -2)",
           "islice('abc', 'x')",
           "islice('abc', 1, -1)",
           "islice('abc', -1, 2)",
           "islice('abc', 'a', 2)",
           "islice('abc', 1, 2, 0)",
           "islice('abc', 1, 2, 'a')",
           "islice('abc', 1, 2, 3, 4)",
           "islice(3, 1)",
           "islice('abc', stop=1)",
           "islice('abc', 2**70)",
           "[i := iter(list('abcdefg')), list(islice(i, 3)), next(i)]",
           "[i := iter(list('abcdefg')), list(islice(i, 1, 4, 2)), next(i)]",
           "[i := iter(list('abcdefg')), list(islice(i, 3, 1)), next(i)]",
           // filters
           "list(compress('abcdef', [1, 0, 1, 0, 1, 1]))",
           "list(compress('abc', [1]))",
           "list(compress('', [1]))",
           "compress('a')",
           "compress(1, 2)",
           "list(compress(data='ab', selectors=[0, 1]))",
           "list(dropwhile(lambda x: x < 5, [1, 4, 6, 4, 1]))",
           "list(takewhile(lambda x: x < 5, [1, 4, 6, 4, 1]))",
           "list(filterfalse(lambda x: x % 2, range(10)))",
           "list(filterfalse(None, [0, 1, '', 2]))",
           "list(filterfalse(bool, [0, 1, '', 2]))",
           "list(dropwhile(3, [1]))",
           "list(takewhile(3, []))",
           "dropwhile(1)",
           "takewhile(1, 2)",
           "filterfalse()",
           "[t := takewhile(lambda x: x < 2, [1, 5, 1]), list(t), list(t)]",
           // folds
           "list(accumulate([1, 2, 3]))",
           "list(accumulate([]))",
           "list(accumulate([], initial=3))",
           "list(accumulate('abc'))",
           "list(accumulate([1, 2, 3], initial=100))",
           "list(accumulate([3, 4, 6], lambda a, b: a * b))",
           "list(accumulate([1, 'a']))",
           "list(accumulate([1, 2], func=None))",
           "list(accumulate([1, 2], initial=None))",
           "accumulate(3)",
           "accumulate([1], 2, 3)",
           "list(accumulate([1, 2], 3))",
           "list(pairwise('abcd'))",
           "list(pairwise('a'))",
           "list(pairwise(''))",
           "pairwise(3)",
           "list(starmap(lambda a, b: a ** b, [(2, 5), [3, 2], iter((10, 3))]))",
           "list(starmap(lambda *a: a, [(), (1,), '12345678901']))",
           "list(starmap(int, [3]))",
           // zip_longest
           "list(zip_longest())",
           "list(zip_longest('abc', [1]))",
           "list(zip_longest('', ''))",
           "list(zip_longest('ab', 'c', 'def', fillvalue='-'))",
           "zip_longest('a', 3)",
           "list(zip_longest('ab', fillvalue=0))",
           // groupby
           "[(k, list(g)) for k, g in groupby('aaabbcaa')]",
           "[(k, list(g)) for k, g in groupby([1, 1.0, 2, 3, 3])]",
           "list(groupby([]))",
           "[(k, list(g)) for k, g in groupby(range(9), lambda x: x // 4)]",
           "[k for k, g in groupby('aaabbcaa')]",
           "[g := groupby('aaab'), a := next(g)[1], next(a), next(g)[0], next(a, 'over')]",
           "[(k, list(g)) for k, g in groupby('aAb', key=str.upper)]",
           "groupby(3)",
           "[g := groupby('aab'), x := next(g), next(x[1]), list(x[1]), list(x[1]), next(g)[0]]",
           // tee
           "[list(t) for t in tee('abc')]",
           "[list(t) for t in tee('abc', 3)]",
           "tee('abc', 0)",
           "tee('a', -1)",
           "tee(3)",
           "tee([], 'a')",
           "[p := tee('abcdef'), first(p[0], 3), first(p[1], 2), list(p[0]), list(p[1])]",
           "[p := tee('abc')[0], next(p), q := p.__copy__(), list(p), list(q)][2:][1:]",
           "[p := tee('abc')[0], next(p), [list(x) for x in tee(p)]][1:]",
           // products
           "list(product())",
           "list(product('ab', range(3)))",
           "list(product([0, 1], repeat=3))",
           "list(product('ab', []))",
           "list(product('ab', repeat=0))",
           "product(repeat=-1)",
           "list(product([], repeat=0))",
           "product(3)",
           "list(product('ab', 'c', repeat=2))",
           "product('a', repeat='b')",
           "product('a', x=1)",
           "list(permutations('abc'))",
           "list(permutations('abcd', 2))",
           "list(permutations('ab', 3))",
           "list(permutations('ab', 0))",
           "permutations('ab', -1)",
           "permutations('ab', 'c')",
           "list(permutations('abc', r=1))",
           "permutations(3)",
           "len(list(permutations(range(6))))",
           "list(combinations('abcd', 2))",
           "list(combinations(range(4), 3))",
           "list(combinations('ab', 3))",
           "list(combinations('ab', 0))",
           "combinations('ab', -1)",
           "combinations('ab')",
           "combinations('ab', 'c')",
           "list(combinations(r=1, iterable='ab'))",
           "list(combinations_with_replacement('abc', 2))",
           "list(combinations_with_replacement('', 2))",
           "list(combinations_with_replacement('', 0))",
           "list(combinations_with_replacement('ab', 3))",
           "combinations_with_replacement('ab', -2)",
       })
    same(expression);
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

TEST_F(ItertoolsTest, TeesDoNotAskAnIteratorThatIsAsking) {
  Body body;
  body.method("__iter__", [](std::span<const Value> arguments) { return Ref<>::of(arguments[0]); });
  body.method("__next__", [](std::span<const Value> arguments) -> Ref<> {
    const Ref<> tee = get(arguments[0], "tee");
    Ref<> item;
    if (failed(next(tee.value(), item))) return kRaised;
    return item;
  });
  Type& kind = a_class("Again", {&object_type()}, std::move(body));
  Evaluator ours;
  ours.import_module("itertools");
  const Ref<> again = new_of(kind);
  ours.set("again", again.share());
  const Ref<> tee = ours.evaluate("itertools.tee(again)[0]");
  ASSERT_EQ(set(again, "tee", tee.share()), Status::kDone);
  Ref<> item;
  EXPECT_EQ(next(tee.value(), item), Status::kFailed);
  EXPECT_EQ(pending_text(), "cannot re-enter the tee iterator");
  EXPECT_EQ(set(again, "tee", Special::kNone), Status::kDone) << "or they hold each other";
}

// Each item of the source is given to one thread: all of them together have all, and none twice.
class Shared : public ItertoolsTest {
 protected:
  static constexpr int kItems = 20'000;
  static constexpr int kThreads = 4;

  // The numbers 0 to kItems - 1, in whatever order the threads got them.
  std::vector<std::int64_t> drain(std::string_view expression) {
    Evaluator ours;
    ours.import_module("itertools");
    Ref<List> numbers = List::make();
    for (int i = 0; i < kItems; ++i) EXPECT_EQ(numbers->append(an_int(i)), Status::kDone);
    ours.set("numbers", std::move(numbers));
    const Ref<> iterator = ours.evaluate(expression);
    EXPECT_TRUE(iterator) << expression << ": " << pending_text();
    std::vector<std::vector<std::int64_t>> got(kThreads);
    std::vector<std::thread> threads;
    for (auto& mine : got)
      threads.push_back(attached([&](Thread&) { take_all(iterator.value(), mine); }));
    for (std::thread& thread : threads) join_detached(thread);
    std::vector<std::int64_t> all;
    for (const auto& mine : got) all.insert(all.end(), mine.begin(), mine.end());
    std::sort(all.begin(), all.end());
    return all;
  }

  static void take_all(Value iterator, std::vector<std::int64_t>& mine) {
    for (int i = 0; i < kItems; ++i) {
      Ref<> item;
      EXPECT_EQ(next(iterator, item), Status::kDone);
      if (!item) return;
      if (item.value().is_int()) {
        mine.push_back(item.value().as_int());
        continue;
      }
      const auto& row = item.as<Tuple>();
      for (std::size_t k = 0; k < row.size(); ++k)
        if (row[k].is_int()) mine.push_back(row[k].as_int());
    }
  }

  static std::vector<std::int64_t> numbers(int count, int step = 1) {
    std::vector<std::int64_t> all;
    for (int i = 0; i < count; i += step) all.push_back(i);
    return all;
  }
};

TEST_F(Shared, EachItemIsGivenOnce) {
  for (const char* const expression :
       {"itertools.chain(numbers[:7000], numbers[7000:7001], (), numbers[7001:])",
        "itertools.chain.from_iterable([[x] for x in numbers])",
        "itertools.islice(itertools.count(), len(numbers))", "itertools.islice(numbers, None)",
        "itertools.filterfalse(str, numbers) if 0 else itertools.compress(numbers, [1] * 20000)",
        "itertools.starmap(int, [(x,) for x in numbers])", "itertools.tee(numbers)[0]",
        "itertools.product(numbers)", "itertools.permutations(numbers, 1)",
        "itertools.combinations(numbers, 1)", "itertools.zip_longest(numbers, numbers[:0])",
        "itertools.accumulate([0] + [1] * 19999)"})
    EXPECT_EQ(drain(expression), numbers(kItems)) << expression;
}

TEST_F(Shared, ARepeatIsGivenSoOften) {
  EXPECT_EQ(drain("itertools.repeat(0, 12345)").size(), 12345U);
}

TEST_F(Shared, ASliceTakesAsManyAsOneThreadWould) {
  EXPECT_EQ(drain("itertools.islice(numbers, 0, 9999, 3)").size(), 3333U);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
