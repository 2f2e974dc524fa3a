#include "runtime/critical_section.h"

#include <cassert>

namespace orochi::inline OROCHI_DESIGN {

bool ParallelCriticalSection::is_held_around(const ParallelObjectLock& lock) const noexcept {
  // I1: the active ones come first. Nobody nests deep enough for more than a few compares.
  const ParallelCriticalSection* section = enclosing_;
  while (section != nullptr && section->state_ == State::kActive) {
    if (section->names(lock)) return true;
    section = section->enclosing_;
  }
  return false;
}

// Somebody has one of the locks. The sections around would be suspended by the wait anyway; done
// first, nothing is borrowed and nothing is held (I2, I3).
void ParallelCriticalSection::wait_for_locks() noexcept {
  let_go();
  suspend_all(thread_);
  thread_.innermost = this;
  acquire();
}

// The locks are those of this record alone: all others are suspended. No cycle of threads can form,
// as nobody waits with a lock; and two that want the same two come apart, because the one that
// failed waits for the lock that the other has.
void ParallelCriticalSection::acquire() noexcept OROCHI_UNCHECKED_LOCKING {
  state_ = State::kAcquiring;  // I4
  Part* awaited = &first_;
  Part* tried = &second_;
  for (;;) {
    awaited->lock->lock();
    awaited->own = true;
    if (tried->lock == nullptr) break;
    tried->own = tried->lock->try_lock();
    if (tried->own) break;
    unlock(*awaited);
    std::swap(awaited, tried);
  }
  state_ = State::kActive;
}

void ParallelCriticalSection::suspend_all(Thread& thread) noexcept {
  ParallelCriticalSection* section = thread.innermost;
  if (section == nullptr || section->state_ != State::kActive) return;
  assert(thread.no_suspend == 0 && "rule 2: nothing here may suspend the critical section");
  ++thread.suspensions;
  for (; section != nullptr && section->state_ == State::kActive; section = section->enclosing_) {
    section->let_go();
    section->state_ = State::kSuspended;
  }
}

void ParallelCriticalSection::resume_innermost(Thread& thread) noexcept {
  ParallelCriticalSection* const section = thread.innermost;
  // A thread that was refused at a shutdown unwinds through its sections and takes no locks.
  if (section != nullptr && section->state_ == State::kSuspended && thread.is_attached())
    section->acquire();
}

}  // namespace orochi::inline OROCHI_DESIGN
