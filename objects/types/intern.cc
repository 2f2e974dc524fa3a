#include "objects/types/intern.h"

#include <cassert>

#include "memory/buffer.h"
#include "objects/model/error.h"

namespace orochi::inline OROCHI_DESIGN {

constinit InternTable InternTable::g_parts[kParts];

// --- Places. ---

// The part is chosen by the highest bits, so the place takes the lowest.
InternTable& InternTable::part_of(const Str& str) noexcept {
  return g_parts[static_cast<std::uint64_t>(str.hash()) / (UINT64_MAX / kParts + 1)];
}

std::size_t InternTable::home_of(const Str& str) const noexcept {
  return static_cast<std::size_t>(str.hash()) & (capacity_ - 1);
}

Str** InternTable::place_of(const Str& str) const noexcept {
  std::size_t i = home_of(str);
  while (places_[i] != nullptr && !equal(*places_[i], str)) i = (i + 1) & (capacity_ - 1);
  return &places_[i];
}

bool InternTable::make_room() noexcept {
  if ((used_ + 1) * 3 <= capacity_ * 2) return true;
  InternTable larger;
  larger.capacity_ = capacity_ == 0 ? 64 : capacity_ * 2;
  larger.places_ = static_cast<Str**>(allocate_zeroed_buffer(larger.capacity_ * sizeof(Str*)));
  if (larger.places_ == nullptr) return false;
  for (std::size_t i = 0; i < capacity_; ++i)
    if (places_[i] != nullptr) *larger.place_of(*places_[i]) = places_[i];
  free_buffer(places_);
  places_ = larger.places_;
  capacity_ = larger.capacity_;
  return true;
}

// Each str behind the gap moves into it whose home is not between the two.
void InternTable::close_gap(std::size_t gap) noexcept {
  const std::size_t mask = capacity_ - 1;
  for (std::size_t i = (gap + 1) & mask; places_[i] != nullptr; i = (i + 1) & mask) {
    const std::size_t distance_from_home = (i - home_of(*places_[i])) & mask;
    if (distance_from_home < ((i - gap) & mask)) continue;
    places_[gap] = places_[i];
    gap = i;
  }
  places_[gap] = nullptr;
}

// --- Under the lock. ---

Ref<Str> InternTable::find_or_add_locked(Str& str) noexcept {
  if (!make_room()) return {};
  Str** const place = place_of(str);
  if (*place != nullptr) {
    if ((*place)->count().try_retain(current().id)) return Ref<Str>::adopt(*place);
  } else {
    ++used_;
  }
  *place = &str;  // I2: who was there is dead
  str.mark_interned();
  str.mark_retire_late();  // rule 8, with the next
  str.count().mark_weakly_referenced();
  return Ref<Str>::of(str);
}

void InternTable::forget_locked(const Str& str) noexcept {
  std::size_t i = home_of(str);
  while (places_[i] != nullptr && places_[i] != &str) i = (i + 1) & (capacity_ - 1);
  if (places_[i] == nullptr) return;  // another one took its place
  --used_;
  close_gap(i);
}

// --- From outside. ---

Ref<Str> InternTable::find_or_add(Str& str) noexcept {
  InternTable& part = part_of(str);
  const Lock lock(part.lock_);
  return part.find_or_add_locked(str);
}

void InternTable::forget(const Str& str) noexcept {
  InternTable& part = part_of(str);
  const Lock lock(part.lock_);
  part.forget_locked(str);
}

Ref<Str> intern(Ref<Str> str) noexcept {
  if (!str || str->is_interned()) return str;
  assert(&type_of(*str) == &str_type());
  Ref<Str> interned = InternTable::find_or_add(*str);
  if (!interned) return raise_memory_error();
  return interned;
}

Ref<Str> intern(std::string_view utf8) noexcept { return intern(Str::of_utf8(utf8)); }

Str* intern_for_ever(std::string_view utf8) noexcept {
  Ref<Str> name = intern(utf8);
  if (name) name->count().immortalise();
  return name.release();
}

}  // namespace orochi::inline OROCHI_DESIGN
