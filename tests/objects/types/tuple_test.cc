#include "objects/types/tuple.h"

#include "memory/fault.h"
#include "objects/model/operations.h"
#include "runtime/safepoint.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

Ref<> number(std::int64_t value) { return Ref<>::adopt(Value::of_int(value)); }

class TupleTest : public ObjectsTest {
 protected:
  template <class... Numbers>
  static Ref<Tuple> ints(Numbers... numbers) {
    return Tuple::of(number(numbers)...);
  }
  static Truth ask(CompareOp op, const Ref<Tuple>& a, const Ref<Tuple>& b) {
    return compare_truth(op, a.value(), b.value());
  }
  static std::int64_t hash_of(const Ref<Tuple>& tuple) {
    std::int64_t result = 0;
    EXPECT_EQ(hash(tuple.value(), result), Status::kDone);
    return result;
  }
};
using TupleConcurrency = TupleTest;

TEST_F(TupleTest, HasItsItemsInOrder) {
  const Ref<Tuple> tuple = ints(1, 2, 3);
  ASSERT_EQ(tuple->size(), 3U);
  EXPECT_EQ((*tuple)[0].as_int(), 1);
  EXPECT_EQ(tuple->load(2).value().as_int(), 3);
  EXPECT_EQ(Tuple::of()->size(), 0U);
}

TEST_F(TupleTest, EndsItsItems) {
  { const Ref<Tuple> tuple = Tuple::of(Witness::value(), Witness::value()); }
  EXPECT_EQ(ends(), 2);
}

TEST_F(TupleTest, ABlankOneMayEndBeforeItIsFull) {
  {
    const Ref<Tuple> tuple = Tuple::make_blank(5);
    tuple->initialise(1, Witness::value());
  }
  EXPECT_EQ(ends(), 1);
}

TEST_F(TupleTest, ItemsByNumber) {
  const Ref<Tuple> tuple = ints(10, 20, 30);
  const auto at = [&](std::int64_t i) { return get_item(tuple.value(), Value::of_int(i)); };
  EXPECT_EQ(at(0).value().as_int(), 10);
  EXPECT_EQ(at(-1).value().as_int(), 30);
  EXPECT_EQ(at(-3).value().as_int(), 10);
  for (const std::int64_t beyond :
       {std::int64_t{3}, std::int64_t{-4}, Value::kMaxInt, Value::kMinInt}) {
    EXPECT_FALSE(at(beyond));
    EXPECT_EQ(taken(), ErrorKind::kIndex);
  }
  EXPECT_FALSE(get_item(tuple.value(), tuple.value()));
  EXPECT_EQ(taken(), ErrorKind::kType);
}

TEST_F(TupleTest, Contains) {
  const Ref<Tuple> tuple = ints(1, 2);
  EXPECT_EQ(contains(tuple.value(), Value::of_int(2)), Truth::kTrue);
  EXPECT_EQ(contains(tuple.value(), Value::of_int(3)), Truth::kFalse);
}

TEST_F(TupleTest, ComparesByTheFirstDifferenceAndThenByLength) {
  using enum CompareOp;
  EXPECT_EQ(ask(kEqual, ints(1, 2), ints(1, 2)), Truth::kTrue);
  EXPECT_EQ(ask(kNotEqual, ints(1, 2), ints(1, 2)), Truth::kFalse);
  EXPECT_EQ(ask(kEqual, ints(1, 2), ints(1, 3)), Truth::kFalse);
  EXPECT_EQ(ask(kNotEqual, ints(1), ints(2)), Truth::kTrue);
  EXPECT_EQ(ask(kLess, ints(1, 9), ints(2, 0)), Truth::kTrue);
  EXPECT_EQ(ask(kGreater, ints(1, 9), ints(2, 0)), Truth::kFalse);
  EXPECT_EQ(ask(kLess, ints(1), ints(1, 0)), Truth::kTrue) << "a beginning is less";
  EXPECT_EQ(ask(kGreaterEqual, ints(1, 0), ints(1)), Truth::kTrue);
  EXPECT_EQ(ask(kLessEqual, ints(), ints()), Truth::kTrue);
  EXPECT_EQ(ask(kGreater, ints(), ints()), Truth::kFalse);
}

