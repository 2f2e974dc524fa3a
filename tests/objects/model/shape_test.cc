#include "objects/model/shape.h"

#include <set>
#include <vector>

#include "memory/fault.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

// Names are compared by address, so any objects will do.
class ShapeTest : public ObjectsTest {
 protected:
  Object& name(std::size_t i) {
    while (names_.size() <= i) names_.push_back(Witness::make());
    return *names_[i];
  }
  static Shape& root() {
    Shape* const made = Shape::make_root(*Witness::type, layout_of<Witness>);
    EXPECT_NE(made, nullptr);
    return *made;
  }
  // The shape after names `first` to `last` - 1 were added.
  Shape& grow(Shape& from, std::size_t first, std::size_t last) {
    Shape* shape = &from;
    for (std::size_t i = first; i < last; ++i) {
      shape = shape->with(name(i));
      EXPECT_NE(shape, nullptr) << i;
    }
    return *shape;
  }

 private:
  std::vector<Ref<Witness>> names_;
};
using ShapeConcurrency = ShapeTest;

TEST_F(ShapeTest, ARootHasAnIndexATypeAndNoSlots) {
  Shape& shape = root();
  EXPECT_NE(shape.index(), Shape::kNoShape);
  EXPECT_EQ(&Shape::at(shape.index()), &shape);
  EXPECT_EQ(&shape.type(), Witness::type);
  EXPECT_EQ(&shape.layout(), &layout_of<Witness>);
  EXPECT_EQ(shape.slots(), 0U);
  EXPECT_EQ(shape.find(name(0)), Shape::kNoSlot);
  EXPECT_FALSE(shape.is_dict_mode());
}

TEST_F(ShapeTest, IndicesAreNeverIssuedTwice) {
  std::set<ShapeIndex> seen;
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(seen.insert(root().index()).second);
}

TEST_F(ShapeTest, EachAttributeHasTheNextSlot) {
  Shape& shape = grow(root(), 0, 100);
  EXPECT_EQ(shape.slots(), 100U);
  for (std::uint32_t i = 0; i < 100; ++i) EXPECT_EQ(shape.find(name(i)), i);
  EXPECT_EQ(shape.find(name(100)), Shape::kNoSlot);
}

TEST_F(ShapeTest, AShapeDoesNotKnowWhatCameLater) {
  Shape& empty = root();
  Shape& one = grow(empty, 0, 1);
  Shape& many = grow(one, 1, 50);
  EXPECT_EQ(empty.find(name(0)), Shape::kNoSlot);
  EXPECT_EQ(one.find(name(0)), 0U);
  EXPECT_EQ(one.find(name(1)), Shape::kNoSlot);
  EXPECT_EQ(many.find(name(1)), 1U);
}

TEST_F(ShapeTest, TheSameNamesInTheSameOrderAreTheSameShape) {
  Shape& empty = root();
  EXPECT_EQ(&grow(empty, 0, 5), &grow(empty, 0, 5));
  EXPECT_NE(&grow(empty, 0, 5), &grow(root(), 0, 5)) << "of another root";
}

// Rule 14: within a shape and all that come after it.
TEST_F(ShapeTest, BranchesShareNothingButTheirStem) {
  Shape& stem = grow(root(), 0, 3);
  Shape& left = grow(stem, 3, 10);
  Shape& right = grow(stem, 10, 12);
  EXPECT_EQ(left.find(name(3)), 3U);
  EXPECT_EQ(right.find(name(3)), Shape::kNoSlot);
  EXPECT_EQ(right.find(name(10)), 3U);
  EXPECT_EQ(left.find(name(10)), Shape::kNoSlot);
  for (std::uint32_t i = 0; i < 3; ++i) {
    EXPECT_EQ(left.find(name(i)), i);
    EXPECT_EQ(right.find(name(i)), i);
  }
}

TEST_F(ShapeTest, AShapeKeepsItsName) {
  const Ref<Witness> mine = Witness::make();
  ASSERT_NE(root().with(*mine), nullptr);
  EXPECT_EQ(mine->count().total_stopped(), 2);
}

TEST_F(ShapeTest, TooManyAttributesOrChildrenAreRefused) {
  Shape& full = grow(root(), 0, Shape::kMaxSlots);
  EXPECT_EQ(full.with(name(Shape::kMaxSlots)), nullptr);
  for (std::uint32_t i = 0; i < Shape::kMaxSlots; ++i) ASSERT_EQ(full.find(name(i)), i);
  Shape& wide = root();
  for (std::size_t i = 0; i < Shape::kMaxChildren; ++i) ASSERT_NE(wide.with(name(i)), nullptr);
  EXPECT_EQ(wide.with(name(Shape::kMaxChildren)), nullptr);
  EXPECT_NE(wide.with(name(0)), nullptr) << "what there is stays";
  EXPECT_EQ(pending_kind(), ErrorKind::kNone) << "nothing is raised";
}

TEST_F(ShapeTest, DictModeIsOneShapeOfTheTypeAndTheEndOfTheTree) {
  Shape& empty = root();
  Shape& deep = grow(empty, 0, 4);
  Shape* const dict = deep.dict_mode();
  ASSERT_NE(dict, nullptr);
  EXPECT_TRUE(dict->is_dict_mode());
  EXPECT_FALSE(empty.is_dict_mode() || deep.is_dict_mode());
  EXPECT_EQ(empty.dict_mode(), dict);
  EXPECT_EQ(dict->dict_mode(), dict);
  EXPECT_EQ(dict->with(name(0)), nullptr);
  EXPECT_EQ(dict->find(name(0)), Shape::kNoSlot);
  EXPECT_EQ(&dict->type(), &empty.type());
}

TEST_F(ShapeTest, WithoutMemoryThereIsNoShapeAndNothingHasChanged) {
  Shape& stem = grow(root(), 0, 2);
  Object& added = name(2);
  for (std::uint64_t n = 0;; ++n) {
    const auto fault = fault::Injection::nth(n);
    Shape* const shape = stem.with(added);
    if (shape != nullptr) {
      EXPECT_EQ(shape->find(added), 2U);
      break;
    }
    EXPECT_EQ(stem.find(added), Shape::kNoSlot);
  }
}

TEST_F(ShapeConcurrency, ThreadsThatAddTheSameNamesGetTheSameShapes) {
  constexpr std::size_t kNames = 40;
  for (int round = 0; round < 20; ++round) {
    Shape& empty = root();
    static_cast<void>(name(kNames));
    std::vector<Shape*> found[2];
    const auto work = [&](std::vector<Shape*>& mine) {
      Shape* shape = &empty;
      for (std::size_t i = 0; i < kNames; ++i) {
        shape = shape->with(name(i));
        ASSERT_NE(shape, nullptr);
        ASSERT_EQ(shape->find(name(i)), i);
        mine.push_back(shape);
      }
    };
    std::thread other = attached([&](Thread&) { work(found[1]); });
    work(found[0]);
    join_detached(other);
    EXPECT_EQ(found[0], found[1]);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
