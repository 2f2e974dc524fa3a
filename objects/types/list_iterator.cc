#include "objects/types/list_iterator.h"

#include "objects/model/new_object.h"
#include "objects/types/iterator_state.h"
#include "objects/types/sequence_iterator.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

// Written by make_list_iterator_types, before there are iterators.
constinit Type* g_forward = nullptr;
constinit Type* g_reversed = nullptr;

// Of a forward iterator that was at its end. No list has so many items.
constexpr std::size_t kOver = SIZE_MAX;

[[nodiscard]] ListIterator& self_of(Value value) noexcept {
  return static_cast<ListIterator&>(*value.object());
}

[[nodiscard]] Type* make_type(std::string_view name, NextFunction next) noexcept {
  Protocols slots;
  slots.iter = [](Value self) noexcept { return Ref<>::of(self); };
  slots.next = next;
  Type* const ancestors[] = {&object_type()};
  return Type::make({.name = name,
                     .layout = &layout_of<ListIterator>,
                     .ancestors = ancestors,
                     .protocols = slots});
}

}  // namespace

Type& list_iterator_type() noexcept { return *g_forward; }
Type& list_reverse_iterator_type() noexcept { return *g_reversed; }

Status make_list_iterator_types() noexcept {
  g_forward = make_type("list_iterator", [](Value self, Ref<>& item) noexcept {
    self_of(self).next(item);
    return Status::kDone;
  });
  g_reversed = make_type("list_reverseiterator", [](Value self, Ref<>& item) noexcept {
    self_of(self).next_reversed(item);
    return Status::kDone;
  });
  return g_forward == nullptr || g_reversed == nullptr ? Status::kFailed : Status::kDone;
}

Ref<ListIterator> ListIterator::make(List& list) noexcept {
  return new_object<ListIterator>(*g_forward, Ref<List>::of(list), std::size_t{0});
}

Ref<ListIterator> ListIterator::make_reversed(List& list) noexcept {
  return new_object<ListIterator>(*g_reversed, Ref<List>::of(list), list.size());
}

void ListIterator::next(Ref<>& item) noexcept {
  std::size_t place = place_.get();
  while (place != kOver) {
    const bool is_there = list().get(static_cast<std::int64_t>(place), item);
    if (place_.move(*this, place, is_there ? place + 1 : kOver)) return;
    Ref<>().swap(item);
  }
}

void ListIterator::next_reversed(Ref<>& item) noexcept {
  std::size_t place = place_.get();
  while (place != 0) {
    const bool is_there = list().get(static_cast<std::int64_t>(place - 1), item);
    if (place_.move(*this, place, is_there ? place - 1 : 0)) return;
    Ref<>().swap(item);
  }
}

std::size_t ListIterator::remaining() const noexcept {
  const std::size_t place = place_.get();
  const std::size_t size = list().size();
  return place < size ? size - place : 0;
}

std::size_t ListIterator::remaining_reversed() const noexcept {
  const std::size_t place = place_.get();
  return place <= list().size() ? place : 0;
}

// --- Copies. ---

namespace {

// iter([]): what is at its end.
[[nodiscard]] Ref<> reduce_over() noexcept {
  Ref<List> nothing = List::make();
  return nothing ? reduce_by_iter(Tuple::of(std::move(nothing))) : Ref<>();
}

}  // namespace

Ref<> ListIterator::reduce() const noexcept {
  const std::size_t place = place_.get();
  return place == kOver ? reduce_over() : reduce_by_iter(list_.get(), place);
}

Ref<> ListIterator::reduce_reversed() const noexcept {
  const std::size_t place = place_.get();
  if (place == 0) return reduce_over();
  return reduce_at(Ref<>::of(Value(&reversed_type())), list_.get(),
                   static_cast<std::int64_t>(place) - 1);
}

Status ListIterator::set_state(Value state) noexcept {
  std::int64_t place = 0;
  const auto size = static_cast<std::int64_t>(list().size());
  if (failed(read_place(state, 0, size, place))) return kRaised;
  if (place_.get() != kOver) place_.set(static_cast<std::size_t>(place));
  return Status::kDone;
}

// The state is the place of the next item.
Status ListIterator::set_state_reversed(Value state) noexcept {
  std::int64_t place = 0;
  const auto size = static_cast<std::int64_t>(list().size());
  if (failed(read_place(state, -1, size - 1, place))) return kRaised;
  if (place_.get() != 0) place_.set(static_cast<std::size_t>(place + 1));
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
