#include "memory/buffer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <thread>
#include <vector>

#include "memory/fault.h"
#include "tests/memory/attached_slot.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constexpr std::size_t kSizes[] = {0, 1, 15, 16, 17, 4096, 1'000'000};

void fill(void* payload, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i)
    static_cast<std::uint8_t*>(payload)[i] = static_cast<std::uint8_t>(i * 7);
}
bool is_filled(const void* payload, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i)
    if (static_cast<const std::uint8_t*>(payload)[i] != static_cast<std::uint8_t>(i * 7))
      return false;
  return true;
}

class Buffer : public testing::Test {
 protected:
  ~Buffer() override { EXPECT_EQ(bytes_in_buffers(), before_) << "something leaked"; }

  const AttachedSlot me_;
  const std::size_t before_ = bytes_in_buffers();
};

TEST_F(Buffer, HasTheSizeAndAlignmentAskedFor) {
  for (const std::size_t bytes : kSizes) {
    void* const payload = allocate_buffer(bytes);
    ASSERT_NE(payload, nullptr);
    EXPECT_EQ(buffer_bytes(payload), bytes);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(payload) % 16, 0U);
    EXPECT_EQ(bytes_in_buffers() - before_, bytes + sizeof(BufferHead));
    fill(payload, bytes);
    EXPECT_EQ(buffer_bytes(payload), bytes) << "the payload does not reach into the head";
    free_buffer(payload);
  }
}

TEST_F(Buffer, ZeroedMeansZeroedAlsoWhenReused) {
  for (const std::size_t bytes : kSizes) {
    void* const dirty = allocate_buffer(bytes);
    ASSERT_NE(dirty, nullptr);
    std::memset(dirty, 0xFF, bytes);
    free_buffer(dirty);
    void* const payload = allocate_zeroed_buffer(bytes);
    ASSERT_NE(payload, nullptr);
    const std::vector<std::uint8_t> zeros(bytes);
    EXPECT_TRUE(bytes == 0 || std::memcmp(payload, zeros.data(), bytes) == 0);
    free_buffer(payload);
  }
}

TEST_F(Buffer, ReallocationKeepsWhatFits) {
  void* payload = reallocate_buffer(nullptr, 100);
  ASSERT_NE(payload, nullptr);
  fill(payload, 100);
  for (const std::size_t bytes : {200U, 5'000'000U, 60U}) {
    payload = reallocate_buffer(payload, bytes);
    ASSERT_NE(payload, nullptr);
    EXPECT_TRUE(is_filled(payload, 60));
    EXPECT_EQ(buffer_bytes(payload), bytes);
    EXPECT_EQ(bytes_in_buffers() - before_, bytes + sizeof(BufferHead));
  }
  free_buffer(payload);
}

TEST_F(Buffer, FreeingNothingDoesNothing) { free_buffer(nullptr); }

TEST_F(Buffer, SizesThatNoAddressSpaceHasAreRefused) {
  void* payload = allocate_buffer(8);
  ASSERT_NE(payload, nullptr);
  for (const std::size_t bytes : {SIZE_MAX, SIZE_MAX - sizeof(BufferHead) + 1}) {
    EXPECT_EQ(allocate_buffer(bytes), nullptr);
    EXPECT_EQ(allocate_zeroed_buffer(bytes), nullptr);
    EXPECT_EQ(reallocate_buffer(payload, bytes), nullptr);
  }
  EXPECT_EQ(buffer_bytes(payload), 8U) << "a refused reallocation changes nothing";
  free_buffer(payload);
}

TEST_F(Buffer, AFailedAllocationIsNullAndChangesNothing) {
  void* payload = allocate_buffer(100);
  ASSERT_NE(payload, nullptr);
  fill(payload, 100);
  {
    const auto fault = fault::Injection::from(0);
    EXPECT_EQ(allocate_buffer(10), nullptr);
    EXPECT_EQ(allocate_zeroed_buffer(10), nullptr);
    EXPECT_EQ(reallocate_buffer(payload, 1000), nullptr);
    EXPECT_EQ(reallocate_buffer(nullptr, 1000), nullptr);
    EXPECT_EQ(fault.allocations(), 4U);
  }
  EXPECT_TRUE(is_filled(payload, 100));
  EXPECT_EQ(bytes_in_buffers() - before_, 100 + sizeof(BufferHead));
  free_buffer(payload);
}

// I1: one thread frees what another allocated; threads come and go, some without a slot.
TEST_F(Buffer, BytesAreExactWhoeverFrees) {
  std::vector<void*> payloads;
  const auto allocate_some = [&payloads] {
    for (const std::size_t bytes : kSizes) payloads.push_back(allocate_buffer(bytes));
  };
  std::thread([&] {
    const AttachedSlot other;
    allocate_some();
  }).join();
  std::thread(allocate_some).join();
  allocate_some();
  std::size_t expected = 0;
  for (const std::size_t bytes : kSizes) expected += 3 * (bytes + sizeof(BufferHead));
  EXPECT_EQ(bytes_in_buffers() - before_, expected);
  std::thread([&] {
    for (std::size_t i = 0; i < payloads.size(); i += 2) free_buffer(payloads[i]);
  }).join();
  for (std::size_t i = 1; i < payloads.size(); i += 2) free_buffer(payloads[i]);
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
