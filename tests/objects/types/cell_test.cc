#include "objects/types/cell.h"

#include "memory/fault.h"
#include "objects/model/operations.h"
#include "runtime/safepoint.h"
#include "tests/objects/types/program_function.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class CellTest : public ObjectsTest {};
using CellConcurrency = CellTest;

TEST_F(CellTest, IsEmptyOrHasContent) {
  const Ref<Cell> cell = Cell::make({});
  EXPECT_FALSE(cell->get());
  cell->set(Ref<>::adopt(Value::of_int(5)));
  EXPECT_EQ(cell->get().value().as_int(), 5);
  EXPECT_EQ(type_of(cell.value()).name(), "cell");
}

TEST_F(CellTest, ProgramsSeeTheContent) {
  const Ref<> cell = new_of(cell_type(), {Value::of_int(5)});
  EXPECT_EQ(text_of(get(cell, "cell_contents")), "5");
  EXPECT_EQ(text_of(repr(cell.value())).find("<cell at 0x"), 0U);
  EXPECT_EQ(set(cell, "cell_contents", {}), Status::kDone);
  EXPECT_FALSE(get(cell, "cell_contents"));
  EXPECT_EQ(pending_text(), "Cell is empty");
  EXPECT_NE(text_of(repr(cell.value())).find(": empty>"), std::string::npos);
  EXPECT_EQ(set(cell, "cell_contents", an_int(7)), Status::kDone);
  EXPECT_EQ(text_of(get(cell, "cell_contents")), "7");
}

TEST_F(CellTest, IsComparedByItsContentAndHasNoHash) {
  const Ref<Cell> one = Cell::make(Ref<>::adopt(Value::of_int(1)));
  const Ref<Cell> same = Cell::make(Ref<>::adopt(Value::of_int(1)));
  const Ref<Cell> empty = Cell::make({});
  EXPECT_EQ(compare_truth(CompareOp::kEqual, one.value(), same.value()), Truth::kTrue);
  EXPECT_EQ(compare_truth(CompareOp::kLess, empty.value(), one.value()), Truth::kTrue);
  EXPECT_EQ(compare_truth(CompareOp::kEqual, empty.value(), Cell::make({}).value()), Truth::kTrue);
  std::int64_t result = 0;
  EXPECT_EQ(hash(one.value(), result), Status::kFailed);
  EXPECT_EQ(Error::take().text(), "unhashable type: 'cell'");
}

TEST_F(CellTest, EndsItsContent) {
  { const Ref<Cell> cell = Cell::make(Witness::value()); }
  EXPECT_EQ(ends(), 1);
}

TEST_F(CellTest, ClearingBreaksACycle) {
  Ref<Cell> cell = Cell::make({});
  cell->set(cell.share());
  cell->clear();
  EXPECT_TRUE(cell->is_unique());
}

TEST_F(CellTest, WithoutMemoryThereIsAMemoryErrorAndTheContentEnds) {
  Ref<> content = Witness::value();
  {
    const auto fault = fault::Injection::from(0);
    EXPECT_FALSE(Cell::make(std::move(content)));
  }
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  content = Ref<>();
  EXPECT_EQ(ends(), 1);
}

// One owner, one stranger, both read and write. Each sees its own last write or a later one.
TEST_F(CellConcurrency, TwoThreadsReadAndWrite) {
  constexpr int kRounds = kThreadSanitizer ? 3'000 : 30'000;
  const Ref<Cell> cell = Cell::make(Ref<>::adopt(Value::of_int(0)));
  const auto work = [&](int mine) {
    for (int i = 0; i < kRounds; ++i) {
      cell->set(Tuple::of(Ref<>::adopt(Value::of_int(mine)), Witness::value()));
      const Ref<> found = cell->get();
      ASSERT_TRUE(found);
      const auto& tuple = found.as<Tuple>();
      EXPECT_EQ(tuple.size(), 2U);
      EXPECT_TRUE(tuple[0].as_int() == 1 || tuple[0].as_int() == 2);
      safepoint();
    }
  };
  std::thread other = attached([&](Thread&) { work(2); });
  work(1);
  join_detached(other);
  cell->set({});
  EXPECT_TRUE(eventually_at_safepoints([] { return ends() == 2 * kRounds; })) << ends();
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
