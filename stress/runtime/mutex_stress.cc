// Mutexes under everything at once: waits with and without deadlines, tries, sleeps inside, stops
// of the world. What is guarded is plain, so ThreadSanitizer sees a hole in the exclusion; a lost
// wake-up shows as a thread that does not end.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "runtime/mutex.h"
#include "runtime/world.h"
#include "stress/seconds.h"
#include "tests/runtime/crew.h"
#include "tests/runtime/lock_inspector.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

struct Guarded {
  Mutex mutex;
  std::uint64_t count OROCHI_GUARDED_BY(mutex) = 0;
};

// One turn in one of the ways to take the lock. False: it was not taken.
bool turn(Guarded& guarded, std::uint64_t random) OROCHI_UNCHECKED_LOCKING {
  switch (random % 8) {
    case 0:
      if (!guarded.mutex.try_lock()) return false;
      break;
    case 1:
      if (!guarded.mutex.lock_for(20 * platform::kMicrosecond)) return false;
      break;
    default:
      guarded.mutex.lock();
  }
  ++guarded.count;
  if (random % 64 == 5) platform::yield();
  if (random % 512 == 6) platform::sleep_for(50 * platform::kMicrosecond);
  guarded.mutex.unlock();
  return true;
}

TEST(MutexStress, ExcludesAndForgetsNobody) {
  constexpr int kThreads = 6;
  Guarded guarded[2];
  SysAtomic<std::uint64_t> taken{0};
  const auto deadline = stress::deadline();
  std::vector<std::thread> threads;
  for (int id = 0; id < kThreads; ++id) {
    threads.push_back(attached([&, id](Thread&) {
      std::uint64_t random = static_cast<std::uint64_t>(id) * 2654435761U + 1;
      while (std::chrono::steady_clock::now() < deadline) {
        random = random * 6364136223846793005ULL + 1442695040888963407ULL;
        if (turn(guarded[random >> 63], random >> 33)) taken.fetch_add(1U, kRelaxed);
        safepoint();
        if ((random >> 40) % 1000 == 0) const StoppedWorld stopped;
      }
    }));
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(LockInspector::bits(guarded[0].mutex), 0);
  EXPECT_EQ(LockInspector::bits(guarded[1].mutex), 0);
  std::uint64_t counted = 0;
  for (Guarded& each : guarded) {
    const Lock lock(each.mutex);
    counted += each.count;
  }
  EXPECT_EQ(counted, taken.load(kRelaxed));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
