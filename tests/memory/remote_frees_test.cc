#include "memory/remote_frees.h"

#include <gtest/gtest.h>

#include "memory/slab.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr RemoteFrees kNone = RemoteFrees::none(1);
static_assert(kNone.head() == 0 && kNone.count() == 0 && kNone.wanted() == 1);
static_assert(!kNone.tells() && !kNone.is_told());

// A living owner hears of the first, and of no other until it looked.
static_assert(kNone.with(48).tells());
static_assert(kNone.with(48).head() == 48);
static_assert(!kNone.with(48).with(96).tells() && kNone.with(48).with(96).is_told());
static_assert(kNone.with(48).with(96).head() == 96);

static_assert(RemoteFrees{kNone.with(48).bits()} == kNone.with(48));

TEST(RemoteFrees, ADeadOwnersSlabHearsOfTheLast) {
  constexpr std::uint32_t kLive = 2047;
  static_assert(kLive < kMaxBlocksPerSlab, "as many as a slab can have: one is lost to offset 0");
  RemoteFrees word = RemoteFrees::none(kLive);
  for (std::uint32_t i = 1; i <= kLive; ++i) {
    EXPECT_FALSE(word.is_told());
    const auto block = static_cast<BlockOffset>(32 * i);
    word = word.with(block);
    EXPECT_EQ(word.head(), block);
    EXPECT_EQ(word.count(), i);
    EXPECT_EQ(word.wanted(), kLive);
    EXPECT_EQ(word.tells(), i == kLive);
  }
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
