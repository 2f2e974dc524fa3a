#include "python/modules/collections/deque.h"

#include <algorithm>

#include "objects/model/error.h"
#include "objects/model/new_object.h"
#include "objects/model/operations.h"
#include "objects/types/each_item.h"
#include "objects/types/index.h"
#include "objects/types/sequence_repr.h"

namespace orochi::inline OROCHI_DESIGN {

Ref<Deque> Deque::make(Type& type, std::size_t most) noexcept {
  Ref<Deque> made = new_object<Deque>(type);
  if (made) made->restart(most);
  return made;
}

std::size_t Deque::size() noexcept {
  const Locked lock(*this);
  return size_;
}

std::size_t Deque::most() noexcept {
  const Locked lock(*this);
  return most_;
}

void Deque::restart(std::size_t most) noexcept {
  clear();
  const Locked lock(*this);
  most_ = most;
}

// --- The ring. ---

// Twice as many places as there are items. What lies before the head moves behind the end.
bool Deque::make_room(Held held) noexcept {
  const std::size_t room = ring_.length(held);
  if (size_ < room) return true;
  const std::size_t before_head = head_;
  if (!ring_.try_resize(held, room, std::max<std::size_t>(2 * room, 8))) return false;
  ring_.shift(held, 0, room, before_head);
  for (std::size_t i = 0; i < before_head; ++i) ring_.at(held, i).forget(held);  // Q1
  return true;
}

// Requires: there is room.
void Deque::add_at_end(Held held, End end, Ref<> item) noexcept {
  if (end == End::kLeft) head_ = head_ == 0 ? ring_.length(held) - 1 : head_ - 1;
  ++size_;
  item_at(held, end == End::kLeft ? 0 : size_ - 1).fill(held, std::move(item));
  ++changes_;
}

// Requires: it is not empty.
Ref<> Deque::take_at_end(Held held, End end) noexcept {
  Ref<> item = item_at(held, end == End::kLeft ? 0 : size_ - 1).take(held);
  if (end == End::kLeft) head_ = place_of(held, 1);
  --size_;
  ++changes_;
  return item;
}

Status Deque::add_locked(Held held, End end, Ref<>& item, Ref<>& lost) noexcept {
  if (most_ == 0) {
    item.swap(lost);
    return Status::kDone;
  }
  if (size_ == most_) lost = take_at_end(held, end == End::kLeft ? End::kRight : End::kLeft);
  if (!make_room(held)) return raise_memory_error();
  add_at_end(held, end, std::move(item));
  return Status::kDone;
}

void Deque::move_within(Held held, std::size_t to, std::size_t from) noexcept {
  item_at(held, to).move_from(held, item_at(held, from));
}

// The place of an item that was taken, to be closed by those behind it.
void Deque::close_gap(Held held, std::size_t index) noexcept {
  for (std::size_t i = index; i + 1 < size_; ++i) move_within(held, i, i + 1);
  item_at(held, size_ - 1).forget(held);
  --size_;
  ++changes_;
}

// Requires: there is room.
void Deque::open_gap(Held held, std::size_t index) noexcept {
  ++size_;
  for (std::size_t i = size_ - 1; i > index; --i) move_within(held, i, i - 1);
  item_at(held, index).forget(held);
  ++changes_;
}

// --- The ends. ---

Status Deque::add(End end, Ref<> item) noexcept {
  Ref<> lost;
  const Locked lock(*this);
  const NoSuspend whole;
  return add_locked(lock.held(), end, item, lost);
}

Ref<> Deque::pop(End end) noexcept {
  const Locked lock(*this);
  if (size_ == 0) return raise(ErrorKind::kIndex, {"pop from an empty deque"});
  return take_at_end(lock.held(), end);
}

Status Deque::extend(End end, Value iterable) noexcept {
  // Of itself: of what it has now.
  const Ref<> items = iterable == Value(this) ? Ref<>(to_tuple()) : Ref<>::of(iterable);
  if (!items) return kRaised;
  return for_each_item(items.value(),
                       [&](Value item) noexcept { return add(end, Ref<>::of(item)); });
}

void Deque::clear() noexcept {
  const Locked lock(*this);
  if (size_ != 0) ++changes_;
  head_ = 0;
  size_ = 0;
  const TakenFields all = ring_.take(lock.held());
}

// An item goes from one end to the other: it is moved, so nothing is unlinked. In a ring that is
// full it stays where it is, and the head moves.
void Deque::rotate_once(Held held, bool goes_right) noexcept {
  const std::size_t from = goes_right ? place_of(held, size_ - 1) : head_;
  head_ = goes_right ? (head_ == 0 ? ring_.length(held) - 1 : head_ - 1) : place_of(held, 1);
  const std::size_t to = goes_right ? head_ : place_of(held, size_ - 1);
  if (to == from) return;
  ring_.at(held, to).move_from(held, ring_.at(held, from));
  ring_.at(held, from).forget(held);
}

void Deque::rotate(std::int64_t steps) noexcept {
  const Locked lock(*this);
  const NoSuspend whole;
  const Held held = lock.held();
  if (size_ < 2) return;
  const auto size = static_cast<std::int64_t>(size_);
  std::int64_t to_left = ((-(steps % size)) % size + size) % size;
  const bool goes_right = to_left > size / 2;
  if (goes_right) to_left = size - to_left;
  for (; to_left > 0; --to_left) rotate_once(held, goes_right);
  ++changes_;
}

void Deque::reverse() noexcept {
  const Locked lock(*this);
  const NoSuspend whole;
  const Held held = lock.held();
  for (std::size_t i = 0, k = size_; i + 1 < k; ++i) {
    --k;
    Field& low = item_at(held, i);
    Field& high = item_at(held, k);
    Ref<> item = low.take(held);
    item = high.replace(held, std::move(item));
    item = low.replace(held, std::move(item));  // nothing, in the end
  }
}

// --- One item. ---

bool Deque::get(std::int64_t index, Ref<>& item) noexcept {
  const Locked lock(*this);
  std::size_t place = 0;
  if (!find_position(index, size_, place)) return false;
  item = item_at(lock.held(), place).load(lock.held());
  return true;
}

bool Deque::set(std::int64_t index, Ref<> item) noexcept {
  Ref<> old;
  const Locked lock(*this);
  std::size_t place = 0;
  if (!find_position(index, size_, place)) return false;
  old = item_at(lock.held(), place).replace(lock.held(), std::move(item));
  return true;
}

bool Deque::remove_at(std::int64_t index) noexcept {
  Ref<> old;
  const Locked lock(*this);
  std::size_t place = 0;
  if (!find_position(index, size_, place)) return false;
  old = item_at(lock.held(), place).take(lock.held());
  close_gap(lock.held(), place);
  return true;
}

Status Deque::insert(std::int64_t index, Ref<> item) noexcept {
  const Locked lock(*this);
  const NoSuspend whole;
  const Held held = lock.held();
  if (size_ == most_) return raise(ErrorKind::kIndex, {"deque already at its maximum size"});
  if (!make_room(held)) return raise_memory_error();
  const auto size = static_cast<std::int64_t>(size_);
  if (index < 0) index = std::max<std::int64_t>(index + size, 0);
  const auto place = static_cast<std::size_t>(std::min(index, size));
  open_gap(held, place);
  item_at(held, place).fill(held, std::move(item));
  return Status::kDone;
}

// --- All of them. ---

Ref<Tuple> Deque::to_tuple() noexcept {
  const Locked lock(*this);
  Ref<Tuple> tuple = Tuple::make_blank(size_);
  for (std::size_t i = 0; tuple && i < size_; ++i)
    tuple->initialise(i, item_at(lock.held(), i).load(lock.held()));
  return tuple;
}

Ref<List> Deque::to_list() noexcept {
  const Ref<Tuple> tuple = to_tuple();
  return tuple ? List::from(tuple.value()) : Ref<List>();
}

Ref<Deque> Deque::copy(Type& type) noexcept {
  const Ref<Tuple> items = to_tuple();
  Ref<Deque> made = items ? make(type, most()) : Ref<Deque>();
  if (!made || failed(made->extend(End::kRight, items.value()))) return kRaised;
  return made;
}

Status Deque::repeat(std::int64_t times) noexcept {
  const Ref<Tuple> items = to_tuple();
  if (!items) return kRaised;
  if (times <= 0 || items->size() == 0) {
    clear();
    return Status::kDone;
  }
  std::size_t total = 0;
  const std::size_t bound = most();
  const std::size_t enough = bound == kUnbounded ? SIZE_MAX : bound / items->size() + 1;
  const std::size_t turns = std::min(static_cast<std::size_t>(times), enough);
  if (__builtin_mul_overflow(turns, items->size(), &total) || total > SIZE_MAX / 64)
    return raise_memory_error();
  for (std::size_t turn = 1; turn < turns; ++turn)
    if (failed(extend(End::kRight, items.value()))) return kRaised;
  return Status::kDone;
}

// --- What asks items. ---

Truth Deque::find(Value value, std::size_t start, std::size_t stop, Search& search) noexcept {
  const Locked lock(*this);
  const std::uint64_t before = changes_;
  for (std::size_t i = start; i < std::min(stop, size_); ++i) {
    const Ref<> item = item_at(lock.held(), i).load(lock.held());
    const Truth equal = same_or_equal(item.value(), value);
    if (failed(equal)) return kRaised;
    search.has_changed = changes_ != before;
    if (search.has_changed) return Truth::kFalse;
    search.place = i;
    if (equal == Truth::kTrue) return equal;
  }
  return Truth::kFalse;
}

Status Deque::remove(Value value) noexcept {
  Ref<> old;
  Search search;
  const Locked lock(*this);  // so that nobody comes in between, if nobody waits
  const std::uint64_t before = changes_;
  const Truth found = find(value, 0, SIZE_MAX, search);
  if (failed(found)) return kRaised;
  if (search.has_changed || changes_ != before)
    return raise(ErrorKind::kIndex, {"deque mutated during remove()."});
  if (found == Truth::kFalse) return raise_about(ErrorKind::kValue, "", value, " is not in deque");
  old = item_at(lock.held(), search.place).take(lock.held());
  close_gap(lock.held(), search.place);
  return Status::kDone;
}

Status Deque::count_equal(Value value, std::size_t& count) noexcept {
  const Locked lock(*this);
  const std::uint64_t before = changes_;
  for (std::size_t i = 0; i < size_; ++i) {
    const Ref<> item = item_at(lock.held(), i).load(lock.held());
    const Truth equal = same_or_equal(item.value(), value);
    if (failed(equal)) return kRaised;
    if (changes_ != before) return raise(ErrorKind::kRuntime, {"deque mutated during iteration"});
    count += equal == Truth::kTrue ? 1 : 0;
  }
  return Status::kDone;
}

// --- For iterators. ---

Deque::Cursor Deque::cursor() noexcept {
  const Locked lock(*this);
  return {changes_, size_};
}

Status Deque::next(Cursor& cursor, End end, Ref<>& item) noexcept {
  const Locked lock(*this);
  if (cursor.changes != changes_) {
    cursor.left = 0;
    return raise(ErrorKind::kRuntime, {"deque mutated during iteration"});
  }
  if (cursor.left == 0) return Status::kDone;
  const std::size_t index = end == End::kLeft ? size_ - cursor.left : cursor.left - 1;
  item = item_at(lock.held(), index).load(lock.held());
  --cursor.left;
  return Status::kDone;
}

}  // namespace orochi::inline OROCHI_DESIGN
