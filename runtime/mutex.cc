#include "runtime/mutex.h"

#include <cassert>

#include "runtime/thread.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Trap 6: what a thread that holds such a lock must not do asks for this count.
[[maybe_unused]] void count_held(int change) noexcept {
  if (Thread* const me = Thread::current())
    me->raw_locks_held += static_cast<std::uint32_t>(change);
}

}  // namespace

void Mutex::check_end() const noexcept {
  assert(lock_.guess().bits() == LockByte::free().bits() &&
         "a mutex dies while somebody holds it or sleeps for it");
}

void NonDetachingMutex::lock() noexcept {
  if constexpr (kDebug) HeldLocks::check_not_held(this);
  static_cast<void>(lock_.lock({.park = Park::kAsItIs}));
  if constexpr (kDebug) {
    HeldLocks::add(this);
    count_held(+1);
  }
}

bool NonDetachingMutex::try_lock() noexcept {
  if (!lock_.try_lock()) return false;
  if constexpr (kDebug) {
    HeldLocks::add(this);
    count_held(+1);
  }
  return true;
}

void NonDetachingMutex::unlock() noexcept {
  if constexpr (kDebug) {
    HeldLocks::remove(this);
    count_held(-1);
  }
  lock_.unlock();
}

}  // namespace orochi::inline OROCHI_DESIGN
