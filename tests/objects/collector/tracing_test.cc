#include "objects/collector/tracing.h"

#include <vector>

#include "objects/collector/scan.h"
#include "runtime/world.h"
#include "tests/objects/collector/nodes.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class TracingTest : public CollectorTest {
 protected:
  TracingTest() {
    const StoppedWorld stopped;
    EXPECT_TRUE(tables_.lay_out_stopped());
  }
  SideTables tables_;
  Tracing tracing_;
};

TEST_F(TracingTest, NotesEveryReferenceThatAContainerHas) {
  const Ref<Node> node = Node::make();
  const Ref<Witness> leaf = Witness::make();
  node->set_left(leaf.share());
  node->set_right(leaf.share());
  const Ref<Tuple> tuple = Tuple::of(node.share(), leaf.share(), Ref<>(Special::kNone));
  const StoppedWorld stopped;
  ASSERT_TRUE(tables_.lay_out_stopped());
  tracing_.count();
  EXPECT_EQ(SideTables::of(*leaf).count(), 3U);
  EXPECT_EQ(SideTables::of(*node).count(), 1U);
  EXPECT_EQ(SideTables::of(*tuple).count(), 0U);
  EXPECT_GE(tracing_.scanned(), 2U);
  EXPECT_TRUE(is_held_otherwise(*node, SideTables::of(*node), 0)) << "by this frame";
  EXPECT_FALSE(is_held_otherwise(*node, SideTables::of(*node), 1)) << "and by nobody else";
}

TEST_F(TracingTest, ReachesAllThatAHeldContainerLeadsTo) {
  const Ref<Node> held = Node::ring(3);
  held->set_right(Tuple::of(Node::make()));
  Node* garbage = nullptr;
  {
    const Ref<Node> ring = Node::ring(1);
    garbage = ring.get();
  }
  const StoppedWorld stopped;
  ASSERT_TRUE(tables_.lay_out_stopped());
  tracing_.count();
  ASSERT_TRUE(tracing_.mark());
  ObjectStack listed;
  ASSERT_TRUE(tracing_.list(listed));
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(&listed.pop(), garbage);
  EXPECT_TRUE(SideTables::of(*held).is_reached());
  EXPECT_FALSE(SideTables::of(*garbage).is_reached());
}

// Every container of this floor says exactly what it counts: else a live object would seem held by
// more than there is.
TEST_F(TracingTest, NoTypeVisitsWhatItDoesNotCount) {
  const Ref<Dict> dict = Dict::make();
  std::vector<Ref<>> values;
  for (int i = 0; i < 100; ++i) {
    values.push_back(Tuple::of(Cell::make(Str::of_ascii("x")), dict.share(), Node::make()));
    ASSERT_EQ(dict->set(Value::of_int(i % 50), values.back().share()), Status::kDone);
  }
  const StoppedWorld stopped;
  ASSERT_TRUE(tables_.lay_out_stopped());
  tracing_.count();
  for_each_object_stopped([](const Object& object) {
    if (object.count().is_immortal()) return;
    EXPECT_LE(std::int64_t{SideTables::of(object).count()}, object.count().total_stopped());
  });
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
