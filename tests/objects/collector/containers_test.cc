// Cycles through each container that a program has, and through objects of its own classes.
#include <string>
#include <vector>

#include "objects/collector/census.h"
#include "objects/types/bound_method.h"
#include "objects/types/exception_type.h"
#include "objects/types/list.h"
#include "objects/types/module.h"
#include "objects/types/object_type.h"
#include "objects/types/set.h"
#include "objects/types/weakref.h"
#include "tests/objects/collector/nodes.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ContainersTest : public CollectorTest {
 protected:
  // All that was in the cycle is gone, and nothing else.
  void expect_all_gone(const Type& type, std::size_t least) {
    Census before, after;
    ASSERT_EQ(before.take(), Status::kDone);
    EXPECT_GE(Collector::collect().found, least);
    ASSERT_EQ(after.take(), Status::kDone);
    EXPECT_EQ(before.of(type).objects - after.of(type).objects, 1U) << type.name();
    EXPECT_EQ(ends(), 1);
    EXPECT_EQ(Collector::collect().found, 0U);
  }
};

TEST_F(ContainersTest, List) {
  {
    const Ref<List> list = List::of(Witness::value());
    ASSERT_EQ(list->append(list.share()), Status::kDone);
  }
  expect_all_gone(list_type(), 1);
}

TEST_F(ContainersTest, Dict) {
  {
    const Ref<Dict> dict = Dict::make();
    ASSERT_EQ(dict->set(Value::of_int(1), dict.share()), Status::kDone);
    ASSERT_EQ(dict->set(Value::of_int(2), Witness::value()), Status::kDone);
  }
  expect_all_gone(dict_type(), 1);
}

TEST_F(ContainersTest, SetOfAnObjectThatHasIt) {
  {
    const Ref<Set> set = Set::make(set_type());
    Type& type = a_class("Holder", {&object_type()});
    const Ref<> holder = new_of(type);
    ASSERT_EQ(testing::set(holder, "members", set.share()), Status::kDone);
    ASSERT_EQ(testing::set(holder, "witness", Witness::value()), Status::kDone);
    ASSERT_EQ(set->add(holder.value()), Status::kDone);
  }
  expect_all_gone(set_type(), 2);
}

TEST_F(ContainersTest, BoundMethodOfWhatHasIt) {
  {
    Type& type = a_class("Bound", {&object_type()},
                         std::move(Body().method("f", [](auto) { return Ref<>(Special::kNone); })));
    const Ref<> object = new_of(type);
    ASSERT_EQ(set(object, "method", get(object, "f")), Status::kDone);
    ASSERT_EQ(set(object, "witness", Witness::value()), Status::kDone);
  }
  expect_all_gone(bound_method_type(), 2);
}

// As many attributes as leave the object for an array outside of it.
TEST_F(ContainersTest, ObjectWithManyAttributes) {
  Type& type = a_class("Many", {&object_type()});
  {
    const Ref<> object = new_of(type);
    for (int i = 0; i < 100; ++i)
      ASSERT_EQ(set(object, "a" + std::to_string(i), object.share()), Status::kDone);
    ASSERT_EQ(set(object, "witness", Witness::value()), Status::kDone);
  }
  expect_all_gone(type, 1);
}

TEST_F(ContainersTest, ObjectOfAClassThatIsAList) {
  Type& type = a_class("Stack", {&list_type()});
  {
    const Ref<> object = new_of(type);
    ASSERT_EQ(object.as<List>().append(object.share()), Status::kDone);
    ASSERT_EQ(set(object, "witness", Witness::value()), Status::kDone);
  }
  expect_all_gone(type, 1);
}

int g_deleted = 0;

TEST_F(ContainersTest, DelRunsOnceForObjectsInACycle) {
  Type& type =
      a_class("Deleted", {&object_type()}, std::move(Body().method("__del__", [](auto arguments) {
                ++g_deleted;
                EXPECT_EQ(arguments.size(), 1U);
                return Ref<>(Special::kNone);
              })));
  g_deleted = 0;
  {
    const Ref<> object = new_of(type);
    ASSERT_EQ(set(object, "me", object.share()), Status::kDone);
    ASSERT_EQ(set(object, "witness", Witness::value()), Status::kDone);
  }
  EXPECT_EQ(g_deleted, 0);
  expect_all_gone(type, 1);
  EXPECT_EQ(g_deleted, 1);
}

TEST_F(ContainersTest, ObjectsOfClassesMayBeReferredToWeakly) {
  Type& type = a_class("Watched", {&object_type()});
  Ref<> object = new_of(type);
  ASSERT_EQ(set(object, "me", object.share()), Status::kDone);
  const Ref<WeakRef> ref = WeakRef::make(object.value(), Callback::make(5));
  ASSERT_TRUE(ref);
  object = Ref<>();
  EXPECT_FALSE(ref->is_dead());
  EXPECT_EQ(Collector::collect().found, 1U);
  EXPECT_TRUE(ref->is_dead());
  EXPECT_EQ(Callback::calls(), 5);
}

// What garbage refers to may be held by others, and is then not the garbage's to empty.
TEST_F(ContainersTest, TheNamesOfAModuleOutliveIt) {
  Ref<Module> module = Module::make(intern("m"));
  const Ref<Dict> names = Ref<Dict>::of(module->dict());
  ASSERT_EQ(module->set(*intern("x"), an_int(1)), Status::kDone);
  {
    const Ref<Node> ring = Node::ring(2);
    ring->set_right(std::move(module));
  }
  EXPECT_EQ(Collector::collect().found, 3U);
  Ref<> found;
  EXPECT_EQ(names->find(intern("x").value(), found), Status::kDone);
  EXPECT_TRUE(found) << "functions still have these names";
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
