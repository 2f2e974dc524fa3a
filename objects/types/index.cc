#include "objects/types/index.h"

#include <optional>

#include "objects/types/int.h"

namespace orochi::inline OROCHI_DESIGN {

Index index_of(Value value) noexcept {
  if (value.is_int()) return {IndexKind::kInside, value.as_int()};
  if (value.is_bool()) return {IndexKind::kInside, value.is(Special::kTrue) ? 1 : 0};
  if (!is_int(value)) return {};
  const IntView number(value);
  const std::optional<std::int64_t> small = integer::to_int64(number.view());
  if (small) return {IndexKind::kInside, *small};
  return {IndexKind::kTooLarge, number.view().negative ? INT64_MIN : INT64_MAX};
}

}  // namespace orochi::inline OROCHI_DESIGN
