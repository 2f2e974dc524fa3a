#include "objects/types/owned_values.h"

#include "memory/buffer.h"
#include "memory/fault.h"
#include "tests/objects/types/keys.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using OwnedValuesTest = ObjectsTest;

TEST_F(OwnedValuesTest, DropsThemAtItsEnd) {
  const std::size_t before = bytes_in_buffers();
  {
    OwnedValues values;
    for (int i = 0; i < 100; ++i) {
      Ref<> value = Witness::value();
      ASSERT_TRUE(values.add(value));
    }
    EXPECT_EQ(ends(), 0);
    { const Ref<> taken = values.take(50); }
    EXPECT_EQ(ends(), 1);
    EXPECT_EQ(values.size(), 100U);
    EXPECT_TRUE(values[50].is_empty());
  }
  EXPECT_EQ(ends(), 100);
  EXPECT_EQ(bytes_in_buffers(), before);
}

TEST_F(OwnedValuesTest, AFewNeedNoMemory) {
  const auto fault = fault::Injection::from(0);
  OwnedValues values;
  EXPECT_TRUE(values.reserve(8));
  for (int i = 0; i < 8; ++i) values.push(number(i));
  Ref<> more = number(8);
  EXPECT_FALSE(values.add(more));
  EXPECT_EQ(more.value(), key_of(8));
  EXPECT_FALSE(values.reserve(SIZE_MAX));
  EXPECT_EQ(values.all().size(), 8U);
  EXPECT_EQ(values[7], key_of(7));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
