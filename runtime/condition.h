// runtime/condition.h: waiting until something under a mutex has changed.
//
//   waiter    locks, looks, waits (which unlocks while it sleeps and locks again), looks again
//   notifier  changes what the waiter looks at, under the mutex; notifies, under it or afterwards
//
// I1  A waiter is queued before its mutex is free, so no notifier who changed something after the
//     waiter looked can miss it.
// I2  `sleepers_` is set in the hold that queues a waiter, before its mutex is free. A notifier had
//     the mutex after that or it changed nothing that the waiter missed; so false is the truth for
//     it, and to notify nobody costs one load.
//
// Any thread; who waits detaches while it sleeps and while it waits for the mutex. Always with the
// same mutex while anybody waits. May wake for no reason.
// Tests: tests/runtime/condition_test.cc   Stress: stress/runtime/waiting_stress.cc
#pragma once

#include "memory/door/platform.h"
#include "memory/door/sys_atomic.h"
#include "memory/thread_annotations.h"
#include "runtime/mutex.h"

namespace orochi::inline OROCHI_DESIGN {

class Condition {
 public:
  constexpr Condition() noexcept = default;
  Condition(const Condition&) = delete;
  Condition& operator=(const Condition&) = delete;

  void wait(Mutex& mutex) noexcept OROCHI_REQUIRES(mutex) {
    static_cast<void>(wait_until(mutex, platform::kNever));
  }
  // False: the deadline passed and nobody had notified this thread. The mutex is held either way.
  [[nodiscard]] bool wait_until(Mutex& mutex, platform::Nanos deadline) noexcept
      OROCHI_REQUIRES(mutex);
  [[nodiscard]] bool wait_for(Mutex& mutex, platform::Nanos span) noexcept OROCHI_REQUIRES(mutex) {
    return wait_until(mutex, platform::deadline_in(span));
  }

  // Never park.
  void notify_one() noexcept;
  void notify_all() noexcept;

 private:
  SysAtomic<bool> sleepers_{false};
};

}  // namespace orochi::inline OROCHI_DESIGN