TEST_F(TupleTest, IsEqualToNoOtherType) {
  const Ref<Cell> cell = Cell::make({});
  EXPECT_EQ(compare_truth(CompareOp::kEqual, ints(1).value(), cell.value()), Truth::kFalse);
  EXPECT_EQ(compare_truth(CompareOp::kLess, ints(1).value(), cell.value()), Truth::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kType);
}

TEST_F(TupleTest, HashesAgreeWithEqualityAndDependOnOrder) {
  EXPECT_EQ(hash_of(ints(1, 2, 3)), hash_of(ints(1, 2, 3)));
  EXPECT_NE(hash_of(ints(1, 2)), hash_of(ints(2, 1)));
  EXPECT_NE(hash_of(ints(1)), hash_of(ints(1, 0)));
  EXPECT_NE(hash_of(ints()), hash_of(ints(0)));
  std::int64_t result = 0;
  const Ref<Tuple> unhashable = Tuple::of(Cell::make({}));
  EXPECT_EQ(hash(unhashable.value(), result), Status::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kType);
}

TEST_F(TupleTest, Adds) {
  const Ref<Tuple> a = ints(1, 2);
  const Ref<> sum = binary(BinaryOp::kAdd, a.value(), ints(3).value());
  EXPECT_EQ(ask(CompareOp::kEqual, sum.share().cast<Tuple>(), ints(1, 2, 3)), Truth::kTrue);
  EXPECT_FALSE(binary(BinaryOp::kAdd, a.value(), Value::of_int(1)));
  EXPECT_EQ(Error::take().text(), "can only concatenate tuple (not \"int\") to tuple");
}

TEST_F(TupleTest, WithoutMemoryTheItemsStayWithTheCaller) {
  {
    Ref<> items[] = {Witness::value(), Witness::value()};
    const auto fault = fault::Injection::from(0);
    EXPECT_FALSE(Tuple::make(items));
    EXPECT_TRUE(items[0] && items[1]);
    EXPECT_EQ(ends(), 0);
  }
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_EQ(ends(), 2);
  EXPECT_FALSE(Tuple::make_blank(SIZE_MAX / 8));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_FALSE(Tuple::make_blank(SIZE_MAX));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

// Deep equality goes as deep as native calls may.
TEST_F(TupleTest, ComparingTooDeepIsARecursionError) {
  const auto nested = [] {
    Ref<> inner = number(1);
    for (int i = 0; i < 5'000; ++i) inner = Tuple::of(std::move(inner));
    return inner;
  };
  const Ref<> a = nested();
  const Ref<> b = nested();
  EXPECT_EQ(compare_truth(CompareOp::kEqual, a.value(), b.value()), Truth::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kRecursion);
}

// Items of somebody else's tuple, which the readers count.
TEST_F(TupleConcurrency, ManyReadOneTuple) {
  constexpr int kRounds = kThreadSanitizer ? 2'000 : 50'000;
  const Ref<Tuple> tuple = Tuple::of(Witness::value(), ints(1, 2));
  const Ref<Cell> cell = Cell::make(tuple.share());
  std::thread readers[2];
  for (std::thread& reader : readers)
    reader = attached([&](Thread&) {
      for (int i = 0; i < kRounds; ++i) {
        const Ref<> found = cell->get();
        const Ref<> inner = found.as<Tuple>().load(1);
        ASSERT_EQ(inner.as<Tuple>()[1].as_int(), 2);
        safepoint();
      }
    });
  for (std::thread& reader : readers) join_detached(reader);
  safepoint();
  EXPECT_EQ(tuple->count().total_stopped(), 2);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
