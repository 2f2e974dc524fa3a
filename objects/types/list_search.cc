// Lists asked for an item that is a value, or equals it.
#include "objects/model/error.h"
#include "objects/types/bounds.h"
#include "objects/types/item_equality.h"
#include "objects/types/list.h"

namespace orochi::inline OROCHI_DESIGN {
Truth List::find(Value value, std::int64_t start, std::int64_t stop, Found& found) noexcept {
  const std::size_t size = this->size();
  const std::size_t end = bound_from_begin(stop, size);
  for (std::size_t i = bound_from_begin(start, size); i < end; ++i) {
    Ref<> item;
    if (!get(static_cast<std::int64_t>(i), item)) return Truth::kFalse;
    const Truth same = is_item(item.value(), value);
    if (same == Truth::kFalse) continue;
    found = {i, std::move(item)};
    return same;
  }
  return Truth::kFalse;
}

Truth List::contains(Value value) noexcept {
  Found found;
  return find(value, 0, INT64_MAX, found);
}

Status List::count_equal(Value value, std::size_t& count) noexcept {
  count = 0;
  Found found;
  for (std::int64_t start = 0;; start = static_cast<std::int64_t>(found.place) + 1) {
    const Truth more = find(value, start, INT64_MAX, found);
    if (failed(more)) return kRaised;
    if (more == Truth::kFalse) return Status::kDone;
    ++count;
  }
}

// In the same hold: is the item still there, or somewhere else? False: it is not in the list.
bool List::remove_found(const Found& found) noexcept {
  Ref<> removed;  // dropped after the lock
  const Locked lock(*this);
  const NoSuspend whole;
  const Held holder = lock.held();
  const std::size_t size = items_.size(holder);
  const auto is_at = [&](std::size_t i) {
    return items_.at(holder, i).get(holder) == found.item.value();
  };
  std::size_t place = found.place;
  if (place >= size || !is_at(place))
    for (place = 0; place < size && !is_at(place);) ++place;
  if (place == size) return false;
  ListItems::Change change(items_, holder);
  removed = change.take(place);
  change.close_gap(place, 1);
  change.shrink();
  return true;
}

Status List::remove(Value value) noexcept {
  // What was found may have gone meanwhile: then others have moved up to its place.
  for (Found found;;) {
    const Truth there = find(value, static_cast<std::int64_t>(found.place), INT64_MAX, found);
    if (failed(there)) return kRaised;
    if (there == Truth::kFalse) break;
    if (remove_found(found)) return Status::kDone;
  }
  return raise(ErrorKind::kValue, {"list.remove(x): x not in list"});
}

}  // namespace orochi::inline OROCHI_DESIGN
