#include "objects/types/range.h"

#include <thread>

#include "objects/types/int_arithmetic.h"
#include "objects/types/range_iterator.h"
#include "tests/objects/types/lists.h"
#include "tests/objects/types/method_calls.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class RangeTest : public SequencesTest {
 protected:
  static Ref<Range> of(std::int64_t start, std::int64_t stop, std::int64_t step = 1) {
    return Range::make(make_int(start).value(), make_int(stop).value(), make_int(step).value());
  }
  // As an expression: all items of something iterable.
  static std::string items(Value iterable) { return shown(List::from(iterable).value()); }

  static Ref<> part(const Ref<Range>& range, Value start, Value stop, Value step) {
    const Ref<Slice> slice = Slice::make(Ref<>::of(start), Ref<>::of(stop), Ref<>::of(step));
    return get_item(range.value(), slice.value());
  }

  static void expect(PythonOracle& python, std::initializer_list<std::string> parts) {
    std::ostringstream line;
    for (const std::string& part : parts) line << part;
    python.expect(line.str());
  }

  const Ref<> huge_ = int_power(key_of(10), key_of(25));
};

TEST_F(RangeTest, GivesWhatPythonGives) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  for (const std::int64_t start : {-5, 0, 3})
    for (const std::int64_t stop : {-7, 0, 1, 8})
      for (const std::int64_t step : {-3, -1, 1, 2, 20}) {
        const Ref<Range> range = of(start, stop, step);
        const std::string text = shown(range.value());
        expect(python, {"list(", text, ") == ", items(range.value())});
        expect(python, {"len(", text, ") == ", shown(range->length())});
        expect(python, {"list(reversed(", text,
                        ")) == ", items(call_method(range.value(), "__reversed__").value())});
        expect(python, {"(", text, "[1:-1:2], ", text, "[::-1]) == (",
                        shown(part(range, key_of(1), key_of(-1), key_of(2)).value()), ", ",
                        shown(part(range, Value::kNone, Value::kNone, key_of(-1)).value()), ")"});
      }
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(RangeTest, IsOfAnySize) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  const Ref<> low = int_negative(huge_.value());
  const Ref<> step = int_power(key_of(10), key_of(24));
  const Ref<Range> range = Range::make(low.value(), huge_.value(), step.value());
  const std::string text = shown(range.value());
  EXPECT_FALSE(range->is_small());
  expect(python, {"list(", text, ") == ", items(range.value())});
  expect(python, {text, "[7] == ", shown(get_item(range.value(), key_of(7)).value())});
  expect(python, {text, "[-1] == ", shown(get_item(range.value(), key_of(-1)).value())});
  const Ref<Range> longer = Range::make(key_of(0), huge_.value(), key_of(1));
  expect(python,
         {"range(10**25)[10**24] == ", shown(get_item(longer.value(), step.value()).value())});
  expect(
      python,
      {"range(10**25)[-10**24:] == ",
       shown(
           part(longer, int_negative(step.value()).value(), Value::kNone, Value::kNone).value())});
  const Ref<RangeIterator> iterator = RangeIterator::make(*longer);
  Ref<> item;
  ASSERT_EQ(iterator->next(item), Status::kDone);
  expect(python, {"10**25 - 1 == ", shown(iterator->remaining().value())});
  std::size_t size = 0;
  EXPECT_EQ(length(longer.value(), size), Status::kFailed);
  EXPECT_EQ(raised(), "OverflowError: Python int too large to convert to C ssize_t");
  EXPECT_EQ(truth(longer.value()), Truth::kTrue);
  EXPECT_EQ(python.finish(), 0);
}

// At the edges of 64 bits.
TEST_F(RangeTest, ItemsDoNotOverflow) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  for (const Ref<Range>& range :
       {of(INT64_MAX - 2, INT64_MAX), of(INT64_MIN, INT64_MIN + 2),
        of(INT64_MAX, INT64_MIN, INT64_MIN), of(INT64_MIN, INT64_MAX, INT64_MAX),
        of(INT64_MIN, INT64_MAX, INT64_MAX / 2)})
    expect(python, {"list(", shown(range.value()), ") == ", items(range.value())});
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(RangeTest, MethodsDoWhatPythonsDo) {
  OROCHI_NEED_PYTHON();
  MethodCalls calls;
  const Ref<> text = Str::of_ascii("x");
  for (const Ref<Range>& range : {of(0, 10, 3), of(5, -5, -2), of(1, 1), of(0, 2)})
    for (const Value value : {key_of(3), key_of(-3), key_of(4), Value::of_float(3.0), Value::kTrue,
                              huge_.value(), text.value(), Value::kNone}) {
      calls.expect(range.value(), "index", {value});
      calls.expect(range.value(), "count", {value});
    }
  EXPECT_TRUE(calls.finish());
}

TEST_F(RangeTest, ComparesAndHashesByItems) {
  const auto equal = [](const Ref<Range>& a, const Ref<Range>& b) {
    std::int64_t left = 0;
    std::int64_t right = 0;
    EXPECT_EQ(hash(a.value(), left), Status::kDone);
    EXPECT_EQ(hash(b.value(), right), Status::kDone);
    const bool same = compare_truth(CompareOp::kEqual, a.value(), b.value()) == Truth::kTrue;
    EXPECT_TRUE(!same || left == right);
    return same;
  };
  EXPECT_TRUE(equal(of(0, 5, 2), of(0, 6, 2)));
  EXPECT_TRUE(equal(of(0, 0), of(7, 3, 9)));
  EXPECT_TRUE(equal(of(2, 3, 5), of(2, 4, 7)));
  EXPECT_FALSE(equal(of(0, 5), of(0, 6)));
  EXPECT_FALSE(equal(of(0, 4, 2), of(0, 2, 1)));
  EXPECT_FALSE(compare(CompareOp::kLess, of(0, 1).value(), of(0, 2).value()));
  EXPECT_EQ(raised(), "TypeError: '<' not supported between instances of 'range' and 'range'");
}

TEST_F(RangeTest, RaisesAsPythonDoes) {
  const Ref<Range> range = of(0, 3);
  EXPECT_FALSE(get_item(range.value(), key_of(3)));
  EXPECT_EQ(raised(), "IndexError: range object index out of range");
  EXPECT_FALSE(get_item(range.value(), Value::kNone));
  EXPECT_EQ(raised(), "TypeError: range indices must be integers or slices, not NoneType");
  EXPECT_FALSE(of(0, 1, 0));
  EXPECT_EQ(raised(), "ValueError: range() arg 3 must not be zero");
}

TEST_F(RangeTest, ThreadsShareAnIterator) {
  constexpr int kItems = 3'000;
  const Ref<RangeIterator> iterator = RangeIterator::make(*of(0, kItems));
  SysAtomic<std::int64_t> sum{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i)
    threads.push_back(attached([&](Thread&) {
      for (;;) {
        Ref<> item;
        ASSERT_EQ(iterator->next(item), Status::kDone);
        if (!item) return;
        sum.fetch_add(item.value().as_int(), kRelaxed);
      }
    }));
  for (std::thread& thread : threads) join_detached(thread);
  EXPECT_EQ(sum.load(kRelaxed), std::int64_t{kItems} * (kItems - 1) / 2);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
