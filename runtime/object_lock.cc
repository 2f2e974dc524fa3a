#include "runtime/object_lock.h"

#include <cassert>

#include "runtime/thread.h"
#include "runtime/world.h"

namespace orochi::inline OROCHI_DESIGN {

void ParallelObjectLock::check_thread() noexcept {
  [[maybe_unused]] const Thread* const me = Thread::current();
  assert(me != nullptr && me->is_attached() &&
         "rule 38: the lock of an object is for attached threads");
  assert(!World::is_pause_of_mine() && "rule 46: a pause takes no lock that detaches");
}

}  // namespace orochi::inline OROCHI_DESIGN
