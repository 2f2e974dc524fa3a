// Tuples from what is iterable.
#include "objects/types/list.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

Ref<Tuple> Tuple::from(Value iterable) noexcept {
  if (as_exact_tuple(iterable) != nullptr) return Ref<>::of(iterable).cast<Tuple>();
  if (List* const list = as_exact_list(iterable)) return list->to_tuple();
  const Ref<List> items = List::from(iterable);
  if (!items) return kRaised;
  return items->to_tuple();
}

}  // namespace orochi::inline OROCHI_DESIGN
