#include "objects/collector/pacing.h"

#include <gtest/gtest.h>

#include "memory/memory_watch.h"
#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class PacingTest : public ::testing::Test {
 protected:
  static constexpr std::size_t kLeast = std::size_t{1} << 20;

  PacingTest() { Pacing::set({.least_growth = kLeast, .least_percent = 10, .most_percent = 80}); }
  ~PacingTest() override {
    Pacing::set(Pace());
    MemoryWatch::set_limit(MemoryWatch::kNoLimit);
    MemoryWatch::report(-reported_);
  }
  [[nodiscard]] static std::size_t allowed() { return MemoryWatch::limit() - MemoryWatch::bytes(); }
  void pretend(std::int64_t bytes) {
    MemoryWatch::report(bytes);
    reported_ += bytes;
  }

  Known known_;
  std::int64_t reported_ = 0;
};

TEST_F(PacingTest, ALittleGrowthIsAllowedInAnyCase) {
  Pacing::plan_next(1000, 500);
  EXPECT_GE(allowed(), kLeast);
  EXPECT_LE(allowed(), kLeast + MemoryWatch::bytes());
}

TEST_F(PacingTest, MuchGarbageMakesTheNextOneComeSooner) {
  pretend(std::int64_t{1} << 30);
  for (int i = 0; i < 10; ++i) Pacing::plan_next(1000, 0);
  const std::size_t most = allowed();
  EXPECT_NEAR(static_cast<double>(most), 0.8 * (1 << 30), 1e7);
  Pacing::plan_next(1000, 100);
  EXPECT_NEAR(static_cast<double>(allowed()), 0.4 * (1 << 30), 1e7);
  Pacing::plan_next(1000, 50);
  EXPECT_NEAR(static_cast<double>(allowed()), 0.4 * (1 << 30), 1e7) << "neither much nor little";
  for (int i = 0; i < 10; ++i) Pacing::plan_next(1000, 900);
  EXPECT_NEAR(static_cast<double>(allowed()), 0.1 * (1 << 30), 1e7);
  Pacing::plan_next(1000, 3);
  EXPECT_NEAR(static_cast<double>(allowed()), 0.2 * (1 << 30), 1e7);
}

TEST_F(PacingTest, ANewPaceCountsAtOnce) {
  Pacing::set({.least_growth = std::size_t{32} << 20, .least_percent = 1, .most_percent = 1});
  EXPECT_EQ(Pacing::get().least_growth, std::size_t{32} << 20);
  EXPECT_GE(allowed(), std::size_t{32} << 20);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
