#include "runtime/recursive_mutex.h"

#include <cassert>
#include <utility>

namespace orochi::inline OROCHI_DESIGN {

void RecursiveMutex::begin(std::uint64_t depth) noexcept {
  owner_.store(platform::this_thread(), kRelaxed);  // relaxed: I1, nobody else acts on it
  depth_ = depth;
}

bool RecursiveMutex::lock_until(platform::Nanos deadline) noexcept {
  if (is_mine()) {
    ++depth_;
    return true;
  }
  if (lock_.lock({.deadline = deadline}) != Locking::kDone) return false;
  begin(1);
  return true;
}

bool RecursiveMutex::try_lock() noexcept {
  if (is_mine()) {
    ++depth_;
    return true;
  }
  if (!lock_.try_lock()) return false;
  begin(1);
  return true;
}

void RecursiveMutex::unlock() noexcept {
  assert(is_mine() && "unlock of a recursive mutex that this thread does not hold");
  if (--depth_ != 0) return;
  owner_.store(0, kRelaxed);  // relaxed: I1
  lock_.unlock();
}

std::uint64_t RecursiveMutex::unlock_all() noexcept {
  const std::uint64_t depth = std::exchange(depth_, 1);
  unlock();
  return depth;
}

void RecursiveMutex::lock_again(std::uint64_t depth) noexcept {
  lock_.lock();
  begin(depth);
}

void RecursiveMutex::reset_after_fork() noexcept {
  if (is_mine()) return;
  owner_.store(0, kRelaxed);  // relaxed: one thread exists
  depth_ = 0;
  lock_.reset_after_fork();
}

}  // namespace orochi::inline OROCHI_DESIGN
