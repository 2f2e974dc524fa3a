// runtime/object_lock.h: the lock in an object's header.
//
// One byte, with the protocol of runtime/byte_lock.h, for attached threads only. While one thread
// exists its operations are a load and a store (runtime/single_thread.h): the states are the same,
// and a byte that is neither free nor simply locked takes the slow way, which is atomic. The mode
// is looked at anew in each operation, so a lock may be taken in one mode and given back in the
// other.
//
// Where one thread runs at a time it is empty.
//
// Code takes it through CriticalSection, which lets go of it when the thread detaches, or tries it
// and has another way when that fails. Who holds it otherwise must not detach.
//
// Tests: tests/runtime/single_thread_test.cc   Bench: LockPair/single_thread
#pragma once

#include <type_traits>

#include "memory/policy.h"
#include "memory/thread_annotations.h"
#include "runtime/byte_lock.h"
#include "runtime/single_thread.h"

namespace orochi::inline OROCHI_DESIGN {

class OROCHI_CAPABILITY("object lock") ParallelObjectLock {
 public:
  constexpr ParallelObjectLock() noexcept = default;

  // May park, and so detach; then critical sections were suspended.
  void lock() noexcept OROCHI_ACQUIRE() {
    if (!take()) lock_.lock_slow();
  }

  // Never parks, never spins.
  [[nodiscard]] bool try_lock() noexcept OROCHI_TRY_ACQUIRE(true) {
    return take() || lock_.try_lock_slow();
  }

  // Never parks.
  void unlock() noexcept OROCHI_RELEASE() {
    if constexpr (kDebug) check_thread();
    if (SingleThread::is_on() && lock_.guess().bits() == LockByte::locked().bits()) {
      store(LockByte::free());
    } else {
      lock_.unlock();
    }
  }

  // For assertions: somebody holds it.
  [[nodiscard]] bool is_held() const noexcept { return lock_.guess().is_locked(); }

 private:
  friend struct LockInspector;

  [[nodiscard]] bool take() noexcept {
    if constexpr (kDebug) check_thread();
    if (!SingleThread::is_on()) return lock_.take_free();
    if (lock_.guess().bits() != LockByte::free().bits()) return false;
    store(LockByte::locked());
    return true;
  }

  // relaxed: one thread exists, and the end of the mode orders this for the next.
  void store(LockByte byte) noexcept { lock_.byte_.store(byte.bits(), kRelaxed); }

  static void check_thread() noexcept;

  ByteLock lock_;
};

class OROCHI_CAPABILITY("object lock") EmptyObjectLock {
 public:
  void lock() noexcept OROCHI_ACQUIRE() {}
  [[nodiscard]] bool try_lock() noexcept OROCHI_TRY_ACQUIRE(true) { return true; }
  void unlock() noexcept OROCHI_RELEASE() {}
};

using ObjectLock = std::conditional_t<kPolicy.parallel, ParallelObjectLock, EmptyObjectLock>;

static_assert(sizeof(ParallelObjectLock) == 1, "an object's header has one byte for it");
static_assert(std::is_empty_v<EmptyObjectLock>);

}  // namespace orochi::inline OROCHI_DESIGN
