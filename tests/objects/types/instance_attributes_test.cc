#include "objects/types/instance_attributes.h"

#include <string>
#include <thread>
#include <vector>

#include "memory/fault.h"
#include "objects/types/list.h"
#include "tests/objects/types/program_function.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class InstanceAttributesTest : public ObjectsTest {
 protected:
  static std::string key(int number) { return "x" + std::to_string(number); }
  static void fill(const Ref<>& object, int attributes) {
    for (int i = 0; i < attributes; ++i) EXPECT_EQ(set(object, key(i), an_int(i)), Status::kDone);
  }
  static void expect_filled(const Ref<>& object, int attributes) {
    for (int i = 0; i < attributes; ++i) EXPECT_EQ(text_of(get(object, key(i))), std::to_string(i));
  }
  static Ref<> dict_of(const Ref<>& object) { return get(object, "__dict__"); }

  Type& class_ = a_class("C", {});
};
using InstanceAttributesConcurrency = InstanceAttributesTest;

TEST_F(InstanceAttributesTest, WhatIsStoredIsFound) {
  const Ref<> object = new_of(class_);
  for (const int count : {1, 5, 6, 7, 40}) {
    fill(object, count);
    expect_filled(object, count);
  }
  EXPECT_EQ(set(object, "x3", a_str("other")), Status::kDone);
  EXPECT_EQ(text_of(get(object, "x3")), "other");
}

TEST_F(InstanceAttributesTest, WhatIsDeletedIsGone) {
  const Ref<> object = new_of(class_);
  fill(object, 8);
  for (const char* each : {"x0", "x7"}) {
    EXPECT_EQ(set(object, each, {}), Status::kDone);
    EXPECT_FALSE(get(object, each));
    EXPECT_EQ(pending_text(), std::string("'C' object has no attribute '") + each + "'");
    EXPECT_EQ(set(object, each, {}), Status::kFailed);
    EXPECT_EQ(pending_text(), std::string("'C' object has no attribute '") + each + "'");
    EXPECT_EQ(set(object, each, an_int(9)), Status::kDone);
    EXPECT_EQ(text_of(get(object, each)), "9");
  }
}

TEST_F(InstanceAttributesTest, InstancesOfTheSameAttributesHaveTheSameShape) {
  const Ref<> a = new_of(class_);
  const Ref<> b = new_of(class_);
  fill(a, 7);
  fill(b, 7);
  EXPECT_EQ(a.as<Object>().shape(), b.as<Object>().shape());
}

TEST_F(InstanceAttributesTest, TheDictIsInStepWithTheAttributes) {
  const Ref<> object = new_of(class_);
  fill(object, 7);
  EXPECT_EQ(set(object, "x1", {}), Status::kDone);
  const Ref<> dict = dict_of(object);
  EXPECT_EQ(dict.as<Dict>().size(), 6U);
  EXPECT_EQ(dict_of(object).value(), dict.value()) << "it is always the same";
  EXPECT_EQ(set(object, "y", an_int(70)), Status::kDone);
  EXPECT_EQ(text_of(get_item(dict.value(), a_str("y").value())), "70");
  EXPECT_EQ(set_item(dict.value(), a_str("z").value(), an_int(71)), Status::kDone);
  EXPECT_EQ(text_of(get(object, "z")), "71");
  EXPECT_EQ(set(object, "x2", {}), Status::kDone);
  EXPECT_EQ(dict.as<Dict>().contains(a_str("x2").value()), Truth::kFalse);
  EXPECT_FALSE(get(object, "x1"));
  clear_error();
}

