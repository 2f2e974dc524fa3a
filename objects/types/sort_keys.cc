#include "objects/types/sort_keys.h"

#include "objects/text/compare.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

SortKind sort_kind(Value value) noexcept {
  if (value.is_int()) return SortKind::kSmallInts;
  if (value.is_float()) return SortKind::kFloats;
  if (!value.is_object()) return SortKind::kAsk;
  // Exactly these: a subtype may have a `<` of its own.
  const Type& type = type_of(*value.object());
  if (&type == &str_type()) return SortKind::kStrs;
  if (&type == &int_type()) return SortKind::kInts;
  return &type == &float_type() ? SortKind::kFloats : SortKind::kAsk;
}

namespace detail {

Answer LessStr::operator()(Value a, Value b) const noexcept {
  const auto& left = static_cast<const Str&>(*a.object());
  const auto& right = static_cast<const Str&>(*b.object());
  return answer(text::compare(left.view(), right.view()) < 0);
}

}  // namespace detail
}  // namespace orochi::inline OROCHI_DESIGN
