// What a dict does not do twice, or not at all, as it knows the answer.
#include "objects/types/dict.h"
#include "tests/objects/types/keys.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class DictThriftTest : public ObjectsTest {
 protected:
  DictThriftTest() { Key::at_compare = nullptr; }
};

// What is in a dict has a hash that is known.
TEST_F(DictThriftTest, ComparingHashesNoKeyAgain) {
  static int hashes = 0;
  Protocols slots;
  slots.hash = [](Value, std::int64_t& hash) noexcept {
    ++hashes;
    hash = 7;
    return Status::kDone;
  };
  Type* const ancestors[] = {&Key::type(), &object_type()};
  Type* const type = Type::make(
      {.name = "counted", .layout = &layout_of<Key>, .ancestors = ancestors, .protocols = slots});
  const Ref<Key> key = new_object<Key>(*type, 1, std::int64_t{7});
  const Ref<Dict> one = Dict::make();
  const Ref<Dict> other = Dict::make();
  ASSERT_EQ(one->set(key.value(), number(1)), Status::kDone);
  ASSERT_EQ(other->set(key.value(), number(1)), Status::kDone);
  EXPECT_EQ(hashes, 2);
  EXPECT_EQ(one->equals(*other), Truth::kTrue);
  EXPECT_EQ(hashes, 2);
}

// Whoever counts it from another thread leaves traces in it.
TEST_F(DictThriftTest, AskingForAKeyCountsNoValue) {
  const Ref<Dict> dict = Dict::make();
  Ref<Witness> witness = Witness::make();
  const Object& value = *witness;
  ASSERT_EQ(dict->set(key_of(1), std::move(witness)), Status::kDone);
  elsewhere([&] {
    EXPECT_EQ(dict->contains(key_of(1)), Truth::kTrue);
    EXPECT_EQ(dict->contains(key_of(1)), Truth::kTrue) << "by now without the lock";
    EXPECT_EQ(dict->contains(key_of(2)), Truth::kFalse);
  });
  EXPECT_TRUE(value.is_unique());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
