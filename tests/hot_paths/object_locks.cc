// Object locks, critical sections and safepoints: what a thread does at each use of an object. Part
// of the programs of hot_paths.cc, which says what is demanded of them.

#include "runtime/critical_section.h"

using namespace orochi;

extern "C" {

bool hot_try_lock(ObjectLock* lock) OROCHI_UNCHECKED_LOCKING { return lock->try_lock(); }

void hot_unlock(ObjectLock* lock) OROCHI_UNCHECKED_LOCKING { lock->unlock(); }

bool hot_section(ObjectLock* lock, std::uint64_t* guarded) {
  const CriticalSection section(*lock);
  const CriticalSection::Ticket before = section.ticket();
  ++*guarded;
  return section.was_suspended_since(before);
}

void hot_section_of_two(ObjectLock* one, ObjectLock* other, std::uint64_t* guarded) {
  const CriticalSection section(*one, *other);
  ++*guarded;
}

}  // extern "C"
