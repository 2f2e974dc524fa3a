#include "objects/model/new_object.h"

#include "memory/fault.h"
#include "runtime/world.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class NewObjectTest : public ObjectsTest {};

TEST_F(NewObjectTest, AnObjectIsLiveWithOneReference) {
  const Ref<Cell> cell = new_object<Cell>(cell_type(), Ref<>(Special::kNone));
  EXPECT_EQ(cell->count().kind(), BlockKind::kLive);
  EXPECT_EQ(cell->count().total_stopped(), 1);
}

TEST_F(NewObjectTest, EveryObjectIsAligned) {
  for (std::size_t size = 0; size < 100; ++size) {
    const Ref<Tuple> tuple = Tuple::make_blank(size);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(tuple.get()) % 16, 0U);
    EXPECT_TRUE(tuple.value().is_counted());
  }
}

TEST_F(NewObjectTest, WithoutMemoryThereIsAMemoryError) {
  {
    const auto fault = fault::Injection::from(0);
    EXPECT_FALSE(new_object<Witness>(*Witness::type));
  }
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_FALSE(new_object_with_trailing<Witness>(*Witness::type, SIZE_MAX - 1));
  EXPECT_EQ(taken(), ErrorKind::kMemory);
}

// What the collector will do: every live object, and exactly what it refers to.
TEST_F(NewObjectTest, AStoppedWorldSeesEveryReference) {
  const Ref<Witness> kept = Witness::make();
  const Ref<Cell> cell = Cell::make(kept.share());
  const Ref<Tuple> tuple = Tuple::of(kept.share(), kept.share(), Ref<>(Special::kNone));
  int references = 0;
  int objects = 0;
  World::stop(StopKind::kPause);
  heap::for_each_live_stopped([&](void* block) {
    const auto& object = *static_cast<const Object*>(block);
    ++objects;
    Shape::of(object).layout().visit(object, [&](Value child) {
      if (child == kept.value()) ++references;
    });
  });
  World::start();
  EXPECT_EQ(references, 3);
  EXPECT_GE(objects, 3);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
