// Tuples from what is iterable.
#include "objects/types/list.h"
#include "objects/types/ref_buffer.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

Ref<Tuple> Tuple::from(Value iterable) noexcept {
  if (as_exact_tuple(iterable) != nullptr) return Ref<>::of(iterable).cast<Tuple>();
  if (List* const list = as_exact_list(iterable)) return list->to_tuple();
  RefBuffer items;
  if (failed(items.add_all(iterable))) return kRaised;
  return items.to_tuple();
}

}  // namespace orochi::inline OROCHI_DESIGN
