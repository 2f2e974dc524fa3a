#include "objects/types/str_layout.h"

#include <utility>

#include "objects/types/str_builder.h"
#include "objects/types/str_operations.h"

namespace orochi::inline OROCHI_DESIGN {

Ref<Str> pad_to(Str& str, std::int64_t width, text::CodePoint fill, Placing placing) noexcept {
  if (std::cmp_less_equal(width, str.size())) return slice(str, 0, str.size());
  const auto total = static_cast<std::size_t>(width);
  const std::size_t fills = total - str.size();
  std::size_t left = placing == Placing::kLeft ? 0 : fills;
  // What is left over goes to the left in wide fields of odd width.
  if (placing == Placing::kCenter) left = fills / 2 + (fills & total & 1);
  StrBuilder out;
  out.add(fill, left);
  out.add(str);
  out.add(fill, fills - left);
  return out.finish();
}

Ref<Str> fill_with_zeros(Str& str, std::int64_t width) noexcept {
  if (std::cmp_less_equal(width, str.size())) return slice(str, 0, str.size());
  const text::View points = str.view();
  const bool has_sign = points.size != 0 && (points[0] == '+' || points[0] == '-');
  StrBuilder out;
  out.add(points.slice(0, has_sign ? 1 : 0));
  out.add(text::CodePoint{'0'}, static_cast<std::size_t>(width) - points.size);
  out.add(points.slice(has_sign ? 1 : 0, points.size));
  return out.finish();
}

Ref<Str> expand_tabs(Str& str, std::int64_t size) noexcept {
  const text::View points = str.view();
  const auto step = static_cast<std::size_t>(size > 0 ? size : 0);
  StrBuilder out;
  std::size_t column = 0;
  for (std::size_t i = 0; i < points.size; ++i) {
    if (points[i] == '\t') {
      const std::size_t blanks = step == 0 ? 0 : step - column % step;
      out.add(text::CodePoint{' '}, blanks);
      column += blanks;
      continue;
    }
    out.add(points[i]);
    column = points[i] == '\n' || points[i] == '\r' ? 0 : column + 1;
  }
  return out.finish();
}

}  // namespace orochi::inline OROCHI_DESIGN
