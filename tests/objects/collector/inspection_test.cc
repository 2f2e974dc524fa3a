#include "objects/collector/inspection.h"

#include <array>
#include <chrono>
#include <thread>

#include "memory/fault.h"
#include "objects/types/dict.h"
#include "objects/types/list.h"
#include "objects/types/set_algebra.h"
#include "tests/objects/collector/nodes.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class InspectionTest : public CollectorTest {};

TEST_F(InspectionTest, FindsEveryContainerThatLives) {
  const Ref<Node> node = Node::make();
  const Ref<Witness> leaf = Witness::make();
  elsewhere([&] { node->set_left(Cell::make(Ref<>(Special::kNone))); });
  const Ref<> cell = node->left.load(*node);
  FoundObjects found;
  ASSERT_EQ(find_objects(found), Status::kDone);
  EXPECT_TRUE(found.has(*node));
  EXPECT_TRUE(found.has(cell.as<Object>()));
  EXPECT_FALSE(found.has(*leaf));
  EXPECT_EQ(node->count().total_stopped(), 2);
  while (!found.is_empty()) static_cast<void>(found.take());
  EXPECT_EQ(node->count().total_stopped(), 1);
}

TEST_F(InspectionTest, WhatWasFoundStays) {
  FoundObjects found;
  {
    const Ref<Node> ring = Node::ring(4);
    ASSERT_EQ(find_objects(found), Status::kDone);
  }
  EXPECT_EQ(Collector::collect().found, 0U);
  while (!found.is_empty()) static_cast<void>(found.take());
  EXPECT_EQ(Collector::collect().found, 4U);
}

TEST_F(InspectionTest, ReferrersAndReferents) {
  const Ref<Witness> leaf = Witness::make();
  const Ref<Node> node = Node::make();
  node->set_left(leaf.share());
  node->set_right(Ref<>(Special::kNone));
  const Ref<Tuple> tuple = Tuple::of(node.share(), leaf.share());
  const std::array to{leaf.value()};
  FoundObjects referrers;
  ASSERT_EQ(find_referrers(to, referrers), Status::kDone);
  EXPECT_EQ(referrers.size(), 2U);
  EXPECT_TRUE(referrers.has(*node) && referrers.has(*tuple));
  const std::array of{tuple.value(), Value::of_int(1)};
  FoundObjects referents;
  ASSERT_EQ(find_referents(of, referents), Status::kDone);
  EXPECT_EQ(referents.size(), 2U);
  EXPECT_TRUE(referents.has(*node) && referents.has(*leaf));
}

TEST_F(InspectionTest, GarbageThatIsBeingCollectedIsNotFound) {
  static bool was_found = true;
  static_cast<void>(Node::ring(2, [](Node& self) noexcept {
    FoundObjects found;
    EXPECT_EQ(find_objects(found), Status::kDone);
    was_found = found.has(self);
  }));
  const Collected result = Collector::collect();
  EXPECT_EQ(result.found, 2U);
  EXPECT_EQ(result.spared, 0U);
  EXPECT_FALSE(was_found);
}

TEST_F(InspectionTest, WithoutMemory) {
  const Ref<Node> node = Node::make();
  FoundObjects found;
  {
    const auto fault = fault::Injection::from(0);
    EXPECT_EQ(find_objects(found), Status::kFailed);
  }
  EXPECT_EQ(taken(), ErrorKind::kMemory);
  EXPECT_EQ(node->count().total_stopped(), 1);
}

TEST_F(InspectionTest, OfOneObject) {
  EXPECT_TRUE(is_tracked(Node::make().value()));
  EXPECT_FALSE(is_tracked(Witness::make().value()));
  EXPECT_FALSE(is_tracked(Value::of_int(1)));
  static_cast<void>(Node::ring(1, [](Node& self) noexcept { kept = Ref<Node>::of(self); }));
  static_cast<void>(Collector::collect());
  EXPECT_TRUE(is_finalized(kept.value()));
  EXPECT_FALSE(is_finalized(Node::make().value()));
  EXPECT_FALSE(is_finalized(Value::kNone));
}

// --- What is being made. ---

std::size_t objects_of(Type& type) {
  FoundObjects found;
  EXPECT_EQ(find_objects(found), Status::kDone);
  std::size_t count = 0;
  while (!found.is_empty()) {
    if (&type_of(*found.take()) == &type) ++count;
  }
  return count;
}

// One thread holds the source's lock, another one wants to make something of the source, and then
// the world stops: nothing of the type was made that nobody has filled.
template <class Make>
void make_while_source_is_locked(Object& source, Type& type, Make make) {
  using namespace std::chrono_literals;
  const std::size_t before = objects_of(type);
  Flag is_locked{false};
  std::thread holder = attached([&](Thread&) {
    const Locked lock(source);
    const NoSuspend whole;
    raise(is_locked);
    std::this_thread::sleep_for(30ms);
  });
  std::thread maker = attached([&](Thread&) {
    EXPECT_TRUE(eventually_at_safepoints([&] { return is_raised(is_locked); }));
    EXPECT_TRUE(make());
  });
  EXPECT_TRUE(eventually_at_safepoints([&] { return is_raised(is_locked); }));
  std::this_thread::sleep_for(10ms);
  EXPECT_EQ(objects_of(type), before);
  join_detached(maker);
  join_detached(holder);
}

TEST_F(InspectionTest, WhatIsNotWholeIsNotFound) {
  const Ref<Dict> dict = Dict::make();
  ASSERT_EQ(dict->set(Value::of_int(1), Ref<>(Special::kNone)), Status::kDone);
  make_while_source_is_locked(*dict, dict_type(), [&] { return dict->copy(); });
  const Ref<Set> set = Set::make(set_type());
  ASSERT_EQ(set->add(Value::of_int(1)), Status::kDone);
  make_while_source_is_locked(*set, set_type(), [&] { return set->copy(set_type()); });
  make_while_source_is_locked(*set, set_type(), [&] { return intersection(*set, set.value()); });
  const Ref<List> list = List::of(Ref<>(Special::kNone));
  make_while_source_is_locked(*list, list_type(), [&] { return list->copy(); });
  make_while_source_is_locked(*list, list_type(), [&] { return list->concat(*list); });
  make_while_source_is_locked(*list, list_type(), [&] { return list->repeat(2); });
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
