#include "objects/model/finalize.h"

#include <cassert>
#include <utility>

#include "objects/model/locked.h"
#include "objects/model/unraisable.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

void call_finalizer(Object& object) noexcept {
  Error before = Error::take();
  Shape::of(object).layout().finalize(object);
  report_unraisable(Value(&object));
  std::move(before).restore();
}

}  // namespace

void run_finalizer(Object& object) noexcept {
  {
    const Locked lock(object);  // other flags may be written meanwhile
    object.set(ObjectFlag::kFinalized);
  }
  call_finalizer(object);
}

bool is_saved_by_finalizer(Object& dead) noexcept {
  assert(dead.count().kind() == BlockKind::kDestroyed);
  dead.set(ObjectFlag::kFinalized);  // no lock: nobody can reach it
  dead.count().revive();
  call_finalizer(dead);
  // Merged by now, so nobody has to be asked.
  const Debt debt = dead.count().drop(current().id);
  assert(debt != Debt::kQueue);
  return debt != Debt::kDestroy;
}

}  // namespace orochi::inline OROCHI_DESIGN
