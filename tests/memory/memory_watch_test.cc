#include "memory/memory_watch.h"

#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "memory/buffer.h"
#include "memory/heap.h"
#include "tests/memory/attached_slot.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::size_t kGrain = MemoryWatch::kGrain;

class MemoryWatchTest : public ::testing::Test {
 protected:
  MemoryWatchTest() { forget(); }
  ~MemoryWatchTest() override {
    MemoryWatch::set_limit(MemoryWatch::kNoLimit);
    forget();
  }
  [[nodiscard]] static bool was_asked() { return current().slot->is_asked(Breaker::kMemory); }
  static void forget() {
    current().slot->breaker.fetch_and(~static_cast<std::uint32_t>(Breaker::kMemory), kRelaxed);
  }
  AttachedSlot me_;
};

TEST_F(MemoryWatchTest, KnowsOfBuffersByTheGrain) {
  const std::size_t before = MemoryWatch::bytes();
  void* const buffer = allocate_buffer(20 * kGrain);
  EXPECT_GE(MemoryWatch::bytes(), before + 19 * kGrain);
  EXPECT_LE(MemoryWatch::bytes(), before + 22 * kGrain);
  free_buffer(buffer);
  EXPECT_LE(MemoryWatch::bytes(), before + kGrain);
}

TEST_F(MemoryWatchTest, ManySmallBuffersCountAsOneLargeOne) {
  const std::size_t before = MemoryWatch::bytes();
  static std::array<void*, 4096> buffers{};
  for (void*& buffer : buffers) buffer = allocate_buffer(1024);
  EXPECT_GE(MemoryWatch::bytes(), before + 4096 * 1024 - kGrain);
  for (void* const buffer : buffers) free_buffer(buffer);
  EXPECT_LE(MemoryWatch::bytes(), before + kGrain);
}

TEST_F(MemoryWatchTest, KnowsOfObjects) {
  const std::size_t before = MemoryWatch::bytes();
  void* const block = heap::allocate(8 << 20);
  EXPECT_GE(MemoryWatch::bytes(), before + (8 << 20) - 2 * kGrain);
  heap::free(block);
  EXPECT_LE(MemoryWatch::bytes(), before + 2 * kGrain);
}

TEST_F(MemoryWatchTest, AsksWhoeverLeadsBeyondTheLimit) {
  MemoryWatch::set_limit(MemoryWatch::bytes() + 4 * kGrain);
  void* const little = allocate_buffer(kGrain);
  EXPECT_FALSE(was_asked());
  EXPECT_FALSE(MemoryWatch::is_over_limit());
  void* const much = allocate_buffer(8 * kGrain);
  EXPECT_TRUE(was_asked());
  EXPECT_TRUE(MemoryWatch::is_over_limit());
  forget();
  free_buffer(much);
  EXPECT_FALSE(was_asked()) << "less is welcome";
  free_buffer(little);
}

TEST_F(MemoryWatchTest, AsksAgainWhoDoesNotListen) {
  MemoryWatch::set_limit(0);
  for (int i = 0; i < 3; ++i) {
    void* const buffer = allocate_buffer(2 * kGrain);
    EXPECT_TRUE(was_asked()) << i;
    forget();
    free_buffer(buffer);
  }
}

TEST_F(MemoryWatchTest, OneMayFreeWhatAnotherAllocated) {
  const std::size_t before = MemoryWatch::bytes();
  void* const buffer = allocate_buffer(8 * kGrain);
  std::thread([buffer] { free_buffer(buffer); }).join();
  EXPECT_LE(MemoryWatch::bytes(), before + kGrain);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
