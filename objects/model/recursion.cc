#include "objects/model/recursion.h"

namespace orochi::inline OROCHI_DESIGN {

void RecursionGuard::refuse(std::string_view where) noexcept {
  raise(ErrorKind::kRecursion, {"maximum recursion depth exceeded", where});
}

}  // namespace orochi::inline OROCHI_DESIGN
