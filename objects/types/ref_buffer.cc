#include "objects/types/ref_buffer.h"

#include "objects/model/error.h"
#include "objects/types/each_item.h"

namespace orochi::inline OROCHI_DESIGN {

Status RefBuffer::add(Ref<> value) noexcept {
  return values_.add(value) ? Status::kDone : Status{raise_memory_error()};
}

Status RefBuffer::add_all(Value iterable) noexcept {
  return for_each_item(iterable, [this](Value item) noexcept { return add(Ref<>::of(item)); });
}

Ref<Tuple> RefBuffer::to_tuple() noexcept {
  Ref<Tuple> tuple = Tuple::make_blank(size());
  if (!tuple) return kRaised;
  for (std::size_t i = 0; i < size(); ++i) tuple->initialise(i, values_.take(i));
  return tuple;
}

}  // namespace orochi::inline OROCHI_DESIGN
