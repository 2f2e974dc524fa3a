#include "runtime/safepoint.h"

#include <gtest/gtest.h>

#include "runtime/hostile.h"
#include "runtime/lifecycle.h"
#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

constexpr std::uint32_t bit(Breaker reason) { return static_cast<std::uint32_t>(reason); }

std::uint32_t g_served = 0;
template <Breaker kReason>
void serve() noexcept {
  EXPECT_LT(g_served, bit(kReason)) << "in the order of the reasons";
  g_served |= bit(kReason);
}

class Safepoint : public ::testing::Test {
 protected:
  Safepoint() {
    set_safepoint_hook(Breaker::kLeave, serve<Breaker::kLeave>);
    set_safepoint_hook(Breaker::kUpper, serve<Breaker::kUpper>);
  }
  ~Safepoint() override {
    set_safepoint_hook(Breaker::kLeave, nullptr);
    set_safepoint_hook(Breaker::kUpper, nullptr);
  }
  Known known_;
  Slot& slot_ = *current().slot;
};

TEST_F(Safepoint, TakesEveryBitOnce) {
  for (const Breaker reason : {Breaker::kStop, Breaker::kLeave, Breaker::kUpper}) slot_.ask(reason);
  g_served = 0;
  safepoint();
  EXPECT_EQ(g_served, bit(Breaker::kLeave) | bit(Breaker::kUpper));
  g_served = 0;
  slot_.breaker.fetch_and(~bit(Breaker::kHostile), kRelaxed);
  EXPECT_EQ(slot_.breaker.load(kRelaxed), 0U);
  safepoint();
  EXPECT_EQ(g_served, 0U);
}

TEST_F(Safepoint, AStopThatIsOverHoldsNobody) {
  slot_.ask(Breaker::kStop);
  safepoint();
  EXPECT_TRUE(Thread::current()->is_attached());
}

TEST_F(Safepoint, IsHarmlessInAnExclusivePhase) {
  const StoppedWorld exclusive(StopKind::kExclusive);
  slot_.ask(Breaker::kStop);
  safepoint();
  EXPECT_TRUE(World::is_stopped_by_me());
}

TEST(SafepointConcurrency, StandsForAStopAndGoesOn) {
  Flag end;
  std::thread worker = attached([&](Thread& me) {
    while (!is_raised(end)) {
      safepoint();
      EXPECT_TRUE(me.is_attached());
    }
  });
  {
    const Known me;
    for (int i = 0; i < 100; ++i) const StoppedWorld stopped;
  }
  raise(end);
  worker.join();
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
