#include "python/bytecode/place_table.h"

#include <gtest/gtest.h>

#include <vector>

namespace orochi::inline OROCHI_DESIGN::bytecode {
namespace {

void append(std::vector<std::uint8_t>& table, std::uint32_t length, std::uint32_t previous,
            const CodePlace& place) {
  const PlaceRun run = encode_run(length, previous, place);
  table.insert(table.end(), run.bytes, run.bytes + run.size);
}

TEST(PlaceTable, GivesBackWhatWasPutIn) {
  const CodePlace first{3, 4, 3, 9};
  const CodePlace back{1, 0, 7, 2};
  const CodePlace far{2'000'000'000, 100'000, 2'000'000'001, 4'000'000'000};
  std::vector<std::uint8_t> table;
  append(table, 2, 0, first);
  append(table, 1, 3, back);
  append(table, 300, 1, far);
  EXPECT_EQ(place_of(table, 0), first);
  EXPECT_EQ(place_of(table, 1), first);
  EXPECT_EQ(place_of(table, 2), back);
  EXPECT_EQ(place_of(table, 3), far);
  EXPECT_EQ(place_of(table, 302), far);
  EXPECT_EQ(place_of(table, 303), CodePlace{}) << "behind the end";
}

TEST(PlaceTable, TakesFiveBytesForAnOrdinaryRun) {
  EXPECT_EQ(encode_run(3, 10, {11, 4, 11, 40}).size, 5);
}

TEST(PlaceTable, NoRunIsLongerThanItsRoom) {
  const std::uint32_t most = 0xFFFFFFFF;
  EXPECT_LE(encode_run(most, most, {0, most, most, most}).size, PlaceRun::kMost);
}

TEST(PlaceTable, AnEmptyOneKnowsNothing) { EXPECT_EQ(place_of({}, 0), CodePlace{}); }

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::bytecode
