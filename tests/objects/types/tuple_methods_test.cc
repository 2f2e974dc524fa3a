#include "objects/types/int_arithmetic.h"
#include "objects/types/list.h"
#include "objects/types/tuple_iterator.h"
#include "tests/objects/types/keys.h"
#include "tests/objects/types/method_calls.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class TupleMethodsTest : public ObjectsTest {
 protected:
  static Ref<Tuple> of(std::initializer_list<int> items) {
    Ref<Tuple> tuple = Tuple::make_blank(items.size());
    std::size_t i = 0;
    for (const int item : items) tuple->initialise(i++, number(item));
    return tuple;
  }
};

TEST_F(TupleMethodsTest, DoWhatPythonsDo) {
  OROCHI_NEED_PYTHON();
  MethodCalls calls;
  const Ref<> huge = int_power(key_of(2), key_of(64));
  const Ref<> text = Str::of_ascii("x");
  for (const Ref<Tuple>& tuple : {of({}), of({1, 2, 1})}) {
    for (const Value item : {key_of(1), key_of(9), text.value()}) {
      calls.expect(tuple.value(), "index", {item});
      calls.expect(tuple.value(), "count", {item});
      for (const Value bound : {key_of(1), key_of(-1), key_of(-9), huge.value(), Value::kNone})
        calls.expect(tuple.value(), "index", {item, bound});
    }
    calls.expect(tuple.value(), "index", {});
    calls.expect(tuple.value(), "count", {});
  }
  EXPECT_TRUE(calls.finish());
}

TEST_F(TupleMethodsTest, IteratorsSayHowFarItIs) {
  const Ref<> iterator = iterate(of({4, 5}).value());
  EXPECT_EQ(type_of(iterator.value()).name(), "tuple_iterator");
  EXPECT_EQ(call_method(iterator.value(), "__length_hint__").value(), key_of(2));
  for (const int expected : {4, 5}) {
    Ref<> item;
    EXPECT_EQ(next(iterator.value(), item), Status::kDone);
    EXPECT_EQ(item.value(), key_of(expected));
  }
  EXPECT_EQ(call_method(iterator.value(), "__length_hint__").value(), key_of(0));
}

TEST_F(TupleMethodsTest, ShowsSlicesMultipliesAndAdds) {
  OROCHI_NEED_PYTHON();
  PythonOracle python;
  const auto expect = [&](const Ref<>& result, const char* expression) {
    std::ostringstream line;
    line << expression << " == eval(" << (result ? written(result.value()) : "failed") << ')';
    python.expect(line.str());
  };
  const Ref<Tuple> tuple = of({1, 2, 3});
  expect(tuple.share(), "(1, 2, 3)");
  expect(of({1}), "(1,)");
  expect(of({}), "()");
  const Ref<Slice> slice = Slice::make(Ref<>(Special::kNone), Ref<>(Special::kNone), number(-2));
  expect(get_item(tuple.value(), slice.value()), "(1, 2, 3)[::-2]");
  expect(binary(BinaryOp::kMultiply, tuple.value(), key_of(2)), "(1, 2, 3) * 2");
  expect(binary(BinaryOp::kMultiply, key_of(-1), tuple.value()), "-1 * (1, 2, 3)");
  expect(binary(BinaryOp::kAdd, tuple.value(), of({4}).value()), "(1, 2, 3) + (4,)");
  expect(Tuple::from(List::of(number(1), number(2)).value()), "(1, 2)");
  expect(Tuple::from(iterate(tuple.value()).value()), "(1, 2, 3)");
  EXPECT_EQ(python.finish(), 0);
}

// What needs no other tuple is the same one.
TEST_F(TupleMethodsTest, MakesNoCopyOfItself) {
  const Ref<Tuple> tuple = of({1, 2, 3});
  const Ref<Slice> all = Slice::make(Ref<>(Special::kNone), Ref<>(Special::kNone), Special::kNone);
  EXPECT_EQ(get_item(tuple.value(), all.value()).value(), tuple.value());
  EXPECT_EQ(Tuple::from(tuple.value()).value(), tuple.value());
  EXPECT_EQ(binary(BinaryOp::kMultiply, tuple.value(), key_of(1)).value(), tuple.value());
  EXPECT_EQ(binary(BinaryOp::kAdd, tuple.value(), of({}).value()).value(), tuple.value());
  EXPECT_EQ(of({}).value(), Tuple::of().value());
}

TEST_F(TupleMethodsTest, TooLargeIsNoMemory) {
  EXPECT_FALSE(binary(BinaryOp::kMultiply, of({1, 2}).value(), make_int(INT64_MAX).value()));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_FALSE(binary(BinaryOp::kMultiply, of({1, 2}).value(), key_of(std::int64_t{1} << 59)));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

TEST_F(TupleMethodsTest, ShowsThatItContainsItself) {
  const Ref<List> list = List::make();
  const Ref<Tuple> tuple = Tuple::of(list.share());
  ASSERT_EQ(list->append(tuple.share()), Status::kDone);
  EXPECT_EQ(written(tuple.value()), "\"([(...)],)\"");
  list->clear();
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
