#include "objects/number/double_parts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr double kLargest = std::numeric_limits<double>::max();
constexpr double kSmallest = std::numeric_limits<double>::denorm_min();

TEST(DoubleParts, ComeTogetherAgain) {
  std::mt19937_64 random{1};
  for (int i = 0; i < 20'000; ++i) {
    const auto x = std::bit_cast<double>(random());
    if (!std::isfinite(x)) continue;
    for (const DoubleParts& parts : {take_apart(x), take_apart_reduced(x)}) {
      const auto back = put_together(parts.mantissa, false, parts.exponent, parts.negative);
      ASSERT_EQ(std::bit_cast<std::uint64_t>(back.value()), std::bit_cast<std::uint64_t>(x));
    }
  }
  EXPECT_TRUE(std::signbit(put_together(0, false, 0, true).value()));
}

TEST(DoubleParts, ReducedMantissasAreOdd) {
  EXPECT_EQ(take_apart_reduced(0.75).mantissa, 3U);
  EXPECT_EQ(take_apart_reduced(0.75).exponent, -2);
  EXPECT_EQ(take_apart_reduced(-0.0).exponent, 0);
}

TEST(DoubleParts, HalvesGoToTheEvenSide) {
  constexpr std::uint64_t kLargeOdd = (std::uint64_t{1} << 54) + 2;  // 53 bits and a half
  EXPECT_EQ(put_together(kLargeOdd, false, 0, false), 0x1p54);
  EXPECT_EQ(put_together(kLargeOdd, true, 0, false), 0x1p54 + 4);
  EXPECT_EQ(put_together(kLargeOdd + 4, false, 0, false), 0x1p54 + 8);
}

TEST(DoubleParts, SmallOnesLoseBits) {
  EXPECT_EQ(put_together(1, false, -1074, false), kSmallest);
  EXPECT_EQ(put_together(1, false, -1075, false), 0.0) << "half of the smallest is even at 0";
  EXPECT_EQ(put_together(1, true, -1075, false), kSmallest);
  EXPECT_EQ(put_together(3, false, -1076, false), kSmallest);
  EXPECT_EQ(put_together(3, false, -1075, false), 2 * kSmallest);
  EXPECT_EQ(put_together(~std::uint64_t{0}, true, -2'000, false), 0.0);
}

TEST(DoubleParts, LargeOnesHaveAnEnd) {
  constexpr std::uint64_t kOnes = (std::uint64_t{1} << 53) - 1;
  EXPECT_EQ(put_together(kOnes, false, 971, false), kLargest);
  EXPECT_EQ(put_together(kOnes * 4 + 1, true, 969, true), -kLargest);
  EXPECT_EQ(put_together(kOnes * 2 + 1, false, 970, false), std::nullopt) << "rounds up to 2**1024";
  EXPECT_EQ(put_together(1, false, 1024, false), std::nullopt);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
