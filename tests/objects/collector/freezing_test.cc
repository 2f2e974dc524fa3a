#include "objects/collector/freezing.h"

#include "tests/objects/collector/nodes.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class FreezingTest : public CollectorTest {
 protected:
  ~FreezingTest() override { unfreeze_all(); }
};

TEST_F(FreezingTest, WhatIsFrozenIsLeftAloneWithWhatItRefersTo) {
  {
    const Ref<Node> ring = Node::ring(10);
    freeze_all();
    ring->set_right(Node::ring(5));
  }
  EXPECT_GE(count_frozen(), 10U);
  EXPECT_EQ(Collector::collect().found, 0U);
  unfreeze_all();
  EXPECT_EQ(count_frozen(), 0U);
  EXPECT_EQ(Collector::collect().found, 15U);
}

TEST_F(FreezingTest, WhatComesLaterIsCollected) {
  freeze_all();
  static_cast<void>(Node::ring(7));
  const Collected result = Collector::collect();
  EXPECT_EQ(result.found, 7U);
  EXPECT_EQ(Collector::statistics().last_scanned, 7U) << "nothing else was looked at";
}

TEST_F(FreezingTest, CountingGoesOn) {
  Ref<Node> node = Node::make();
  freeze_all();
  node = Ref<Node>();
  EXPECT_EQ(ends(), 1);
}

TEST_F(FreezingTest, GarbageOfACollectionIsNotFrozenByItsFinalizers) {
  static_cast<void>(Node::ring(3, [](Node&) noexcept { freeze_all(); }));
  EXPECT_EQ(Collector::collect().found, 3U);
  EXPECT_EQ(ends(), 3);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
