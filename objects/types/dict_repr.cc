#include "objects/types/dict_repr.h"

#include "objects/model/repr_guard.h"
#include "objects/types/str_builder.h"

namespace orochi::inline OROCHI_DESIGN {

Ref<> dict_repr(Value self) noexcept {
  auto& dict = static_cast<Dict&>(*self.object());
  const ReprGuard guard(dict);
  if (guard.is_inside()) return Str::of_ascii("{...}");
  StrBuilder out;
  out.add("{");
  std::size_t place = 0;
  for (; const DictItem item = dict.next(place); ++place) {
    if (out.size() > 1) out.add(", ");
    if (failed(out.add_repr(item.key.value()))) return kRaised;
    out.add(": ");
    if (failed(out.add_repr(item.value.value()))) return kRaised;
  }
  out.add("}");
  return out.finish();
}

Ref<> dict_view_repr(Value self) noexcept {
  const auto& view = static_cast<const DictView&>(*self.object());
  const ReprGuard guard(view);
  if (guard.is_inside()) return Str::of_ascii("...");
  const Ref<DictIterator> items = view.iterate();
  if (!items) return kRaised;
  StrBuilder out;
  out.add_utf8(type_of(self).name());
  out.add("([");
  for (bool is_first = true;; is_first = false) {
    Ref<> item;
    if (failed(items->next(item))) return kRaised;
    if (!item) break;
    if (!is_first) out.add(", ");
    if (failed(out.add_repr(item.value()))) return kRaised;
  }
  out.add("])");
  return out.finish();
}

}  // namespace orochi::inline OROCHI_DESIGN
