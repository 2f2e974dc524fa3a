#include "objects/model/field_array.h"

#include <vector>

#include "memory/epoch.h"
#include "memory/fault.h"
#include "runtime/safepoint.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// A container of fields, as a list would be.
struct Row : Object {
  explicit Row(ShapeIndex shape) noexcept : Object(shape) {}
  FieldArray fields;
  std::size_t used = 0;  // with the lock
  template <class Visit>
  void for_each_child(Visit&& visit) const {
    Children::of(fields, visit);
  }
  void give_back(const Remains& remains) noexcept { remains.give_back(fields); }

  static Ref<Row> make() {
    static Type* const type = [] {
      Type* const ancestors[] = {&object_type()};
      return Type::make({.name = "row", .layout = &layout_of<Row>, .ancestors = ancestors});
    }();
    return new_object<Row>(*type);
  }
  Status append(Ref<> value) {
    const Locked lock(*this);
    const Held held = lock.held();
    if (used == fields.length(held) && failed(fields.resize(held, used, used * 2 + 2)))
      return kRaised;
    static_cast<void>(fields.at(held, used++).replace(held, std::move(value)));
    return Status::kDone;
  }
  Ref<> item(std::size_t index) {
    Ref<> found;
    if (fields.try_load(*this, index, found)) return found;
    const Locked lock(*this);
    return index < used ? fields.at(lock.held(), index).load(lock.held()) : Ref<>();
  }
};

Ref<> number(std::int64_t value) { return Ref<>::adopt(Value::of_int(value)); }

class FieldArrayTest : public ObjectsTest {};
using FieldArrayConcurrency = FieldArrayTest;

TEST_F(FieldArrayTest, IsEmptyAtFirst) {
  const Ref<Row> row = Row::make();
  EXPECT_FALSE(row->item(0));
  const Locked lock(*row);
  EXPECT_EQ(row->fields.length(lock.held()), 0U);
}

