#include "objects/types/range_iterator.h"

#include "objects/model/new_object.h"
#include "objects/types/index.h"
#include "objects/types/int_arithmetic.h"
#include "objects/types/iterator_state.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_range_iterator_types, before there are iterators.
constinit Type* g_small = nullptr;
constinit Type* g_long = nullptr;

[[nodiscard]] Type* make_type(std::string_view name) noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = [](Value self, Ref<>& item) noexcept {
    return static_cast<RangeIterator*>(self.object())->next(item);
  };
  Type* const ancestors[] = {&object_type()};
  return Type::make({.name = name,
                     .layout = &layout_of<RangeIterator>,
                     .ancestors = ancestors,
                     .protocols = slots,
                     .is_final = true});
}

}  // namespace

Type& range_iterator_type() noexcept { return *g_small; }
Type& long_range_iterator_type() noexcept { return *g_long; }

Status make_range_iterator_types() noexcept {
  g_small = make_type("range_iterator");
  g_long = make_type("longrange_iterator");
  return g_small == nullptr || g_long == nullptr ? Status::kFailed : Status::kDone;
}

RangeIterator::RangeIterator(ShapeIndex shape, Ref<Range> range) noexcept
    : Object(shape),
      range_(std::move(range)),
      length_(static_cast<std::size_t>(index_of(this->range().length()).number)) {}

Ref<RangeIterator> RangeIterator::make(Range& range) noexcept {
  return new_object<RangeIterator>(range.is_small() ? *g_small : *g_long, Ref<Range>::of(range));
}

Status RangeIterator::next(Ref<>& item) noexcept {
  for (std::size_t place = place_.get(); place < length_;) {
    if (!place_.move(*this, place, place + 1)) continue;
    const auto index = static_cast<std::int64_t>(place);
    item = range().is_small() ? make_int(range().small_item(index))
                              : range().item(make_int(index).value());
    return item ? Status::kDone : Status::kFailed;
  }
  return Status::kDone;
}

Ref<> RangeIterator::remaining() const noexcept {
  const Ref<> given = make_size(place_.get());
  return given ? int_subtract(range().length(), given.value()) : Ref<>();
}

// Of a range that ends just behind its last item.
Ref<> RangeIterator::reduce() const noexcept {
  const Ref<> end = range().end();
  const Ref<Range> all =
      end ? Range::make(range().start(), end.value(), range().step()) : Ref<Range>();
  return all ? reduce_by_iter(all.value(), place_.get()) : Ref<>();
}

Status RangeIterator::set_state(Value state) noexcept {
  std::int64_t place = 0;
  if (failed(read_place(state, 0, static_cast<std::int64_t>(length_), place))) return kRaised;
  place_.set(static_cast<std::size_t>(place));
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
