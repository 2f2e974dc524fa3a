#include "objects/collector/object_stack.h"

#include <set>
#include <vector>

#include "memory/fault.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class ObjectStackTest : public ObjectsTest {};

// Enough for several pieces, and to swing around their ends.
TEST_F(ObjectStackTest, GivesBackWhatCameLast) {
  std::vector<Ref<Witness>> objects;
  for (int i = 0; i < 100; ++i) objects.push_back(Witness::make());
  ObjectStack stack;
  std::vector<Object*> wanted;
  for (std::size_t i = 0; i < 30'000; ++i) {
    Object& object = *objects[i % 100];
    ASSERT_TRUE(stack.push(object));
    wanted.push_back(&object);
    if (i % 3 == 0) {
      ASSERT_EQ(&stack.pop(), wanted.back());
      wanted.pop_back();
    }
    ASSERT_EQ(stack.size(), wanted.size());
  }
  std::size_t seen = 0;
  stack.for_each([&](Object&) { ++seen; });
  EXPECT_EQ(seen, wanted.size());
  while (!stack.is_empty()) {
    ASSERT_EQ(&stack.pop(), wanted.back());
    wanted.pop_back();
  }
  EXPECT_TRUE(wanted.empty());
}

TEST_F(ObjectStackTest, WithoutMemoryItIsAsBefore) {
  const Ref<Witness> object = Witness::make();
  ObjectStack stack;
  std::size_t pushed = 0;
  {
    const auto fault = fault::Injection::nth(2);
    while (stack.push(*object)) ++pushed;
  }
  EXPECT_EQ(stack.size(), pushed);
  EXPECT_TRUE(stack.push(*object));
  EXPECT_EQ(stack.size(), pushed + 1);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
