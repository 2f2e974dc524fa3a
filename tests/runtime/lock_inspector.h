// tests/runtime/lock_inspector.h: a look at the byte of a lock, which its users do not have.
#pragma once

#include "runtime/mutex.h"
#include "runtime/object_lock.h"

namespace orochi::inline OROCHI_DESIGN {

struct LockInspector {
  [[nodiscard]] static LockByte::Bits bits(const Mutex& mutex) noexcept {
    return mutex.lock_.guess().bits();
  }
  [[nodiscard]] static LockByte::Bits bits(const ParallelObjectLock& lock) noexcept {
    return lock.lock_.guess().bits();
  }
  static void set_bits(Mutex& mutex, LockByte::Bits bits) noexcept {
    mutex.lock_.byte_.store(bits, kRelaxed);
  }
  // The lock has sleepers.
  template <class AnyLock>
  [[nodiscard]] static bool has_sleepers(const AnyLock& lock) noexcept {
    return LockByte(bits(lock)).has_sleepers();
  }
};

}  // namespace orochi::inline OROCHI_DESIGN