TEST_F(FieldArrayTest, GrowsAndKeepsWhatItHas) {
  const Ref<Row> row = Row::make();
  for (int i = 0; i < 1'000; ++i) ASSERT_EQ(row->append(number(i)), Status::kDone);
  for (std::size_t i = 0; i < 1'000; ++i)
    ASSERT_EQ(row->item(i).value().as_int(), static_cast<std::int64_t>(i));
  EXPECT_FALSE(row->item(1'000'000)) << "beyond its end there is nothing";
}

TEST_F(FieldArrayTest, EndsWithItsHolder) {
  static_cast<void>(Row::make());  // whose type stays
  const std::size_t before = bytes_in_buffers();
  {
    const Ref<Row> row = Row::make();
    for (int i = 0; i < 100; ++i) ASSERT_EQ(row->append(Witness::value()), Status::kDone);
  }
  EXPECT_EQ(ends(), 100);
  EXPECT_EQ(bytes_in_buffers(), before);
}

TEST_F(FieldArrayTest, GrowingMarksNothing) {
  const Ref<Row> row = Row::make();
  row->mark_shared();
  const Ref<Witness> object = Witness::make();
  for (int i = 0; i < 10; ++i) ASSERT_EQ(row->append(object.share()), Status::kDone);
  EXPECT_FALSE(object->is_retire_late());
  EXPECT_EQ(object->count().total_stopped(), 11);
}

// Rules 2 and 6: readers of a shared holder may be in the old array.
TEST_F(FieldArrayTest, AReplacedArrayIsRetiredOnlyIfTheHolderIsShared) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "nobody can be reading";
  const Slot& slot = Thread::current()->slot();
  const Ref<Row> row = Row::make();
  ASSERT_EQ(row->append(number(1)), Status::kDone);
  const std::size_t before = Epoch::pending_bytes(slot);
  for (int i = 0; i < 10; ++i) ASSERT_EQ(row->append(number(i)), Status::kDone);
  EXPECT_EQ(Epoch::pending_bytes(slot), before);
  row->mark_shared();
  for (int i = 0; i < 100; ++i) ASSERT_EQ(row->append(number(i)), Status::kDone);
  EXPECT_GT(Epoch::pending_bytes(slot), before);
}

TEST_F(FieldArrayTest, ShiftsInBothDirections) {
  const Ref<Row> row = Row::make();
  for (int i = 0; i < 6; ++i) ASSERT_EQ(row->append(number(i)), Status::kDone);
  const Locked lock(*row);
  const Held held = lock.held();
  const auto at = [&](std::size_t i) { return row->fields.at(held, i).get(held).as_int(); };
  row->fields.shift(held, 1, 0, 5);
  EXPECT_EQ((std::vector{at(0), at(1), at(4), at(5)}), (std::vector<std::int64_t>{1, 2, 5, 5}));
  row->fields.shift(held, 0, 1, 5);
  EXPECT_EQ((std::vector{at(0), at(1), at(2), at(5)}), (std::vector<std::int64_t>{1, 1, 2, 5}));
}

TEST_F(FieldArrayTest, WhatIsTakenOutIsUnlinkedAndEndsLater) {
  const Ref<Row> row = Row::make();
  row->mark_shared();
  const Ref<Witness> kept = Witness::make();
  ASSERT_EQ(row->append(kept.share()), Status::kDone);
  ASSERT_EQ(row->append(Witness::value()), Status::kDone);
  {
    TakenFields taken = [&] {
      const Locked lock(*row);
      row->used = 0;
      return row->fields.take(lock.held());
    }();
    EXPECT_FALSE(row->item(0));
    EXPECT_EQ(kept->is_retire_late(), kPolicy.parallel);
    EXPECT_EQ(ends(), 0);
  }
  EXPECT_EQ(ends(), 1);
  EXPECT_EQ(kept->count().total_stopped(), 1);
}

TEST_F(FieldArrayTest, WhatIsTakenOutMayBePutBack) {
  const Ref<Row> row = Row::make();
  ASSERT_EQ(row->append(number(3)), Status::kDone);
  const Locked lock(*row);
  TakenFields taken = row->fields.take(lock.held());
  row->fields.put(lock.held(), std::move(taken));
  EXPECT_EQ(row->item(0).value().as_int(), 3);
}

TEST_F(FieldArrayTest, WithoutMemoryNothingHasChanged) {
  const Ref<Row> row = Row::make();
  for (int i = 0; i < 2; ++i) ASSERT_EQ(row->append(number(i)), Status::kDone);
  {
    const auto fault = fault::Injection::from(0);
    EXPECT_EQ(row->append(number(9)), Status::kFailed);
  }
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_EQ(row->item(1).value().as_int(), 1);
  EXPECT_EQ(row->append(number(2)), Status::kDone);
  const Locked lock(*row);
  EXPECT_EQ(row->fields.resize(lock.held(), 3, SIZE_MAX / 4), Status::kFailed);
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

// One appends, so that arrays are replaced, and clears; others read by index all the time.
TEST_F(FieldArrayConcurrency, ReadersSurviveGrowthAndClearing) {
  constexpr int kRounds = kThreadSanitizer ? 300 : 3'000;
  const Ref<Row> row = Row::make();
  Flag stop;
  std::thread readers[2];
  for (std::thread& reader : readers)
    reader = attached([&](Thread&) {
      for (std::size_t i = 0; !is_raised(stop); i = (i + 7) % 40) {
        const Ref<> found = row->item(i);
        if (found) {
          EXPECT_EQ(found.as<Tuple>()[0].as_int(), static_cast<std::int64_t>(i));
        }
        safepoint();
      }
    });
  for (int round = 0; round < kRounds; ++round) {
    for (int i = 0; i < 40; ++i)
      ASSERT_EQ(row->append(Tuple::of(number(i), Witness::value())), Status::kDone);
    {
      TakenFields taken = [&] {
        const Locked lock(*row);
        row->used = 0;
        return row->fields.take(lock.held());
      }();
    }
    safepoint();
  }
  raise(stop);
  for (std::thread& reader : readers) join_detached(reader);
  EXPECT_TRUE(eventually_at_safepoints([] { return ends() == 40 * kRounds; })) << ends();
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
