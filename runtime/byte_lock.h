// runtime/byte_lock.h: a lock of one byte, which knows no owner.
//
// What the byte can say, and who may change it how, is in runtime/lock_byte.h. Who cannot get the
// lock sleeps in the parking lot. In words:
//
//   - Newcomers take a free lock, whoever waits (that is what makes it fast), and do not spin.
//   - Unlock wakes one sleeper, and nobody while that one is awake and has not decided. The woken
//     one tries for kPatience before it sleeps again; nobody else spins.
//   - Once a millisecond at most, a woken one that found the lock taken reserves it: from the next
//     unlock on it is closed to newcomers, until the woken one has it. The reservation is made by a
//     thread that is awake and attached and wants the lock now, so it is short; the lock itself is
//     never given to anybody (rule 41).
//   - An exclusive thread ignores reservations: those who have them cannot come.
//
// The clock is read by the woken alone. The order among sleepers is first in, first out, and who
// was woken in vain keeps his place.
//
// A thread must not wait with Park::kAsItIs for a lock that others wait for with Park::kDetached:
// the woken one may be suspended while the sleeper, still attached, is awaited by the stopper.
//
// Runtime code takes Mutex, NonDetachingMutex (runtime/mutex.h) or an object's lock
// (runtime/object_lock.h), which check their rules in debug builds. This is what they are made of,
// and for locks with rules of their own, as the language's, which any thread may unlock.
//
// Why these rules: docs/decisions/040-who-spins-and-who-waits.md, 041-reservations.md
// Tests: tests/runtime/mutex_test.cc   Stress: stress/runtime/mutex_stress.cc
// Bench: LockPair, Contended, Fairness in bench/runtime/mutex_bench.cc
#pragma once

#include "memory/door/sys_atomic.h"
#include "memory/policy.h"
#include "runtime/lock_byte.h"
#include "runtime/parking.h"

namespace orochi::inline OROCHI_DESIGN {

enum class Locking { kDone, kTimedOut, kInterrupted };

class ByteLock {
 public:
  constexpr ByteLock() noexcept = default;
  ByteLock(const ByteLock&) = delete;
  ByteLock& operator=(const ByteLock&) = delete;

  // Any thread. May park.
  void lock() noexcept {
    if constexpr (kDebug) check_place(Park::kDetached);
    if (!take_free()) lock_slow();
  }
  // The same, sleeping as `how` says; `place` and `vanished` are not the caller's to choose.
  [[nodiscard]] Locking lock(const Sleep& how) noexcept {
    if constexpr (kDebug) check_place(how.park);
    return take_free() ? Locking::kDone : lock_slow(how);
  }

  // Never parks, never spins, and takes the lock if nobody has it, sleepers or not. A reserved lock
  // counts as taken.
  [[nodiscard]] bool try_lock() noexcept { return take_free() || try_lock_slow(); }

  // The lock is held, by the caller or by somebody who lets the caller unlock it. Never parks.
  void unlock() noexcept {
    if constexpr (kDebug) check_held();
    // release: pairs with the acquire of whoever takes the lock next. If the lock is free by this,
    // it is our last touch of the byte, which the next owner may free.
    const LockByte before(byte_.fetch_and(LockByte::kKeptByUnlock, kRelease));
    if (before.unlocked().has_to_wake()) [[unlikely]]
      wake_one();
  }

  // For assertions, and for the single-thread mode, in which the answer stays true.
  [[nodiscard]] LockByte guess() const noexcept {
    return LockByte(byte_.load(kRelaxed));  // relaxed: nothing is read on the strength of it
  }

  // In a forked child: whoever held it does not exist any more.
  void reset_after_fork() noexcept { byte_.store(LockByte::free().bits(), kRelaxed); }

  // How long a thread that was woken tries before it sleeps again.
  static constexpr platform::Nanos kPatience = 3 * platform::kMicrosecond;

 private:
  friend struct LockInspector;      // tests
  friend class ParallelObjectLock;  // stores plainly while there is one thread

  // A constant is expected, although with others waiting the byte of a free lock is not zero: a
  // load right behind the exchange of the last unlock would wait for it, and most locks are taken
  // again by the thread that had them last (docs/decisions/042-one-exchange.md).
  [[nodiscard]] bool take_free() noexcept {
    LockByte::Bits seen = LockByte::free().bits();
    // acquire: pairs with the release of the last unlock. relaxed: lock_slow looks again.
    return byte_.compare_exchange(seen, LockByte::locked().bits(), kAcquire, kRelaxed);
  }

  static void check_place(Park park) noexcept;
  void check_held() const noexcept;
  void lock_slow() noexcept;
  [[nodiscard]] Locking lock_slow(const Sleep& how) noexcept;
  [[nodiscard]] bool try_lock_slow() noexcept;
  void wake_one() noexcept;

  [[nodiscard]] bool take(Claim claim) noexcept;
  [[nodiscard]] bool take_woken() noexcept;
  void reserve() noexcept;
  [[nodiscard]] bool announce_sleeper(Claim claim) noexcept;

  SysAtomic<LockByte::Bits> byte_{0};
};

static_assert(sizeof(ByteLock) == 1, "an object's header has one byte for it");

}  // namespace orochi::inline OROCHI_DESIGN
