#include "objects/model/recursion.h"

namespace orochi::inline OROCHI_DESIGN {

void RecursionGuard::refuse() noexcept {
  raise(ErrorKind::kRecursion, {"maximum recursion depth exceeded"});
}

}  // namespace orochi::inline OROCHI_DESIGN
