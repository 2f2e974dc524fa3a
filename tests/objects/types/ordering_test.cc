#include "objects/types/ordering.h"

#include <gtest/gtest.h>

#include <array>

namespace orochi::inline OROCHI_DESIGN {
namespace {

using enum CompareOp;

// In the order of the operators: < <= == != > >=.
constexpr std::array kOperators{kLess, kLessEqual, kEqual, kNotEqual, kGreater, kGreaterEqual};

std::array<bool, 6> said_of(std::partial_ordering order) {
  std::array<bool, 6> said{};
  for (std::size_t i = 0; i < said.size(); ++i) said[i] = holds(kOperators[i], order);
  return said;
}

TEST(Ordering, EachOperatorOfEachOrder) {
  using Said = std::array<bool, 6>;
  EXPECT_EQ(said_of(std::partial_ordering::less), (Said{true, true, false, true, false, false}));
  EXPECT_EQ(said_of(std::partial_ordering::equivalent),
            (Said{false, true, true, false, false, true}));
  EXPECT_EQ(said_of(std::partial_ordering::greater), (Said{false, false, false, true, true, true}));
  EXPECT_EQ(said_of(std::partial_ordering::unordered),
            (Said{false, false, false, true, false, false}));
}

TEST(Ordering, TruthsAreValues) {
  EXPECT_EQ(bool_of(true).value(), Value::kTrue);
  EXPECT_EQ(bool_of(false).value(), Value::kFalse);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
