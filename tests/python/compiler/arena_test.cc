#include "python/compiler/arena.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>

#include "memory/fault.h"
#include "tests/memory/attached_slot.h"

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

TEST(Arena, BlocksAreAlignedAndApart) {
  Arena arena;
  char* last = nullptr;
  for (std::size_t bytes = 0; bytes < 3000; bytes += 7) {
    auto* const block = static_cast<char*>(arena.allocate(bytes));
    ASSERT_NE(block, nullptr);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % 8, 0U);
    std::memset(block, 0xEE, bytes);  // ASan minds if that is somebody else's
    EXPECT_TRUE(bytes == 0 || block != last);
    last = block;
  }
}

TEST(Arena, LargeRequestsWasteNoChunk) {
  Arena arena;
  ASSERT_NE(arena.allocate(8), nullptr);
  const std::size_t before = arena.bytes();
  ASSERT_NE(arena.allocate(std::size_t{10} << 20), nullptr);
  EXPECT_LT(arena.bytes() - before, (std::size_t{10} << 20) + 64);
  ASSERT_NE(arena.allocate(8), nullptr);
  EXPECT_LT(arena.bytes() - before, (std::size_t{10} << 20) + 64) << "the first chunk goes on";
}

TEST(Arena, JoinsText) {
  Arena arena;
  EXPECT_EQ(arena.join({"a", "", "bc"}), "abc");
  EXPECT_EQ(arena.join({}), "");
}

TEST(Arena, RemembersThatMemoryWasRefused) {
  const AttachedSlot me;
  Arena arena;
  EXPECT_EQ(arena.allocate(SIZE_MAX), nullptr);
  EXPECT_TRUE(arena.exhausted());
  Arena other;
  const auto fault = fault::Injection::from(0);
  EXPECT_EQ(other.join({"abc"}), "");
  EXPECT_TRUE(other.exhausted());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN::compiler
