#include "objects/model/field.h"

namespace orochi::inline OROCHI_DESIGN {

Ref<> Field::load_locked(Object& holder) const noexcept {
  const Locked lock(holder);
  return load(lock.held());
}

void Field::store(Object& holder, Ref<> value) noexcept {
  Ref<> before;  // dropped after the lock
  const Locked lock(holder);
  const NoSuspend whole;
  before = replace(lock.held(), std::move(value));
}

}  // namespace orochi::inline OROCHI_DESIGN
