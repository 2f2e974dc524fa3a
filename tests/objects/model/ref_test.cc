#include "objects/model/ref.h"

#include "objects/model/status.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class RefTest : public ObjectsTest {};

std::int64_t count_of(const Ref<Witness>& object) { return object->count().total_stopped(); }

TEST_F(RefTest, EndsWithItsLastReference) {
  {
    const Ref<Witness> one = Witness::make();
    const Ref<Witness> other = one.share();
    EXPECT_EQ(count_of(one), 2);
    EXPECT_EQ(ends(), 0);
  }
  EXPECT_EQ(ends(), 1);
}

TEST_F(RefTest, MovingCountsNothing) {
  Ref<Witness> one = Witness::make();
  Ref<Witness> other = std::move(one);
  EXPECT_FALSE(one);  // NOLINT(bugprone-use-after-move): that is what is asked
  EXPECT_EQ(count_of(other), 1);
  other = Witness::make();
  EXPECT_EQ(ends(), 1) << "what it held before";
}

TEST_F(RefTest, AssigningToItselfKeepsIt) {
  Ref<Witness> one = Witness::make();
  Ref<Witness>& same = one;
  one = std::move(same);
  EXPECT_EQ(ends(), 0);
  EXPECT_EQ(count_of(one), 1);
}

TEST_F(RefTest, AnyValueMayBeHeld) {
  const Ref<> nothing;
  const Ref<> none = Special::kNone;
  const Ref<> number = Ref<>::adopt(Value::of_int(7));
  const Ref<> object = Witness::value();
  EXPECT_FALSE(nothing);
  EXPECT_TRUE(none && number && object);
  EXPECT_EQ(none.value(), Value::kNone);
  EXPECT_EQ(number.value().as_int(), 7);
  EXPECT_TRUE(object.value().is_counted());
  EXPECT_EQ(number.share().value(), number.value()) << "immediates are not counted";
}

TEST_F(RefTest, GoesUpAndDownWithoutCounting) {
  Ref<Witness> object = Witness::make();
  Witness* const address = object.get();
  Ref<> value = std::move(object);
  EXPECT_EQ(&value.as<Witness>(), address);
  Ref<Witness> again = std::move(value).cast<Witness>();
  EXPECT_EQ(again.get(), address);
  EXPECT_EQ(count_of(again), 1);
  Ref<Object> base = std::move(again);
  EXPECT_EQ(base.get(), address);
}

TEST_F(RefTest, GivesAwayAndTakesOver) {
  Ref<Witness> object = Witness::make();
  Witness* const mine = object.release();
  EXPECT_FALSE(object);
  EXPECT_EQ(ends(), 0);
  { const Ref<Witness> back = Ref<Witness>::adopt(mine); }
  EXPECT_EQ(ends(), 1);
}

TEST_F(RefTest, OfABorrowedObjectIsOneMore) {
  const Ref<Witness> object = Witness::make();
  {
    const Ref<Witness> other = Ref<Witness>::of(*object);
    const Ref<> third = Ref<>::of(object.value());
    EXPECT_EQ(count_of(object), 3);
  }
  EXPECT_EQ(count_of(object), 1);
}

TEST_F(RefTest, RaisedIsEveryFailure) {
  const Ref<> value = kRaised;
  const Ref<Witness> object = kRaised;
  const Status status = kRaised;
  const Truth truth = kRaised;
  EXPECT_FALSE(value);
  EXPECT_FALSE(object);
  EXPECT_TRUE(failed(status));
  EXPECT_TRUE(failed(truth));
  EXPECT_FALSE(failed(Status::kDone));
  EXPECT_FALSE(failed(truth_of(false)));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
