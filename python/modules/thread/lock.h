// python/modules/thread/lock.h: the lock that programs use: whoever likes may let go of it.
//
// K1  `is_held_` is set by whoever has the byte lock, and cleared by one exchange: of two threads
//     that let go of it at once, one does and the other gets a RuntimeError.
//
// Attached threads; who waits detaches. Tests: tests/python/language/locks.py
#pragma once

#include "memory/door/sys_atomic.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "python/modules/thread/waiting.h"

namespace orochi::inline OROCHI_DESIGN::thread_module {

class Lock : public Object {
 public:
  explicit Lock(ShapeIndex shape) noexcept : Object(shape) {}
  [[nodiscard]] static Ref<Lock> make() noexcept;

  [[nodiscard]] Truth acquire(platform::Nanos deadline) noexcept {
    const Truth done = take(lock_, deadline);
    if (done == Truth::kTrue) is_held_.store(true, kRelaxed);  // K1
    return done;
  }
  // False: nobody had it.
  [[nodiscard]] bool release() noexcept {
    if (!is_held_.exchange(false, kRelaxed)) return false;  // K1
    lock_.unlock();
    return true;
  }
  [[nodiscard]] bool is_held() const noexcept { return is_held_.load(kRelaxed); }  // a guess
  void reset_after_fork() noexcept {
    is_held_.store(false, kRelaxed);
    lock_.reset_after_fork();
  }

 private:
  ByteLock lock_;
  SysAtomic<bool> is_held_{false};
};

[[nodiscard]] Type& lock_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::thread_module
