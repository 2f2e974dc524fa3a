#include "memory/counted.h"

namespace orochi::inline OROCHI_DESIGN {

void detail::settle(void* object, Debt debt) noexcept {
  if (debt == Debt::kQueue) {
    queue_merge(object);
    debt = count_of(object).drop(current().id);  // ours until now, for queue_merge's sake
  }
  if (debt == Debt::kDestroy) destroy(object);
}

}  // namespace orochi::inline OROCHI_DESIGN
