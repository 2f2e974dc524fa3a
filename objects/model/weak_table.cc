#include "objects/model/weak_table.h"

#include <cassert>
#include <utility>

#include "memory/buffer.h"
#include "objects/model/address_hash.h"
#include "objects/model/call_out.h"
#include "objects/model/error.h"
#include "objects/model/operations.h"
#include "objects/model/type.h"
#include "objects/model/unraisable.h"
#include "runtime/critical_section.h"

namespace orochi::inline OROCHI_DESIGN {

constinit WeakTable WeakTable::g_parts[kParts];

// --- Callbacks. ---

void WeakCalls::add(WeakLink& link) noexcept {
  link.next_ = nullptr;
  (last_ != nullptr ? last_->next_ : first_) = &link;
  last_ = &link;
}

Ref<WeakLink> WeakCalls::take_first() noexcept {
  Ref<WeakLink> link = Ref<WeakLink>::adopt(first_);
  first_ = std::exchange(link->next_, nullptr);
  if (first_ == nullptr) last_ = nullptr;
  return link;
}

namespace {

void call_back(Ref<WeakLink> link) noexcept {
  Ref<> callback = link->callback();
  assert(callback && "who ends a link calls it back, once, and holds it until then");
  link->clear();
  const Value argument = link.value();
  Ref<> result = call(callback.value(), {.values = &argument, .positional = 1});
  if (CallOut::may_go_on() && !result) report_unraisable(callback.value());
  if (CallOut::may_go_on()) return;
  static_cast<void>(result.release());
  static_cast<void>(callback.release());
  static_cast<void>(link.release());
}

// Exact for what is this thread's: its own half stands still, and the other is one word.
bool is_held_here_only(const WeakLink& link) noexcept {
  return link.is_mine() && link.count().total_stopped() == 1;
}

}  // namespace

void WeakCalls::run() noexcept {
  if (is_empty()) return;
  const CallOut call_out;
  while (!is_empty() && CallOut::may_go_on()) call_back(take_first());
  first_ = last_ = nullptr;
}

void WeakCalls::drop_unheld() noexcept {
  WeakCalls held;
  while (!is_empty() && CallOut::may_go_on()) {
    Ref<WeakLink> link = take_first();
    if (!is_held_here_only(*link)) held.add(*link.release());
  }
  std::swap(first_, held.first_);
  std::swap(last_, held.last_);
  held.first_ = held.last_ = nullptr;  // not empty only if the thread was refused
}

// --- Places. ---

// The part is chosen by other bits than the place.
WeakTable& WeakTable::part_of(const Object& referent) noexcept {
  return g_parts[address_hash(&referent) >> 20 & (kParts - 1)];
}

std::size_t WeakTable::home_of(const Object& referent) const noexcept {
  return address_hash(&referent) & (capacity_ - 1);
}

// relaxed, all loads of targets here: written under the lock.
WeakLink** WeakTable::place_of(const Object& referent) const noexcept {
  std::size_t i = home_of(referent);
  while (places_[i] != nullptr && places_[i]->target_.load(kRelaxed) != &referent)
    i = (i + 1) & (capacity_ - 1);
  return &places_[i];
}

WeakLink* WeakTable::first_of(const Object& referent) const noexcept {
  return capacity_ == 0 ? nullptr : *place_of(referent);
}

bool WeakTable::make_room() noexcept {
  if ((used_ + 1) * 3 <= capacity_ * 2) return true;
  WeakTable larger;
  larger.capacity_ = capacity_ == 0 ? 64 : capacity_ * 2;
  larger.places_ =
      static_cast<WeakLink**>(allocate_zeroed_buffer(larger.capacity_ * sizeof(WeakLink*)));
  if (larger.places_ == nullptr) return false;
  for (std::size_t i = 0; i < capacity_; ++i)
    if (places_[i] != nullptr) *larger.place_of(*places_[i]->target_.load(kRelaxed)) = places_[i];
  free_buffer(places_);
  places_ = larger.places_;
  capacity_ = larger.capacity_;
  return true;
}

// Each list behind the gap moves into it whose home is not between the two.
void WeakTable::close_gap(std::size_t gap) noexcept {
  const std::size_t mask = capacity_ - 1;
  for (std::size_t i = (gap + 1) & mask; places_[i] != nullptr; i = (i + 1) & mask) {
    const std::size_t distance_from_home =
        (i - home_of(*places_[i]->target_.load(kRelaxed))) & mask;
    if (distance_from_home < ((i - gap) & mask)) continue;
    places_[gap] = places_[i];
    gap = i;
  }
  places_[gap] = nullptr;
  --used_;
}

// --- Lists. ---

// Found through the list, which does not count it (I3 of weak_link.h).
Ref<WeakLink> WeakTable::counted(WeakLink& link) noexcept {
  return link.count().try_retain(current().id) ? Ref<WeakLink>::adopt(&link) : Ref<WeakLink>();
}

bool WeakTable::is_reusable(const WeakLink& link, const Type& type) noexcept {
  return !link.had_callback_ && &type_of(link) == &type;
}

Ref<WeakLink> WeakTable::find_in(const Object& referent, const Type& type) const noexcept {
  for (WeakLink* link = first_of(referent); link != nullptr && !link->had_callback_;
       link = link->next_) {
    if (!is_reusable(*link, type)) continue;
    if (Ref<WeakLink> found = counted(*link)) return found;
  }
  return {};
}

// One without callback is first; another one comes after those, before the older ones. Requires:
// there is a list, or room for one.
void WeakTable::insert(Object& referent, WeakLink& link) noexcept {
  WeakLink** const place = place_of(referent);
  if (*place == nullptr) ++used_;
  WeakLink* before = nullptr;
  WeakLink* after = *place;
  while (link.had_callback_ && after != nullptr && !after->had_callback_)
    before = std::exchange(after, after->next_);
  link.previous_ = before;
  link.next_ = after;
  if (after != nullptr) after->previous_ = &link;
  (before != nullptr ? before->next_ : *place) = &link;
  link.target_.store(&referent, kRelease);  // pairs with the acquire in WeakLink::get
}

void WeakTable::unlink(WeakLink& link, const Object& referent) noexcept {
  if (link.next_ != nullptr) link.next_->previous_ = link.previous_;
  if (link.previous_ != nullptr) {
    link.previous_->next_ = link.next_;
  } else if (WeakLink** const place = place_of(referent); link.next_ != nullptr) {
    *place = link.next_;
  } else {
    close_gap(static_cast<std::size_t>(place - places_));
  }
  link.target_.store(nullptr, kRelease);  // I1; the last touch of a link that may be ending
}

WeakLink* WeakTable::take_list(const Object& referent) noexcept {
  WeakLink* const first = first_of(referent);
  if (first != nullptr) close_gap(static_cast<std::size_t>(place_of(referent) - places_));
  return first;
}

// A link that nobody counts any more has died before its referent: no call.
void WeakTable::end_one(WeakLink& link, WeakCalls& due) noexcept {
  if (link.had_callback_) {
    if (Ref<WeakLink> found = counted(link)) due.add(*found.release());
  }
  // release: the last touch of a link that may be ending, whose end reads it (I2 of weak_link.h).
  link.target_.store(nullptr, kRelease);
}

void WeakTable::end_all(const Object& referent, WeakCalls& due) noexcept {
  for (WeakLink* link = take_list(referent); link != nullptr;) {
    WeakLink* const next = link->next_;
    end_one(*link, due);
    link = next;
  }
}

// --- From outside. ---

namespace {

// Rule 8. The caller counts the object.
void mark_weakly_referenced(Object& object) noexcept {
  object.mark_retire_late();
  object.count().mark_weakly_referenced();
}

void mark_referent(Object& referent) noexcept {
  mark_weakly_referenced(referent);
  if (referent.has(ObjectFlag::kWeaklyReferenced)) return;
  const CriticalSection section(referent.lock());  // for the flags alone
  referent.set(ObjectFlag::kWeaklyReferenced);
}

}  // namespace

Ref<WeakLink> WeakTable::enter(Object& referent, Ref<WeakLink> link, Entry entry) noexcept {
  mark_weakly_referenced(*link);
  mark_referent(referent);
  WeakTable& part = part_of(referent);
  Ref<WeakLink> found;
  {
    const Lock lock(part.lock_);
    if (entry == Entry::kShared) found = part.find_in(referent, type_of(*link));
    if (!found && (part.first_of(referent) != nullptr || part.make_room())) {
      part.insert(referent, *link);
      found = link.share();
    }
  }
  if (!found) return raise_memory_error();
  return found;
}

Ref<WeakLink> WeakTable::find(Object& referent, const Type& type) noexcept {
  if (!referent.has(ObjectFlag::kWeaklyReferenced)) return {};
  const WeakTable& part = part_of(referent);
  const Lock lock(part_of(referent).lock_);
  return part.find_in(referent, type);
}

std::size_t WeakTable::count(const Object& referent) noexcept {
  const WeakTable& part = part_of(referent);
  const Lock lock(part_of(referent).lock_);
  std::size_t links = 0;
  for (const WeakLink* link = part.first_of(referent); link != nullptr; link = link->next_) ++links;
  return links;
}

std::size_t WeakTable::copy_links(const Object& referent, std::span<Value> room) noexcept {
  const WeakTable& part = part_of(referent);
  const Lock lock(part_of(referent).lock_);
  std::size_t copied = 0;
  for (WeakLink* link = part.first_of(referent); link != nullptr && copied < room.size();
       link = link->next_) {
    if (Ref<WeakLink> found = counted(*link)) room[copied++] = Value(found.release());
  }
  return copied;
}

void WeakTable::end(Object& referent, WeakCalls& due) noexcept {
  WeakTable& part = part_of(referent);
  const Lock lock(part.lock_);
  part.end_all(referent, due);
}

void WeakTable::end_stopped(Object& referent, WeakCalls& due) noexcept {
  part_of(referent).end_all(referent, due);
}

void WeakTable::leave(WeakLink& link) noexcept {
  // acquire: pairs with the releases above. Null: whoever ended the referent is done with the link.
  const Object* const seen = link.target_.load(kAcquire);
  if (seen == nullptr) return;
  WeakTable& part = part_of(*seen);
  const Lock lock(part.lock_);
  // The address chose the lock; what it leads to may be gone since.
  if (link.target_.load(kRelaxed) != nullptr) part.unlink(link, *seen);
}

void WeakTable::leave_stopped(WeakLink& link) noexcept {
  const Object* const seen = link.target_.load(kRelaxed);  // relaxed: the world is stopped
  if (seen != nullptr) part_of(*seen).unlink(link, *seen);
}

void WeakLink::give_back(const Remains&) noexcept { WeakTable::leave(*this); }

}  // namespace orochi::inline OROCHI_DESIGN
