#include "objects/collector/statistics.h"

#include "tests/objects/collector/nodes.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

class CollectorStatisticsTest : public CollectorTest {
 protected:
  CollectorStatisticsTest() { StatisticsKeeper::reset(); }
};

TEST_F(CollectorStatisticsTest, AddUp) {
  static_cast<void>(Node::ring(10));
  static_cast<void>(Collector::collect());
  static_cast<void>(Node::ring(3, [](Node& self) noexcept { kept = Ref<Node>::of(self); }));
  static_cast<void>(Collector::collect());
  const CollectorStatistics seen = Collector::statistics();
  EXPECT_EQ(seen.collections, 2U);
  EXPECT_EQ(seen.given_up, 0U);
  EXPECT_EQ(seen.found, 13U);
  EXPECT_EQ(seen.spared, 3U);
  EXPECT_EQ(seen.last_found, 3U);
  EXPECT_GE(seen.last_scanned, 3U);
  EXPECT_EQ(seen.pauses, 3U) << "one, and two where finalizers ran";
  EXPECT_GT(seen.last_pause, 0);
  EXPECT_GT(seen.last_times.count, 0);
}

TEST_F(CollectorStatisticsTest, TheMedianIsOfTheLastPauses) {
  for (platform::Nanos i = 1; i <= 9; ++i) StatisticsKeeper::note_pause(100 * i);
  EXPECT_EQ(Collector::statistics().median_pause, 500);
  EXPECT_EQ(Collector::statistics().longest_pause, 900);
  for (std::size_t i = 0; i < StatisticsKeeper::kPausesKept; ++i) StatisticsKeeper::note_pause(7);
  EXPECT_EQ(Collector::statistics().median_pause, 7);
  EXPECT_EQ(Collector::statistics().longest_pause, 900);
  StatisticsKeeper::reset();
  EXPECT_EQ(Collector::statistics().median_pause, 0);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
