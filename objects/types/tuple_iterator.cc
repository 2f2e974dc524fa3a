#include "objects/types/tuple_iterator.h"

#include "objects/model/new_object.h"
#include "objects/types/iterator_state.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Type* g_type =
    nullptr;  // written by make_tuple_iterator_type, before there are iterators

[[nodiscard]] Protocols iterator_protocols() noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& item) noexcept {
    static_cast<TupleIterator*>(self.object())->next(item);
    return Status::kDone;
  };
  return slots;
}

}  // namespace

Type& tuple_iterator_type() noexcept { return *g_type; }

Status make_tuple_iterator_type() noexcept {
  Type* const ancestors[] = {&object_type()};
  g_type = Type::make({.name = "tuple_iterator",
                       .layout = &layout_of<TupleIterator>,
                       .ancestors = ancestors,
                       .protocols = iterator_protocols()});
  return g_type == nullptr ? Status::kFailed : Status::kDone;
}

Ref<TupleIterator> TupleIterator::make(Tuple& tuple) noexcept {
  return new_object<TupleIterator>(*g_type, Ref<Tuple>::of(tuple));
}

void TupleIterator::next(Ref<>& item) noexcept {
  for (std::size_t place = place_.get(); place < tuple().size();) {
    if (!place_.move(*this, place, place + 1)) continue;
    tuple().load(place).swap(item);
    return;
  }
}

Ref<> TupleIterator::reduce() const noexcept { return reduce_by_iter(tuple_.get(), place_.get()); }

Status TupleIterator::set_state(Value state) noexcept {
  std::int64_t place = 0;
  if (failed(read_place(state, 0, static_cast<std::int64_t>(tuple().size()), place)))
    return kRaised;
  place_.set(static_cast<std::size_t>(place));
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
