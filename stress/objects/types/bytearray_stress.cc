// Threads that change one bytearray, and look at it through leases and memoryviews.
//
//   what is appended              is there, once, and in the order of its thread
//   what is lent                  stays where it is and as long as it is, whoever extends meanwhile
//   what is taken by pop          goes to one thread
//   a view's item                 is read and written as a whole
//
// Bytes are plain memory, so ThreadSanitizer asks the rest.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <thread>
#include <vector>

#include "objects/types/bytearray.h"
#include "objects/types/bytes_like.h"
#include "objects/types/memoryview.h"
#include "runtime/safepoint.h"
#include "stress/seconds.h"
#include "tests/objects/witness.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

constexpr int kThreads = 3;

class BytearrayStress : public ObjectsTest {};
using BytearrayStressConcurrency = BytearrayStress;

// All threads do it until the time is over.
template <class Body>
void for_a_while(Body body) {
  Flag stop;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i)
    threads.push_back(attached([&stop, &body, i](Thread&) {
      while (!is_raised(stop)) {
        body(i);
        safepoint();
      }
    }));
  for (const auto deadline = stress::deadline(); std::chrono::steady_clock::now() < deadline;)
    safepoint();
  raise(stop);
  for (std::thread& thread : threads) join_detached(thread);
}

// False: it was lent meanwhile, and says so.
[[nodiscard]] bool was_done(Status status) {
  if (!failed(status)) return true;
  EXPECT_EQ(Error::take().kind(), ErrorKind::kBuffer);
  return false;
}

// Each thread appends runs of its own byte; a run stays together, and none is lost.
TEST_F(BytearrayStressConcurrency, WhatIsExtendedIsThereWhileOthersLookAtIt) {
  constexpr std::size_t kRun = 5;
  const Ref<Bytearray> bytes = Bytearray::make(bytearray_type());
  std::array<SysAtomic<std::size_t>, kThreads> runs{};
  for_a_while([&](int i) {
    if (i == 0) {
      BytesLease lease;
      ASSERT_EQ(lease.take(bytes.value()), Status::kDone);
      const std::size_t size = bytes->size();
      EXPECT_EQ(lease.size(), size);
      lease.read([](ByteSpan all) {
        for (std::size_t at = 0; at < all.size(); at += kRun)
          EXPECT_EQ(all[at], all[at + kRun - 1]) << "a run is torn";
      });
      EXPECT_EQ(bytes->size(), size) << "it was resized while it was lent";
      lease.end();
      if (size > 50'000 && was_done(bytes->remove_all())) runs[0].store(1, kRelaxed);
    } else {
      const std::array<std::uint8_t, kRun> run{std::uint8_t(i), std::uint8_t(i), std::uint8_t(i),
                                               std::uint8_t(i), std::uint8_t(i)};
      if (was_done(bytes->extend(run))) runs[std::size_t(i)].fetch_add(std::size_t{1}, kRelaxed);
    }
  });
  if (runs[0].load(kRelaxed) != 0) return;  // it was emptied in between
  for (int i = 1; i < kThreads; ++i) {
    const auto mine = bytes->read([i](ByteSpan all) { return std::ranges::count(all, i); });
    EXPECT_EQ(static_cast<std::size_t>(mine), kRun * runs[std::size_t(i)].load(kRelaxed));
  }
}

// As many come as go.
TEST_F(BytearrayStressConcurrency, WhatIsPoppedGoesToOneThread) {
  const Ref<Bytearray> bytes = Bytearray::make(bytearray_type());
  SysAtomic<std::size_t> came{0};
  SysAtomic<std::size_t> went{0};
  for_a_while([&](int i) {
    std::uint8_t byte = 0;
    if (i == 0) {
      EXPECT_EQ(bytes->append('x'), Status::kDone);
      came.fetch_add(std::size_t{1}, kRelaxed);
    } else if (!failed(bytes->pop(i == 1 ? 0 : -1, byte))) {
      EXPECT_EQ(byte, 'x');
      went.fetch_add(std::size_t{1}, kRelaxed);
    } else {
      EXPECT_EQ(Error::take().kind(), ErrorKind::kIndex);
    }
  });
  EXPECT_EQ(bytes->size(), came.load(kRelaxed) - went.load(kRelaxed));
}

// Views come, write and go while another thread tries to resize what they look at.
TEST_F(BytearrayStressConcurrency, ViewsLookAtWhatStaysWhereItIs) {
  const Ref<Bytearray> bytes = Bytearray::make_blank(64);
  for (std::size_t i = 0; i < 64; ++i) bytes->writable()[i] = 0;
  for_a_while([&](int i) {
    if (i == 0) {
      const std::uint8_t more[8] = {};
      if (was_done(bytes->extend(more)))
        static_cast<void>(was_done(bytes->remove_part({.start = 64})));
      return;
    }
    const Ref<Memoryview> view = Memoryview::make(bytes.value());
    ASSERT_TRUE(view);
    const std::int64_t place = i;
    EXPECT_EQ(view->set({&place, 1}, Value::of_int(i)), Status::kDone);
    EXPECT_EQ(view->get({&place, 1}).value(), Value::of_int(i));
    const Ref<Memoryview> part = view->part({.stop = 64, .step = 2});
    EXPECT_EQ(part->to_bytes()->size(), 32U);
    if (i == 1) {
      EXPECT_EQ(view->release(), Status::kDone);
    }
  });
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
