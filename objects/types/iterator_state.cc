#include "objects/types/iterator_state.h"

#include <algorithm>

#include "objects/model/error.h"
#include "objects/types/import_hook.h"
#include "objects/types/index.h"
#include "objects/types/int.h"
#include "objects/types/list.h"

namespace orochi::inline OROCHI_DESIGN {

Ref<> reduce_by_iter(Ref<Tuple> arguments) noexcept {
  if (!arguments) return kRaised;
  Ref<> iter = import_from("builtins", "iter");
  return iter ? Tuple::of(std::move(iter), std::move(arguments)) : Ref<Tuple>();
}

Ref<> reduce_at(Ref<> maker, Value sequence, std::int64_t place) noexcept {
  Ref<Tuple> arguments = maker ? Tuple::of(Ref<>::of(sequence)) : Ref<Tuple>();
  Ref<> number = make_int(place);
  if (!arguments || !number) return kRaised;
  return Tuple::of(std::move(maker), std::move(arguments), std::move(number));
}

Ref<> reduce_by_iter(Value sequence, std::size_t place) noexcept {
  return reduce_at(import_from("builtins", "iter"), sequence, static_cast<std::int64_t>(place));
}

Ref<> reduce_rest(Value iterator) noexcept {
  Ref<List> rest = List::from(iterator);
  return rest ? reduce_by_iter(Tuple::of(std::move(rest))) : Ref<>();
}

Ref<> reduce_empty() noexcept {
  Ref<Tuple> nothing = Tuple::of();
  return nothing ? reduce_by_iter(Tuple::of(std::move(nothing))) : Ref<>();
}

Status read_place(Value state, std::int64_t least, std::int64_t most,
                  std::int64_t& place) noexcept {
  const Index index = index_of(state);
  if (index.kind == IndexKind::kNone) return raise(ErrorKind::kType, {"an integer is required"});
  if (index.kind == IndexKind::kTooLarge)
    return raise(ErrorKind::kOverflow, {"Python int too large to convert to C ssize_t"});
  place = std::clamp(index.number, least, most);
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
