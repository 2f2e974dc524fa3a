#include "memory/fault.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <thread>
#include <vector>

#include "memory/buffer.h"
#include "memory/heap.h"
#include "tests/memory/attached_slot.h"
#include "tests/memory/live_objects.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using fault::Injection;

TEST(Fault, NothingFailsUnarmed) {
  EXPECT_FALSE(fault::is_armed());
  EXPECT_FALSE(fault::should_fail());
  {
    const auto counting = Injection::none();
    EXPECT_TRUE(fault::is_armed());
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(fault::should_fail());
    EXPECT_EQ(counting.allocations(), 5U);
  }
  EXPECT_FALSE(fault::is_armed());
}

std::vector<bool> outcomes(const Injection&) {
  std::vector<bool> fails;
  for (int i = 0; i < 6; ++i) fails.push_back(fault::should_fail());
  return fails;
}

TEST(Fault, FailsWhatItWasArmedFor) {
  EXPECT_EQ(outcomes(Injection::nth(2)),
            (std::vector<bool>{false, false, true, false, false, false}));
  EXPECT_EQ(outcomes(Injection::from(4)),
            (std::vector<bool>{false, false, false, false, true, true}));
  EXPECT_EQ(outcomes(Injection::window(1, 3)),
            (std::vector<bool>{false, true, true, false, false, false}));
}

// A block that the fast path would hand out is counted and fails like any other.
TEST(Fault, CountsEveryBlock) {
  const AttachedSlot me;
  void* const warm = heap::allocate(48);
  {
    const auto counting = Injection::none();
    std::array<void*, 100> blocks{};
    for (void*& block : blocks) block = heap::allocate(48);
    EXPECT_GE(counting.allocations(), blocks.size());
    EXPECT_LE(counting.allocations(), blocks.size() + 2) << "and a slab and a chunk at most";
    for (void* const block : blocks) heap::free(block);
  }
  {
    const auto fault = Injection::from(0);
    EXPECT_EQ(heap::allocate(48), nullptr);
    EXPECT_EQ(heap::allocate(100'000), nullptr);
    EXPECT_EQ(heap::allocate(100'000'000), nullptr);
  }
  void* const again = heap::allocate(48);
  EXPECT_NE(again, nullptr);
  heap::free(again);
  heap::free(warm);
}

TEST(Fault, ASlotIsAnAllocation) {
  const auto fault = Injection::nth(0);
  EXPECT_EQ(SlotTable::issue(), nullptr);
}

// A thread that lives through all that memory can do: blocks of several classes, large and huge
// ones, buffers that grow. Returns false as soon as something fails; gives back what it has.
class Script {
 public:
  ~Script() {
    for (void* const block : blocks_) heap::free(block);
    free_buffer(buffer_);
    free_buffer(zeros_);
  }

  [[nodiscard]] bool run() {
    for (std::size_t i = 0; i < 40; ++i)
      if (!add(16 + i * 24)) return false;
    for (const std::size_t bytes : {5'000U, 30'000U, 40'000U, 200'000U, 5'000'000U})
      if (!add(bytes)) return false;
    for (std::size_t bytes = 10; bytes < 10'000; bytes *= 3) {
      void* const grown = reallocate_buffer(buffer_, bytes);
      if (grown == nullptr) return false;
      buffer_ = grown;
    }
    return (zeros_ = allocate_zeroed_buffer(1'000)) != nullptr;
  }

 private:
  bool add(std::size_t bytes) {
    void* const block = make_live(bytes);
    if (block != nullptr) blocks_.push_back(block);
    return block != nullptr;
  }

  std::vector<void*> blocks_;
  void* buffer_ = nullptr;
  void* zeros_ = nullptr;
};

// Each allocation of the script fails once: it is reported, nothing leaks, and the heap works on.
TEST(Fault, EveryAllocationMayFail) {
  std::thread([] {  // of its own, so that the heap starts cold
    const AttachedSlot me;
    heap::trim();
    const std::size_t taken_before = heap::bytes_taken();
    const std::size_t live_before = count_live();
    const std::size_t buffers_before = bytes_in_buffers();
    std::uint64_t n = 0;
    for (bool met = true; met; ++n) {
      heap::trim();
      const auto fault = Injection::nth(n);
      bool finished = false;
      {
        Script script;
        finished = script.run();
      }
      met = fault.allocations() > n;
      EXPECT_EQ(finished, !met) << "allocation " << n;
      EXPECT_EQ(count_live(), live_before) << "allocation " << n;
      EXPECT_EQ(bytes_in_buffers(), buffers_before) << "allocation " << n;
    }
    EXPECT_GT(n, 50U);
    heap::trim();
    EXPECT_EQ(heap::bytes_taken(), taken_before);
  })
      .join();
}

// Memory runs out for good in the middle, and comes back.
TEST(Fault, WorksOnWhenMemoryComesBack) {
  const AttachedSlot me;
  const std::size_t live_before = count_live();
  for (std::uint64_t n = 0; n < 50; n += 7) {
    {
      const auto fault = Injection::from(n);
      Script script;
      EXPECT_FALSE(script.run());
    }
    Script script;
    EXPECT_TRUE(script.run());
  }
  EXPECT_EQ(count_live(), live_before);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
