#include "objects/types/str_builder.h"

#include "memory/fault.h"
#include "tests/objects/types/strs.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class StrBuilderTest : public ObjectsTest {};

TEST_F(StrBuilderTest, AddsUp) {
  text::Random random(11);
  for (int round = 0; round < 200; ++round) {
    StrBuilder builder;
    text::Points expected;
    for (std::size_t i = random.below(12); i-- > 0;) {
      const Ref<Str> part = random_str(random, 40);
      for (std::size_t k = 0; k < part->size(); ++k) expected.push_back(part->view()[k]);
      ASSERT_EQ(builder.add(*part), Status::kDone);
    }
    const Ref<Str> made = builder.finish();
    EXPECT_EQ(python(made), python(str_of(expected)));
  }
}

TEST_F(StrBuilderTest, TakesAscii) {
  StrBuilder builder;
  EXPECT_EQ(python(builder.finish()), python(Str::empty()));
  ASSERT_EQ(builder.add("ab"), Status::kDone);
  ASSERT_EQ(builder.add(""), Status::kDone);
  ASSERT_EQ(builder.add("c"), Status::kDone);
  EXPECT_EQ(builder.finish()->ascii(), "abc");
}

TEST_F(StrBuilderTest, WithoutMemoryItSaysSo) {
  const Ref<Str> wide = str_of(U"\U0001F600");
  StrBuilder builder;
  ASSERT_EQ(builder.add("ab"), Status::kDone);
  {
    const auto fault = fault::Injection::from(0);
    EXPECT_EQ(builder.add(*wide), Status::kFailed);
    EXPECT_EQ(taken(), ErrorKind::kMemory);
    EXPECT_FALSE(builder.finish());
    EXPECT_EQ(taken(), ErrorKind::kMemory);
  }
  EXPECT_EQ(builder.finish()->ascii(), "ab");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
