// memory/raw_mutex.h: the lock below all other locks.
//
// For the runtime's own short sections: the chunk registry, parking buckets, the stopped world's
// bookkeeping. Any thread may take it, attached or not; it never detaches, never runs anyone
// else's code and is never held across anything that could.
//
//   word   0 free   1 held   2 held, and somebody sleeps (or slept a moment ago)
//
// I1  A thread sleeps only while the word is 2, and whoever makes it 0 from 2 wakes one sleeper.
//     A woken sleeper takes the lock as 2, since others may sleep beside it.
//
// Why not std::mutex: its futex cannot be reached through memory/door/, and a fork must be able to
// start it anew in the child (docs/decisions/002-own-locks.md).
// Explored: stress/memory/raw_mutex_explore.cc
#pragma once

#include <cstdint>

#include "memory/door/platform.h"
#include "memory/door/sys_atomic.h"
#include "memory/thread_annotations.h"

namespace orochi::inline OROCHI_DESIGN {

class OROCHI_CAPABILITY("raw mutex") RawMutex {
 public:
  constexpr RawMutex() noexcept = default;

  void lock() noexcept OROCHI_ACQUIRE() {
    std::uint32_t seen = kFree;
    // acquire: pairs with the release in unlock, by which we see what the last holder wrote.
    // relaxed on failure: lock_slow looks again.
    if (!word_.compare_exchange(seen, kHeld, kAcquire, kRelaxed)) lock_slow();
  }

  [[nodiscard]] bool try_lock() noexcept OROCHI_TRY_ACQUIRE(true) {
    std::uint32_t seen = kFree;
    // acquire, relaxed: as in lock.
    return word_.compare_exchange(seen, kHeld, kAcquire, kRelaxed);
  }

  void unlock() noexcept OROCHI_RELEASE() {
    // release: pairs with the acquire of whoever locks next.
    if (word_.exchange(kFree, kRelease) == kHeldWithSleepers) platform::futex_wake_one(word_);
  }

  // In a forked child: the holder does not exist any more.
  void reset_after_fork() noexcept { word_.store(kFree, kRelaxed); }  // relaxed: one thread exists

  // For assertions: somebody holds it.
  [[nodiscard]] bool is_held() const noexcept {
    return word_.load(kRelaxed) != kFree;  // relaxed: the caller's own hold is what it asks about
  }

 private:
  static constexpr std::uint32_t kFree = 0;
  static constexpr std::uint32_t kHeld = 1;
  static constexpr std::uint32_t kHeldWithSleepers = 2;

  void lock_slow() noexcept;

  SysAtomic<std::uint32_t> word_;
};

class OROCHI_SCOPED_CAPABILITY RawLock {
 public:
  explicit RawLock(RawMutex& mutex) noexcept OROCHI_ACQUIRE(mutex) : mutex_(mutex) {
    mutex_.lock();
  }
  ~RawLock() OROCHI_RELEASE() { mutex_.unlock(); }
  RawLock(const RawLock&) = delete;
  RawLock& operator=(const RawLock&) = delete;

 private:
  RawMutex& mutex_;
};

}  // namespace orochi::inline OROCHI_DESIGN
