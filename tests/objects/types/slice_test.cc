#include "objects/types/slice.h"

#include "objects/types/int_arithmetic.h"
#include "tests/objects/python_oracle.h"
#include "tests/objects/types/lists.h"
#include "tests/objects/types/method_calls.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class SliceTest : public SequencesTest {
 protected:
  static Ref<Slice> of(Value start, Value stop, Value step) {
    return Slice::make(Ref<>::of(start), Ref<>::of(stop), Ref<>::of(step));
  }
  static SlicePart part(const Ref<Slice>& slice, std::size_t size) {
    SliceBounds bounds;
    EXPECT_EQ(bounds.read(*slice), Status::kDone);
    return bounds.within(size);
  }
  static std::string refused(const Ref<Slice>& slice) {
    SliceBounds bounds;
    EXPECT_EQ(bounds.read(*slice), Status::kFailed);
    const std::string text = raised();
    SliceIndices indices;
    EXPECT_EQ(indices.read(*slice, key_of(5)), Status::kFailed);
    EXPECT_EQ(raised(), text);
    return text;
  }
};

TEST_F(SliceTest, SaysWhichPlaces) {
  const SlicePart part = SliceTest::part(of(key_of(-2), Value::kNone, key_of(-3)), 10);
  EXPECT_EQ(part.count, 3U);
  EXPECT_EQ(part.place(0), 8U);
  EXPECT_EQ(part.place(2), 2U);
  EXPECT_EQ(part.ascending().place(0), 2U);
  EXPECT_EQ(part.ascending().place(2), 8U);
}

// Bounds and steps at the edges of 64 bits, and beyond them.
TEST_F(SliceTest, AgreesWithPythonWhateverTheBounds) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  std::vector<Ref<>> numbers;
  numbers.push_back(Special::kNone);
  for (const std::int64_t n : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{3},
                               std::int64_t{-4}, INT64_MAX, INT64_MIN, INT64_MIN + 1})
    numbers.push_back(make_int(n));
  numbers.push_back(int_power(key_of(10), key_of(30)));
  numbers.push_back(int_negative(numbers.back().value()));
  for (const Ref<>& start : numbers)
    for (const Ref<>& stop : numbers)
      for (const Ref<>& step : numbers) {
        const Ref<Slice> slice = of(start.value(), stop.value(), step.value());
        if (step.value() == key_of(0)) continue;
        SliceIndices indices;
        ASSERT_EQ(indices.read(*slice, key_of(5)), Status::kDone);
        const SlicePart part = SliceTest::part(slice, 5);
        std::ostringstream line;
        line << "(lambda s: s.indices(5) == (" << shown(indices.start.value()) << ','
             << shown(indices.stop.value()) << ',' << shown(indices.step.value())
             << ") and len(range(5)[s]) == " << part.count << ")(" << shown(slice.value()) << ')';
        python.expect(line.str());
      }
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(SliceTest, IndicesOfSequencesOfAnyLength) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  const Ref<> length = int_power(key_of(10), key_of(25));
  for (const std::int64_t start : {3, -3})
    for (const std::int64_t step : {2, -2}) {
      SliceIndices indices;
      const Ref<Slice> slice = of(key_of(start), Value::kNone, key_of(step));
      ASSERT_EQ(indices.read(*slice, length.value()), Status::kDone);
      std::ostringstream line;
      line << shown(slice.value()) << ".indices(10**25) == (" << shown(indices.start.value()) << ','
           << shown(indices.stop.value()) << ',' << shown(indices.step.value()) << ')';
      python.expect(line.str());
    }
  EXPECT_EQ(python.finish(), 0);
}

TEST_F(SliceTest, RefusesWhatIsNoBound) {
  constexpr const char* kNoIndex =
      "TypeError: slice indices must be integers or None or have an __index__ method";
  const Value half = Value::of_float(0.5);
  EXPECT_EQ(refused(of(half, Value::kNone, Value::kNone)), kNoIndex);
  EXPECT_EQ(refused(of(Value::kNone, half, Value::kNone)), kNoIndex);
  EXPECT_EQ(refused(of(Value::kNone, Value::kNone, half)), kNoIndex);
  EXPECT_EQ(refused(of(half, half, key_of(0))), "ValueError: slice step cannot be zero");
}

TEST_F(SliceTest, IsComparedAsATupleAndShown) {
  using enum CompareOp;
  const Ref<Slice> a = of(key_of(1), key_of(2), Value::kNone);
  const Ref<Slice> b = of(key_of(1), key_of(3), Value::kNone);
  EXPECT_EQ(compare_truth(kEqual, a.value(), a.value()), Truth::kTrue);
  EXPECT_EQ(compare_truth(kEqual, a.value(), b.value()), Truth::kFalse);
  EXPECT_EQ(compare_truth(kLess, a.value(), b.value()), Truth::kTrue);
  EXPECT_EQ(compare_truth(kEqual, a.value(), key_of(1)), Truth::kFalse);
  EXPECT_EQ(shown(a.value()), "slice(1, 2, None)");
  std::int64_t result = 0;
  EXPECT_EQ(hash(a.value(), result), Status::kFailed);
  EXPECT_EQ(raised(), "TypeError: unhashable type: 'slice'");
}

TEST_F(SliceTest, Methods) {
  OROCHI_NEED_PYTHON();
  MethodCalls calls;
  const Ref<Slice> slice = of(key_of(1), Value::kNone, key_of(2));
  const Ref<> huge = int_power(key_of(10), key_of(20));
  const Ref<> text = Str::of_ascii("x");
  for (const Value length :
       {key_of(5), key_of(0), key_of(-1), Value::kTrue, huge.value(), text.value(), Value::kNone})
    calls.expect(slice.value(), "indices", {length});
  calls.expect(slice.value(), "indices", {});
  EXPECT_TRUE(calls.finish());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
