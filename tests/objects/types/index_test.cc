#include "objects/types/index.h"

#include <gtest/gtest.h>

namespace orochi::inline OROCHI_DESIGN {
namespace {

TEST(Index, IntegersAndTruthsAreNumbersAndNothingElseIs) {
  EXPECT_EQ(index_of(Value::of_int(-7)).kind, IndexKind::kInside);
  EXPECT_EQ(index_of(Value::of_int(-7)).number, -7);
  EXPECT_EQ(index_of(Value::kTrue).number, 1);
  EXPECT_EQ(index_of(Value::kFalse).number, 0);
  EXPECT_EQ(index_of(Value::kNone).kind, IndexKind::kNone);
  EXPECT_EQ(index_of(Value::of_float(1.0)).kind, IndexKind::kNone);
}

TEST(Index, PositionsFromEitherEnd) {
  const auto at = [](std::int64_t index, std::size_t size) {
    std::size_t position = 99;
    return find_position(index, size, position) ? static_cast<int>(position) : -1;
  };
  EXPECT_EQ(at(0, 3), 0);
  EXPECT_EQ(at(2, 3), 2);
  EXPECT_EQ(at(3, 3), -1);
  EXPECT_EQ(at(-1, 3), 2);
  EXPECT_EQ(at(-3, 3), 0);
  EXPECT_EQ(at(-4, 3), -1);
  EXPECT_EQ(at(0, 0), -1);
  EXPECT_EQ(at(INT64_MIN, 3), -1);
  EXPECT_EQ(at(INT64_MAX, 3), -1);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
