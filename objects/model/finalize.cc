#include "objects/model/finalize.h"

#include <cassert>

#include "objects/model/call_out.h"
#include "objects/model/unraisable.h"
#include "runtime/critical_section.h"

namespace orochi::inline OROCHI_DESIGN {

void run_finalizer(Object& object) noexcept {
  {
    // For the flags alone, which others may be writing. What the object holds is not looked at, so
    // it is not marked as shared.
    const CriticalSection section(object.lock());
    object.set(ObjectFlag::kFinalized);
  }
  const CallOut call_out;
  Shape::of(object).layout().finalize(object);
  if (CallOut::may_go_on()) report_unraisable(Value(&object));
}

bool is_saved_by_finalizer(Object& dead) noexcept {
  assert(dead.count().kind() == BlockKind::kDestroyed);
  dead.count().revive();  // weak links lead to it again
  run_finalizer(dead);
  if (!CallOut::may_go_on()) return true;  // its reference is left as it is
  // Merged by now, so nobody has to be asked.
  const Debt debt = dead.count().drop(current().id);
  assert(debt != Debt::kQueue);
  return debt != Debt::kDestroy;
}

}  // namespace orochi::inline OROCHI_DESIGN
