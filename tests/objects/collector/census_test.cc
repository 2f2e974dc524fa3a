#include "objects/collector/census.h"

#include <vector>

#include "memory/fault.h"
#include "runtime/safepoint.h"
#include "tests/objects/collector/nodes.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class CensusTest : public CollectorTest {
 protected:
  [[nodiscard]] static std::size_t live(const Type& type) {
    Census census;
    EXPECT_EQ(census.take(), Status::kDone);
    return census.of(type).objects;
  }
};

TEST_F(CensusTest, CountsEachTypeExactly) {
  const std::size_t nodes = live(*Node::type);
  const std::size_t witnesses = live(*Witness::type);
  std::vector<Ref<>> objects;
  for (int i = 0; i < 1000; ++i) objects.push_back(Node::make());
  for (int i = 0; i < 10; ++i) objects.push_back(Witness::make());
  EXPECT_EQ(live(*Node::type), nodes + 1000);
  EXPECT_EQ(live(*Witness::type), witnesses + 10);
  objects.resize(500);
  EXPECT_EQ(live(*Node::type), nodes + 500);
  EXPECT_EQ(live(*Witness::type), witnesses);
}

TEST_F(CensusTest, ACollectionLeavesNothing) {
  const std::size_t before = live(*Node::type);
  static_cast<void>(Node::ring(321));
  EXPECT_EQ(live(*Node::type), before + 321);
  static_cast<void>(Collector::collect());
  EXPECT_EQ(live(*Node::type), before);
}

// Trap 17: neither are objects of dead threads missed, nor those counted whose memory waits.
TEST_F(CensusTest, Trap17DeadThreadsCountAndTheDestroyedDoNot) {
  const std::size_t before = live(*Node::type);
  std::vector<Ref<>> kept_here;
  elsewhere([&] {
    for (int i = 0; i < 100; ++i) kept_here.push_back(Node::make());
  });
  EXPECT_EQ(live(*Node::type), before + 100);
  for (const Ref<>& node : kept_here) node.as<Object>().mark_retire_late();
  kept_here.clear();
  safepoint();
  EXPECT_EQ(live(*Node::type), before) << "retired, and not free yet";
}

TEST_F(CensusTest, OfAllTypes) {
  const Ref<Node> node = Node::make();
  Census census;
  ASSERT_EQ(census.take(), Status::kDone);
  std::size_t sum = 0;
  census.for_each([&](const Census::Row& row) {
    EXPECT_GT(row.objects, 0U) << row.type->name();
    EXPECT_GE(row.bytes, row.objects * 16);
    sum += row.objects;
  });
  EXPECT_EQ(census.total().objects, sum);
  EXPECT_GE(census.of(type_type()).objects, 5U) << "types are objects";
  EXPECT_EQ(Census().of(*Node::type).objects, 0U);
}

TEST_F(CensusTest, WithoutMemoryItIsAsBefore) {
  const Ref<Node> node = Node::make();
  Census census;
  ASSERT_EQ(census.take(), Status::kDone);
  const std::size_t before = census.of(*Node::type).objects;
  const Ref<Node> another = Node::make();
  {
    const auto fault = fault::Injection::from(0);
    EXPECT_EQ(census.take(), Status::kFailed);
  }
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_EQ(census.of(*Node::type).objects, before);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
