// runtime/recursive_mutex.h: a mutex that its owner may lock again.
//
// I1  `owner_` is the token of the thread that holds the lock, or 0. Only that thread writes its
//     own token and takes it away, so a thread that reads its own token there holds the lock, and
//     one that reads anything else does not.
// I2  `depth_` belongs to the owner.
//
// Any thread; who waits detaches while it sleeps. Only the owner unlocks.
// Tests: tests/runtime/recursive_mutex_test.cc   Stress: stress/runtime/waiting_stress.cc
#pragma once

#include <cstdint>

#include "memory/door/platform.h"
#include "memory/door/sys_atomic.h"
#include "memory/thread_annotations.h"
#include "runtime/byte_lock.h"

namespace orochi::inline OROCHI_DESIGN {

class OROCHI_CAPABILITY("recursive mutex") RecursiveMutex {
 public:
  constexpr RecursiveMutex() noexcept = default;
  RecursiveMutex(const RecursiveMutex&) = delete;
  RecursiveMutex& operator=(const RecursiveMutex&) = delete;

  void lock() noexcept OROCHI_ACQUIRE() { static_cast<void>(lock_until(platform::kNever)); }
  // False: the deadline passed first.
  [[nodiscard]] bool lock_until(platform::Nanos deadline) noexcept OROCHI_TRY_ACQUIRE(true);
  [[nodiscard]] bool lock_for(platform::Nanos span) noexcept OROCHI_TRY_ACQUIRE(true) {
    return lock_until(platform::deadline_in(span));
  }
  // Never parks.
  [[nodiscard]] bool try_lock() noexcept OROCHI_TRY_ACQUIRE(true);

  // Requires: is_mine().
  void unlock() noexcept OROCHI_RELEASE();

  [[nodiscard]] bool is_mine() const noexcept {
    return owner_.load(kRelaxed) == platform::this_thread();  // relaxed: I1
  }
  // How often the calling thread has locked it.
  [[nodiscard]] std::uint64_t depth() const noexcept { return is_mine() ? depth_ : 0; }

  // For a condition: gives the lock up, however often it was locked, and takes it back.
  // Requires: is_mine().
  [[nodiscard]] std::uint64_t unlock_all() noexcept OROCHI_RELEASE();
  void lock_again(std::uint64_t depth) noexcept OROCHI_ACQUIRE();

  // In a forked child, by the thread that is left: if it held the lock, it still does.
  void reset_after_fork() noexcept;

 private:
  void begin(std::uint64_t depth) noexcept;

  ByteLock lock_;
  SysAtomic<platform::ThreadToken> owner_{0};
  std::uint64_t depth_ = 0;  // I2
};

}  // namespace orochi::inline OROCHI_DESIGN
