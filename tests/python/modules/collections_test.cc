#include "tests/python/modules/evaluator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using CollectionsTest = ObjectsTest;

TEST_F(CollectionsTest, AnswersAsCPythonDoes) {
  OROCHI_NEED_PYTHON();
  SameAsPython same({"_collections"});
  same.define("deque", "_collections.deque");
  same.define("defaultdict", "_collections.defaultdict");
  same.define("getter", "_collections._tuplegetter");
  for (const char* const expression : {
           "deque[int]",
           "defaultdict[int, str]",
           "deque",
           "defaultdict",
           "getter",
           "_collections._deque_iterator",
           // making
           "deque()",
           "deque('abc')",
           "deque('abcdef', 3)",
           "deque('abc', maxlen=0)",
           "deque(iterable='abc', maxlen=None)",
           "deque(3)",
           "deque(None)",
           "deque('a', -1)",
           "deque('a', 'b')",
           "deque('a', 2, 3)",
           "deque(x=1)",
           "deque('abc', maxlen=2).maxlen",
           "deque().maxlen",
           "[d := deque('ab'), setattr(d, 'maxlen', 3)]",
           "[d := deque('ab', 5), d.__init__('xyz', 2), d]",
           "[d := deque('ab'), d.__init__(), d]",
           // ends
           "[d := deque(), d.append(1), d.appendleft(2), d, d.pop(), d.popleft(), d]",
           "deque().pop()",
           "deque().popleft()",
           "deque().append()",
           "deque().append(1, 2)",
           "[d := deque('abc', 3), d.append('d'), d.appendleft('z'), d]",
           "[d := deque(), d.extend(range(30)), [d.popleft() for i in range(20)], d.extend('abc'), "
           "d]",
           "[d := deque(), d.extendleft('abc'), d]",
           "[d := deque('ab'), d.extend(d), d]",
           "[d := deque('ab'), d.extendleft(d), d]",
           "deque().extend(3)",
           "[d := deque('ab', 3), d.extend('cdefg'), d, d.extendleft('xyzw'), d]",
           "[d := deque('abc', 0), d.append(1), d, len(d)]",
           "[d := deque(range(5)), d.clear(), d, d.append(3), d]",
           // rotate
           "[d := deque('abcde'), [(d.rotate(n), list(d)) for n in (1, -1, 2, 7, -12, 0, 5, 3)]]",
           "[d := deque(range(16)), d.rotate(3), d, d.rotate(-9), d]",
           "deque().rotate(3)",
           "[d := deque('ab'), d.rotate(), d]",
           "deque('ab').rotate('x')",
           "deque('ab').rotate(1.5)",
           "[d := deque(range(8)), [d.rotate(1) for i in range(11)], d, d.append(8), d]",
           "[d := deque('abcd'), d.reverse(), d, d.reverse(), d]",
           "[d := deque('abc'), d.reverse(), d]",
           // items
           "[deque('abc')[i] for i in (0, 1, 2, -1, -3)]",
           "deque('abc')[3]",
           "deque('abc')[-4]",
           "deque('abc')['a']",
           "deque('abc')[1:2]",
           "deque('abc')[True]",
           "deque('abc')[2**70]",
           "[d := deque('abc'), setitem(d, 1, 'X'), setitem(d, -1, 'Z'), d]",
           "setitem(deque('a'), 1, 2)",
           "delitem(deque('a'), 1)",
           "setitem(deque('a'), 'x', 2)",
           "[d := deque('abcde'), delitem(d, 2), d, delitem(d, -1), delitem(d, 0), d]",
           "[d := deque('abc'), d.insert(1, 'X'), d, d.insert(-1, 'Y'), d, d.insert(99, 'Z'), d]",
           "[d := deque('abc'), d.insert(-99, 'X'), d]",
           "deque('abc', 3).insert(0, 1)",
           "[d := deque(), d.insert(0, 1), d]",
           "deque().insert('a', 1)",
           "[d := deque(range(20)), [d.popleft() for i in range(7)], [d.append(x) for x in "
           "'abcdef'],"
           " d.insert(10, 'X'), delitem(d, 3), d]",
           // looking
           "deque('abca').count('a')",
           "deque('abca').index('c')",
           "deque('abca').index('a', 1)",
           "deque('abca').index('a', 1, 3)",
           "deque('abca').index('z')",
           "deque('abc').index('c', -1)",
           "deque('abc').index('a', -99, 99)",
           "deque('abc').index('a', 'x')",
           "'b' in deque('abc')",
           "'z' in deque('abc')",
           "[d := deque('abcb'), d.remove('b'), d]",
           "deque('abc').remove('z')",
           "len(deque(range(100)))",
           "[not deque(), not deque('a')]",
           // operators
           "deque('ab') + deque('cd')",
           "deque('ab') + 'cd'",
           "deque('ab') + [1]",
           "[1] + deque('ab')",
           "deque('ab', 3) + deque('cd')",
           "deque('ab') * 3",
           "3 * deque('ab')",
           "deque('ab') * 0",
           "deque('abc', 4) * 3",
           "deque('ab') * -1",
           "deque('ab') * 'x'",
           "deque('ab') * 1.5",
           "deque('ab') == deque('ab')",
           "deque('ab') == deque('ab', 2)",
           "deque('ab') == ['a', 'b']",
           "deque('ab') < deque('ac')",
           "deque('ab') < deque('abc')",
           "deque('ab') >= deque('b')",
           "deque('ab') != deque('abc')",
           "deque('ab') < [1]",
           "hash(deque())",
           "[d := deque('ab'), d.append(d), d]",
           "deque('ab', maxlen=7)",
           // copies
           "deque('ab', 3).copy()",
           "deque('ab', 3).__copy__()",
           "deque('ab').__reduce__()[:3]",
           "deque('ab', 5).__reduce__()[1:3]",
           "list(deque('ab', 5).__reduce__()[3])",
           // iterators
           "list(deque('abc').__reversed__())",
           "[i := iter(deque('abc')), next(i), i.__length_hint__()]",
           "[d := deque('abc'), i := iter(d), next(i), d.append('x'), caught(lambda: next(i)),"
           " caught(lambda: next(i)), i.__length_hint__()][4:]",
           "[d := deque('abc'), i := iter(d), next(i), setitem(d, 1, 'X'), next(i)][2:]",
           "[d := deque('abc'), i := iter(d), list(i), d.append(1), caught(lambda: next(i))][2:]",
           "list(_collections._deque_iterator(deque('abcd'), 2))",
           "list(_collections._deque_reverse_iterator(deque('abcd'), 1))",
           "_collections._deque_iterator(3)",
           "iter(deque('ab')).__reduce__()[1]",
           // defaultdict
           "defaultdict()",
           "defaultdict(int)",
           "defaultdict(list, {1: 2}, a=3)",
           "defaultdict(3)",
           "defaultdict(int, 1, 2)",
           "defaultdict(None, [(1, 2)])",
           "[d := defaultdict(list), d['a'].append(1), d['a'].append(2), d['b'], d]",
           "defaultdict(None)[3]",
           "defaultdict()[3]",
           "defaultdict(int).default_factory",
           "[d := defaultdict(int), setattr(d, 'default_factory', None), caught(lambda: d['a'])]",
           "[d := defaultdict(int, a=1), e := d.copy(), e['x'], d, e]",
           "[d := defaultdict(int), d.get('a'), d.get('a', 5), len(d)]",
           "[d := defaultdict(lambda: 5 // 0), caught(lambda: d[1]), len(d)][1:]",
           "defaultdict(int, a=1) | {'b': 2}",
           "{'b': 2} | defaultdict(int, a=1)",
           "defaultdict(int) | 3",
           "[d := defaultdict(int, a=1).__reduce__()[:4]]",
           "defaultdict(int, a=1) == {'a': 1}",
           "isinstance(defaultdict(), dict)",
           "defaultdict(int).__missing__('k')",
           "hash(defaultdict())",
           "[d := defaultdict(None), setattr(d, 'default_factory', d.copy) , len(repr(d)) > 20][2]",
           // _count_elements
           "[d := {}, _collections._count_elements(d, 'abca'), d]",
           "[d := {'a': 5}, _collections._count_elements(d, ['a', 1]), d]",
           "_collections._count_elements({}, 3)",
           "_collections._count_elements({}, [[]])",
           "_collections._count_elements({'a': 'x'}, 'a')",
           "_collections._count_elements(3, 'a')",
           "[d := defaultdict(int), _collections._count_elements(d, 'aab'), d]",
           // _tuplegetter
           "getter(0, 'doc')",
           "getter(1, 'doc').__get__((1, 2), tuple)",
           "getter(1, None).__doc__",
           "getter(2, '').__get__((1, 2), tuple)",
           "getter(2, '').__get__([1, 2], list)",
           "getter(1, 'x').__get__(None, tuple)",
           "getter('a', 'x')",
           "getter(1)",
           "getter(1, 'x').__reduce__()[1]",
           "getter(1, 'x').__set__((1,), 2)",
           "getter(1, 'x').__delete__((1,))",
       })
    same(expression);
  EXPECT_EQ(same.finish(), 0) << "lines above were false";
}

