#include "runtime/hostile.h"

#include <gtest/gtest.h>

#include "runtime/safepoint.h"
#include "runtime/thread.h"
#include "tests/runtime/crew.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;
using Mode = Hostile::Mode;

constexpr std::uint8_t bit(Mode mode) { return static_cast<std::uint8_t>(mode); }

// Sets the modes for one test and puts those of the environment back.
class WithModes {
 public:
  explicit WithModes(std::uint8_t modes) { Hostile::set(modes); }
  ~WithModes() {
    const char* const list = std::getenv("OROCHI_HOSTILE");
    Hostile::set(list == nullptr ? std::uint8_t{0} : Hostile::parse(list));
  }
};

TEST(Hostile, ReadsAList) {
  EXPECT_EQ(Hostile::parse(""), 0);
  EXPECT_EQ(Hostile::parse("yield"), bit(Mode::kYield));
  EXPECT_EQ(Hostile::parse("memory"), bit(Mode::kMemory));
  EXPECT_EQ(Hostile::parse("suspend,reclaim"), bit(Mode::kSuspend) | bit(Mode::kReclaim));
  EXPECT_EQ(Hostile::parse("slow,,nonsense,"), bit(Mode::kSlow));
  EXPECT_EQ(Hostile::parse("all"), Hostile::kAll);
}

TEST(Hostile, OffItLeavesTheFastPathsAlone) {
  const WithModes modes(0);
  const Known me;
  EXPECT_EQ(current().slot->breaker.load(kRelaxed) & static_cast<std::uint32_t>(Breaker::kHostile),
            0U);
  EXPECT_FALSE(Notices::read().has(Notice::kHostile));
}

TEST(Hostile, EverySafepointTakesTheSlowPath) {
  const WithModes modes(Hostile::kAll);
  const Known me;
  EXPECT_TRUE(Notices::read().has(Notice::kHostile));
  for (int i = 0; i < 3; ++i) {
    EXPECT_NE(
        current().slot->breaker.load(kRelaxed) & static_cast<std::uint32_t>(Breaker::kHostile), 0U);
    safepoint();
    EXPECT_TRUE(Thread::current()->is_attached());
  }
}

TEST(Hostile, DetachAndAttachStillWork) {
  const WithModes modes(Hostile::kAll);
  const Known me;
  for (int i = 0; i < 10; ++i) {
    const Detached blocked;
    EXPECT_FALSE(Thread::current()->is_attached());
  }
  EXPECT_TRUE(Thread::current()->is_attached());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
