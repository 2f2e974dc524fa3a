#include "objects/types/index.h"

namespace orochi::inline OROCHI_DESIGN {

Index index_of(Value value) noexcept {
  if (value.is_int()) return {IndexKind::kInside, value.as_int()};
  if (value.is_bool()) return {IndexKind::kInside, value.is(Special::kTrue) ? 1 : 0};
  return {};
}

}  // namespace orochi::inline OROCHI_DESIGN
