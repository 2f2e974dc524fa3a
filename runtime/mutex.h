// runtime/mutex.h: mutual exclusion for runtime code.
//
//   Mutex               the lock to use. Who waits for it detaches, so that nobody waits for him
//   NonDetachingMutex   for short sections of the runtime that must not become a place where the
//                       thread detaches. Its holder reaches no safepoint, runs no destructor and
//                       takes no lock that detaches: else whoever stops the world waits for a
//                       thread that waits for a thread that is stopped
//
// Both are one byte and real locks in every design. How they wait: runtime/byte_lock.h. Neither is
// recursive, and only the owner unlocks. Debug builds die with a sentence when one of these rules
// is broken, when a mutex dies while somebody has it or sleeps for it, and when a thread locks in a
// pause (rule 46).
//
// Tests: tests/runtime/mutex_test.cc   Stress: stress/runtime/mutex_stress.cc
// Bench: LockPair, Contended, Fairness in bench/runtime/mutex_bench.cc
#pragma once

#include "memory/thread_annotations.h"
#include "runtime/byte_lock.h"
#include "runtime/held_locks.h"

namespace orochi::inline OROCHI_DESIGN {

class OROCHI_CAPABILITY("mutex") Mutex {
 public:
  constexpr Mutex() noexcept = default;
  ~Mutex() { check_end(); }
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  // Any thread. May park, and so detach; then critical sections were suspended.
  void lock() noexcept OROCHI_ACQUIRE() {
    if constexpr (kDebug) HeldLocks::check_not_held(this);
    lock_.lock();
    if constexpr (kDebug) HeldLocks::add(this);
  }

  // False: the deadline passed.
  [[nodiscard]] bool lock_until(platform::Nanos deadline) noexcept OROCHI_TRY_ACQUIRE(true) {
    if constexpr (kDebug) HeldLocks::check_not_held(this);
    const bool done = lock_.lock({.deadline = deadline}) == Locking::kDone;
    if constexpr (kDebug) {
      if (done) HeldLocks::add(this);
    }
    return done;
  }
  [[nodiscard]] bool lock_for(platform::Nanos span) noexcept OROCHI_TRY_ACQUIRE(true) {
    return lock_until(platform::deadline_in(span));
  }

  // Never parks and never spins. True unless somebody has the lock, or is about to have it in turn.
  [[nodiscard]] bool try_lock() noexcept OROCHI_TRY_ACQUIRE(true) {
    const bool done = lock_.try_lock();
    if constexpr (kDebug) {
      if (done) HeldLocks::add(this);
    }
    return done;
  }

  // Requires: the calling thread holds it. Never parks.
  void unlock() noexcept OROCHI_RELEASE() {
    if constexpr (kDebug) HeldLocks::remove(this);
    lock_.unlock();
  }

  // In a forked child: the holder does not exist any more.
  void reset_after_fork() noexcept { lock_.reset_after_fork(); }

 private:
  friend struct LockInspector;  // tests look at the byte

  void check_end() const noexcept;

  ByteLock lock_;
};

class OROCHI_CAPABILITY("mutex") NonDetachingMutex {
 public:
  constexpr NonDetachingMutex() noexcept = default;

  // Any thread. Sleeps as it is.
  void lock() noexcept OROCHI_ACQUIRE();
  // Never parks and never spins.
  [[nodiscard]] bool try_lock() noexcept OROCHI_TRY_ACQUIRE(true);
  // Requires: the calling thread holds it. Never parks.
  void unlock() noexcept OROCHI_RELEASE();

  void reset_after_fork() noexcept { lock_.reset_after_fork(); }

 private:
  ByteLock lock_;
};

template <class Lockable>
class OROCHI_SCOPED_CAPABILITY Lock {
 public:
  explicit Lock(Lockable& mutex) noexcept OROCHI_ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
  ~Lock() OROCHI_RELEASE() { mutex_.unlock(); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  Lockable& mutex_;
};

}  // namespace orochi::inline OROCHI_DESIGN
