#include "objects/collector/freezing.h"

#include "objects/collector/scan.h"
#include "runtime/world.h"

namespace orochi::inline OROCHI_DESIGN {

// Garbage of a collection that is under way is left out: it is about to end.
void freeze_all() noexcept {
  const StoppedWorld stopped;
  for_each_scanned_stopped([](Object& object) {
    if (!SideTables::is_garbage(object)) object.set(ObjectFlag::kFrozen);
  });
}

void unfreeze_all() noexcept {
  const StoppedWorld stopped;
  for_each_object_stopped([](Object& object) { object.unset(ObjectFlag::kFrozen); });
}

std::size_t count_frozen() noexcept {
  const StoppedWorld stopped;
  std::size_t frozen = 0;
  for_each_object_stopped(
      [&](const Object& object) { frozen += object.has(ObjectFlag::kFrozen) ? 1U : 0U; });
  return frozen;
}

}  // namespace orochi::inline OROCHI_DESIGN
