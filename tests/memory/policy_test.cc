#include "memory/policy.h"

#include <gtest/gtest.h>

namespace orochi::inline OROCHI_DESIGN {
namespace {

// The inline namespace keeps two designs apart at link time and costs a user no typing.
TEST(Policy, IsFoundWithAndWithoutTheNameOfTheDesign) {
  EXPECT_EQ(&orochi::kPolicy, &orochi::OROCHI_DESIGN::kPolicy);
}

TEST(Policy, CarriesTheNameThatTheBuildGaveIt) {
  EXPECT_EQ(kPolicy.name, designs::OROCHI_DESIGN.name);
  EXPECT_FALSE(kPolicy.name.empty());
}

// Plain counts are right only where one thread runs at a time.
static_assert(kPolicy.parallel == (kPolicy.counting != Counting::kPlain));

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
