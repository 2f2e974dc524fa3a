#include "objects/model/object.h"

#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ObjectTest : public ObjectsTest {};

TEST_F(ObjectTest, BeginsUnmarkedAndItsMakersOwn) {
  const Ref<Witness> object = Witness::make();
  EXPECT_TRUE(object->is_mine() && object->is_open() && object->is_unique());
  EXPECT_FALSE(object->is_shared() || object->is_retire_late());
  EXPECT_FALSE(object->has(ObjectFlag::kFinalized) || object->has(ObjectFlag::kWeaklyReferenced));
  EXPECT_EQ(object->shape(), Witness::type->root().index());
  EXPECT_EQ(object->count().total_stopped(), 1);
}

TEST_F(ObjectTest, FlagsAreBitsOfTheirOwn) {
  const Ref<Witness> object = Witness::make();
  object->set(ObjectFlag::kFinalized);
  EXPECT_TRUE(object->has(ObjectFlag::kFinalized));
  EXPECT_FALSE(object->has(ObjectFlag::kWeaklyReferenced));
  object->set(ObjectFlag::kWeaklyReferenced);
  EXPECT_TRUE(object->has(ObjectFlag::kFinalized) && object->has(ObjectFlag::kWeaklyReferenced));
}

TEST_F(ObjectTest, MarksStay) {
  const Ref<Witness> object = Witness::make();
  object->mark_shared();
  object->mark_retire_late();
  EXPECT_EQ(object->is_shared(), kPolicy.parallel);
  EXPECT_EQ(object->is_retire_late(), kPolicy.parallel);
}

// Rule 12.
TEST_F(ObjectTest, IsUniqueOnlyIfUnmarkedAndCountedOnce) {
  const Ref<Witness> object = Witness::make();
  {
    const Ref<Witness> other = object.share();
    EXPECT_FALSE(object->is_unique());
  }
  EXPECT_TRUE(object->is_unique());
  object->mark_retire_late();
  EXPECT_EQ(object->is_unique(), !kPolicy.parallel);
}

TEST_F(ObjectTest, IsOpenToOthersOnlyOnceItIsShared) {
  if constexpr (!kPolicy.parallel) GTEST_SKIP() << "everything is open where threads take turns";
  const Ref<Witness> object = Witness::make();
  elsewhere([&] {
    EXPECT_FALSE(object->is_mine());
    EXPECT_FALSE(object->is_open());
    {
      const Locked lock(*object);
      EXPECT_TRUE(lock.held().is_shared()) << "rule 1: any access by another thread";
    }
    EXPECT_TRUE(object->is_open());
  });
  EXPECT_TRUE(object->is_shared());
}

TEST_F(ObjectTest, TheOwnersLockMarksNothing) {
  const Ref<Witness> object = Witness::make();
  const Locked lock(*object);
  EXPECT_FALSE(lock.held().is_shared());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
