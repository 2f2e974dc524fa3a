#include "objects/collector/side_tables.h"

#include <vector>

#include "runtime/world.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class SideTablesTest : public ObjectsTest {};

TEST(BlockNote, CountsUntilItIsFull) {
  std::uint32_t word = 0;
  BlockNote note(word);
  note.count_one();
  note.count_one();
  EXPECT_EQ(note.count(), 2U);
  EXPECT_FALSE(note.is_reached() || note.is_garbage() || note.is_full());
  word = (1U << 30) - 2;
  note.count_one();
  note.count_one();
  EXPECT_TRUE(note.is_full()) << "and stays so (I2)";
  EXPECT_FALSE(note.is_reached() || note.is_garbage());
}

TEST(BlockNote, IsReachedOrGarbage) {
  std::uint32_t word = 0;
  BlockNote note(word);
  note.count_one();
  note.reach();
  EXPECT_TRUE(note.is_reached());
  EXPECT_EQ(note.count(), 1U);
  note.become_garbage();
  EXPECT_TRUE(note.is_garbage());
  EXPECT_FALSE(note.is_reached());
  EXPECT_EQ(note.count(), 0U);
  note.count_one();
  EXPECT_TRUE(note.is_garbage());
  note.leave_garbage();
  EXPECT_FALSE(note.is_garbage());
}

// I1.
TEST_F(SideTablesTest, ANoteForEachBlock) {
  std::vector<Ref<>> objects;
  for (int i = 0; i < 5000; ++i)
    objects.push_back(i % 2 == 0 ? Ref<>(Witness::make()) : Ref<>(Cell::make({})));
  SideTables tables;
  tables.reserve();
  {
    const StoppedWorld stopped;
    ASSERT_TRUE(tables.lay_out_stopped());
    for (std::size_t i = 0; i < objects.size(); ++i)
      for (std::size_t k = 0; k < i % 7; ++k) SideTables::of(objects[i].as<Object>()).count_one();
    for (std::size_t i = 0; i < objects.size(); ++i)
      ASSERT_EQ(SideTables::of(objects[i].as<Object>()).count(), i % 7);
    SideTables::of(objects[3].as<Object>()).become_garbage();
    EXPECT_TRUE(SideTables::is_garbage(objects[3].as<Object>()));
  }
  std::vector<Ref<>> later;
  for (int i = 0; i < 50'000; ++i) later.push_back(Cell::make({}));
  {
    const StoppedWorld stopped;
    EXPECT_TRUE(SideTables::is_garbage(objects[3].as<Object>()));
    for (const Ref<>& object : later) ASSERT_FALSE(SideTables::is_garbage(object.as<Object>()));
  }
}

TEST_F(SideTablesTest, NothingIsGarbageWhenTheTablesAreGone) {
  const Ref<Cell> cell = Cell::make({});
  {
    SideTables tables;
    const StoppedWorld stopped;
    ASSERT_TRUE(tables.lay_out_stopped());
    SideTables::of(*cell).become_garbage();
  }
  EXPECT_FALSE(SideTables::is_garbage(*cell));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
