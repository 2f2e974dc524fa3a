// tests/runtime/crew.h: threads for tests.
#pragma once

#include <gtest/gtest.h>

#include <thread>
#include <utility>

#include "memory/door/platform.h"
#include "memory/door/sys_atomic.h"
#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN::testing {

// Makes the test's own thread known for one test.
class Known {
 public:
  Known() { EXPECT_EQ(Thread::start(), Attach::kDone); }
  ~Known() { Thread::exit(); }
  Known(const Known&) = delete;
  Known& operator=(const Known&) = delete;
};

// Waits until `condition` holds; false after ten seconds. The caller is unknown or detached, or
// waits for something that needs nothing of it.
template <class Condition>
[[nodiscard]] bool eventually(Condition&& condition) {
  const platform::Nanos deadline = platform::deadline_in(10 * platform::kSecond);
  while (!condition()) {
    if (platform::now() > deadline) return false;
    platform::yield();
  }
  return true;
}

// As above, for an attached thread: it passes safepoints meanwhile.
template <class Condition>
[[nodiscard]] bool eventually_at_safepoints(Condition&& condition) {
  return eventually([&] {
    safepoint();
    return condition();
  });
}

// A thread that is known to the runtime, attached when `body(Thread&)` begins.
template <class Body>
[[nodiscard]] std::thread attached(Body body) {
  return std::thread([body = std::move(body)]() mutable {
    ASSERT_EQ(Thread::start(), Attach::kDone);
    body(*Thread::current());
    Thread::exit();
  });
}

// Joins while detached, so that the other may need the world, or the GIL.
template <class AnyThread>
void join_detached(AnyThread& thread) {
  Thread& me = *Thread::current();
  me.detach_to_wait();
  thread.join();
  me.attach_after_wait();
}

using Flag = SysAtomic<bool>;

inline void raise(Flag& flag) { flag.store(true, kRelease); }
[[nodiscard]] inline bool is_raised(const Flag& flag) { return flag.load(kAcquire); }

}  // namespace orochi::inline OROCHI_DESIGN::testing