TEST_F(InstanceAttributesTest, TheDictCanBeReplaced) {
  const Ref<> object = new_of(class_);
  fill(object, 3);
  const Ref<Dict> other = Dict::make();
  ASSERT_EQ(other->set(a_str("y").value(), an_int(5)), Status::kDone);
  EXPECT_EQ(set(object, "__dict__", other.share()), Status::kDone);
  EXPECT_EQ(text_of(get(object, "y")), "5");
  EXPECT_FALSE(get(object, "x1"));
  clear_error();
  EXPECT_EQ(set(object, "__dict__", an_int(1)), Status::kFailed);
  EXPECT_EQ(pending_text(), "__dict__ must be set to a dictionary, not a 'int'");
}

TEST_F(InstanceAttributesTest, TooManyNamesGoToADict) {
  const Ref<> object = new_of(class_);
  fill(object, 1100);
  EXPECT_TRUE(Shape::of(object.as<Object>()).is_dict_mode());
  expect_filled(object, 1100);
}

TEST_F(InstanceAttributesTest, TooManyDifferentNamesGoToADictToo) {
  for (int i = 0; i < 100; ++i) {
    const Ref<> object = new_of(class_);
    EXPECT_EQ(set(object, key(1000 + i), an_int(i)), Status::kDone);
    EXPECT_EQ(text_of(get(object, key(1000 + i))), std::to_string(i));
  }
}

TEST_F(InstanceAttributesTest, AttributesEndWithTheirObject) {
  {
    const Ref<> object = new_of(class_);
    for (int i = 0; i < 8; ++i) ASSERT_EQ(set(object, key(i), Witness::value()), Status::kDone);
    EXPECT_EQ(set(object, "x0", {}), Status::kDone);
    EXPECT_EQ(set(object, "x6", an_int(1)), Status::kDone);
    EXPECT_EQ(ends(), 2);
  }
  EXPECT_EQ(ends(), 8);
}

TEST_F(InstanceAttributesTest, InDictModeTooTheyEndWithTheirObject) {
  {
    const Ref<> object = new_of(class_);
    for (int i = 0; i < 8; ++i) ASSERT_EQ(set(object, key(i), Witness::value()), Status::kDone);
    const Ref<> dict = dict_of(object);
    EXPECT_EQ(ends(), 0);
  }
  EXPECT_EQ(ends(), 8);
}

TEST_F(InstanceAttributesTest, AnInstanceOfThreeAttributesIs64Bytes) {
  EXPECT_EQ(sizeof(Object) + class_.parts().bytes(), 64U);
  EXPECT_GE(class_.parts().attributes, 3U);
}

TEST_F(InstanceAttributesTest, WithoutMemoryNothingIsLost) {
  for (std::uint64_t n = 0;; ++n) {
    const Ref<> object = new_of(class_);
    fill(object, 3);
    auto fault = fault::Injection::nth(n);
    const Ref<Dict> dict = dict_of_instance(object.as<Object>());
    if (fault.allocations() <= n) break;
    EXPECT_EQ(static_cast<bool>(dict), pending_kind() == ErrorKind::kNone);
    EXPECT_EQ(taken(), dict ? ErrorKind::kNone : ErrorKind::kMemory);
    expect_filled(object, 3);
  }
}

TEST_F(InstanceAttributesConcurrency, NoAttributeIsLost) {
  constexpr int kThreads = 3;
  constexpr int kEach = 12;
  for (int round = 0; round < 20; ++round) {
    const Ref<> object = new_of(class_);
    std::vector<std::thread> crew;
    for (int thread = 0; thread < kThreads; ++thread) {
      crew.push_back(attached([&object, thread, round](Thread&) {
        for (int i = 0; i < kEach; ++i) {
          const Ref<Str> own = name(key(thread * kEach + i));
          EXPECT_EQ(store_own_attribute(object.as<Object>(), *own, an_int(i)), Status::kDone);
          if (i != 5 || thread != round % 4) continue;
          EXPECT_TRUE(dict_of_instance(object.as<Object>()));
        }
      }));
    }
    for (std::thread& thread : crew) join_detached(thread);
    for (int i = 0; i < kThreads * kEach; ++i)
      EXPECT_EQ(text_of(get(object, key(i))), std::to_string(i % kEach));
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
