#include "objects/types/ref_buffer.h"

#include "objects/model/error.h"
#include "objects/model/operations.h"

namespace orochi::inline OROCHI_DESIGN {

Status RefBuffer::add(Ref<> value) noexcept {
  return values_.add(value) ? Status::kDone : Status{raise_memory_error()};
}

Status RefBuffer::add_all(Value iterable) noexcept {
  const Ref<> iterator = iterate(iterable);
  if (!iterator) return kRaised;
  for (;;) {
    Ref<> item;
    if (failed(next(iterator.value(), item))) return kRaised;
    if (!item) return Status::kDone;
    if (failed(add(std::move(item)))) return kRaised;
  }
}

Ref<Tuple> RefBuffer::to_tuple() noexcept {
  Ref<Tuple> tuple = Tuple::make_blank(size());
  if (!tuple) return kRaised;
  for (std::size_t i = 0; i < size(); ++i) tuple->initialise(i, values_.take(i));
  return tuple;
}

Ref<Tuple> tuple_of_all(Value iterable) noexcept {
  const bool is_tuple = iterable.is_object() && &type_of(*iterable.object()) == &tuple_type();
  if (is_tuple) return Ref<Tuple>::of(static_cast<Tuple&>(*iterable.object()));
  RefBuffer items;
  if (failed(items.add_all(iterable))) return kRaised;
  return items.to_tuple();
}

}  // namespace orochi::inline OROCHI_DESIGN
