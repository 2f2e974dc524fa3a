#include "objects/types/list.h"

#include <algorithm>

#include "objects/model/error.h"
#include "objects/model/new_object.h"

namespace orochi::inline OROCHI_DESIGN {

// --- Making. ---

Ref<List> List::make() noexcept { return new_object<List>(list_type()); }

Ref<List> List::make(std::span<Ref<>> items) noexcept {
  Ref<List> list = make();
  if (!list) return kRaised;
  const Held holder = Held::unreachable(*list);
  if (failed(list->items_.make_room(holder, items.size()))) return kRaised;
  list->items_.append_many(holder, items.size(),
                           [&](std::size_t i) { return std::move(items[i]); });
  return list;
}

Ref<List> List::from(Value iterable) noexcept {
  Ref<List> list = make();
  if (!list || failed(list->extend(iterable))) return kRaised;
  return list;
}

// --- One item. ---

bool List::get_locked(std::int64_t index, Ref<>& item) noexcept {
  const Locked lock(*this);
  const Held holder = lock.held();
  std::size_t place = 0;
  if (!find_position(index, items_.size(holder), place)) return false;
  items_.at(holder, place).load(holder).swap(item);
  return true;
}

bool List::set(std::int64_t index, Ref<> item) noexcept {
  Ref<> before;  // dropped after the lock
  const Locked lock(*this);
  const NoSuspend whole;
  const Held holder = lock.held();
  std::size_t place = 0;
  if (!find_position(index, items_.size(holder), place)) return false;
  before = items_.at(holder, place).replace(holder, std::move(item));
  return true;
}

Status List::append_growing(Held holder, Ref<>& item) noexcept {
  if (failed(items_.make_room(holder, 1))) return kRaised;
  return items_.append(holder, item) ? Status::kDone : Status::kFailed;
}

Status List::insert(std::int64_t index, Ref<> item) noexcept {
  const Locked lock(*this);
  const NoSuspend whole;
  const Held holder = lock.held();
  const auto size = static_cast<std::int64_t>(items_.size(holder));
  if (failed(items_.make_room(holder, 1))) return kRaised;
  const std::int64_t place = std::clamp<std::int64_t>(index < 0 ? index + size : index, 0, size);
  ListItems::Change change(items_, holder);
  change.open_gap(static_cast<std::size_t>(place), 1);
  change.at(static_cast<std::size_t>(place)).fill(holder, std::move(item));
  return Status::kDone;
}

Ref<> List::pop(std::int64_t index) noexcept {
  Ref<> item;
  bool was_empty = false;
  {
    const Locked lock(*this);
    const NoSuspend whole;
    const Held holder = lock.held();
    std::size_t place = 0;
    if (find_position(index, items_.size(holder), place)) {
      ListItems::Change change(items_, holder);
      item = change.take(place);
      change.close_gap(place, 1);
      change.shrink();
    } else {
      was_empty = items_.size(holder) == 0;
    }
  }
  if (item) return item;
  return raise(ErrorKind::kIndex, {was_empty ? "pop from empty list" : "pop index out of range"});
}

// --- All. ---

void List::clear() noexcept {
  // Dropped after the lock.
  const TakenFields taken = [this] {
    const Locked lock(*this);
    const NoSuspend whole;
    return ListItems::Change(items_, lock.held()).take_all();
  }();
}

void List::reverse() noexcept {
  const Locked lock(*this);
  const NoSuspend whole;
  const Held holder = lock.held();
  std::size_t end = items_.size(holder);
  if (end < 2) return;
  ListItems::Change change(items_, holder);
  for (std::size_t low = 0; low + 1 < end; ++low) {
    Field& left = change.at(low);
    Field& right = change.at(--end);
    Ref<> moved = Ref<>::adopt(left.get(holder));
    left.move_from(holder, right);
    right.fill(holder, std::move(moved));
  }
}

}  // namespace orochi::inline OROCHI_DESIGN