TEST_F(CollectionsTest, TellsOfChangesWhileItemsAreAsked) {
  Evaluator ours;
  ours.import_module("_collections");
  Body body;
  body.method("__eq__", [](std::span<const Value> arguments) -> Ref<> {
    const Ref<> deque = get(arguments[0], "deque");
    const Ref<> append = get(deque, "append");
    if (!call_with(append.value(), {Value::kNone})) return kRaised;
    return Special::kFalse;
  });
  Type& kind = a_class("Changes", {&object_type()}, std::move(body));
  const Ref<> item = new_of(kind);
  Ref<> deque = ours.evaluate("_collections.deque('ab')");
  ASSERT_EQ(set(item, "deque", deque.share()), Status::kDone);
  ours.set("d", std::move(deque));
  ours.set("item", item.share());
  const auto text = [&](const char* expression) { return text_of(ours.evaluate(expression)); };
  EXPECT_EQ(text("d.count(item)"), "raised deque mutated during iteration");
  EXPECT_EQ(text("d.index(item)"), "raised deque mutated during iteration");
  EXPECT_EQ(text("item in d"), "raised deque mutated during iteration");
  EXPECT_EQ(text("d.remove(item)"), "raised deque mutated during remove().");
  EXPECT_EQ(text("d.clear()"), "NoneType");
}

// What one thread puts in another takes out, in order.
TEST_F(CollectionsTest, IsAQueueBetweenThreads) {
  constexpr int kItems = 30'000;
  Evaluator ours;
  ours.import_module("_collections");
  const Ref<> deque = ours.evaluate("_collections.deque()");
  const Ref<> append = get(deque, "append");
  const Ref<> popleft = get(deque, "popleft");
  std::thread producer = attached([&](Thread&) {
    for (int i = 0; i < kItems; ++i) {
      const Ref<> number = an_int(i);
      EXPECT_TRUE(call_with(append.value(), {number.value()}));
    }
  });
  std::thread consumer = attached([&](Thread&) {
    for (int i = 0; i < kItems;) {
      const Ref<> number = call(popleft.value(), {});
      if (!number) {
        EXPECT_EQ(Error::take().text(), "pop from an empty deque");
        continue;
      }
      EXPECT_EQ(number.value().as_int(), i++);
    }
  });
  join_detached(producer);
  join_detached(consumer);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
