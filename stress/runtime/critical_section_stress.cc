// Critical sections that nest, pair up, are suspended by waits, safepoints and stops, in threads
// that come and go, so that the single-thread mode comes and goes too. A pair of plain words is
// changed together between two points of suspension: whoever finds them unequal was not alone.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "runtime/critical_section.h"
#include "runtime/world.h"
#include "stress/seconds.h"
#include "tests/runtime/crew.h"
#include "tests/runtime/lock_inspector.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;
using Section = ParallelCriticalSection;

struct Object {
  ParallelObjectLock lock;
  std::uint64_t left = 0;
  std::uint64_t right = 0;
};

constexpr int kObjects = 3;

void change(Object& object) {
  const NoSuspend alone;
  EXPECT_EQ(object.left, object.right);
  ++object.left;
  ++object.right;
}

void turn(Object* objects, std::uint64_t random) {
  Object& a = objects[random % kObjects];
  Object& b = objects[random / 8 % kObjects];
  const Section outer(a.lock);
  change(a);
  if (random % 5 == 0) safepoint();
  {
    const Section pair(a.lock, b.lock);
    change(a);
    if (random % 7 == 0) const Detached detached;
    change(b);
  }
  if (random % 3001 == 0) const StoppedWorld stopped(StopKind::kPause);
  change(a);
}

TEST(CriticalSectionStress, NobodyIsInsideBetweenTwoSuspensions) {
  constexpr int kThreads = 4;
  Object objects[kObjects];
  SysAtomic<std::uint64_t> turns{0};
  const auto deadline = stress::deadline();
  std::vector<std::thread> threads;
  for (int id = 0; id < kThreads; ++id) {
    threads.emplace_back([&, id] {
      std::uint64_t random = static_cast<std::uint64_t>(id) * 2654435761U + 1;
      while (std::chrono::steady_clock::now() < deadline) {
        ASSERT_EQ(Thread::start(), Attach::kDone);
        for (int i = 0; i < 200; ++i) {
          random = random * 6364136223846793005ULL + 1442695040888963407ULL;
          turn(objects, random >> 33);
          turns.fetch_add(1U, kRelaxed);
          safepoint();
        }
        Thread::exit();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::uint64_t sum = 0;
  for (const Object& object : objects) {
    EXPECT_EQ(LockInspector::bits(object.lock), 0);
    sum += object.left;
  }
  EXPECT_EQ(sum, 4 * turns.load(kRelaxed));
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
