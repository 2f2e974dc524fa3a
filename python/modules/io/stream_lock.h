// python/modules/io/stream_lock.h: the lock of one stream.
//
// Not the object's own lock: that one is let go of when its thread blocks (critical_section.h), and
// a stream blocks in the middle of what has to stay whole. So a stream has a mutex, held across
// calls out and system calls; whoever waits for it is detached.
//
//     const StreamUse use(*this, lock_, StreamUse::Again::kRefused);
//     if (!use) return kRaised;
//
// L1  The text layer's lock is taken before that of its buffer, never the other way round.
// L2  A thread that a shutdown refuses, in a system call, keeps the locks that it has: what it was
//     changing is half done. Who waits for such a lock gives up after a second, with an error.
//
// Attached threads. Tests: tests/python/modules/io/buffered_test.cc
#pragma once

#include "objects/model/object.h"
#include "runtime/recursive_mutex.h"

namespace orochi::inline OROCHI_DESIGN {

class StreamLock {
 public:
  constexpr StreamLock() noexcept = default;

  [[nodiscard]] bool is_mine() const noexcept { return mutex_.is_mine(); }
  // False: L2.
  [[nodiscard]] bool take() noexcept;
  // Does nothing in a thread that was refused.
  void give_back() noexcept;
  // Somebody has it, or had it just now.
  [[nodiscard]] bool is_held() noexcept;
  void reset_after_fork() noexcept { mutex_.reset_after_fork(); }

 private:
  RecursiveMutex mutex_;
};

class StreamUse {
 public:
  enum class Again : bool { kRefused, kAllowed };

  // Of `stream`, whose lock it is. `again`: may the thread that has the lock take it once more, or
  // is that a RuntimeError, as it has come back in the middle of something?
  StreamUse(Object& stream, StreamLock& lock, Again again) noexcept;
  ~StreamUse() {
    if (is_taken_) lock_.give_back();
  }
  StreamUse(const StreamUse&) = delete;
  StreamUse& operator=(const StreamUse&) = delete;

  // False: it raised.
  [[nodiscard]] explicit operator bool() const noexcept { return is_taken_; }

 private:
  StreamLock& lock_;
  bool is_taken_ = false;
};

}  // namespace orochi::inline OROCHI_DESIGN
