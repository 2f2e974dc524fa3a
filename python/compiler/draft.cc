#include "python/compiler/draft.h"

#include <utility>

namespace orochi::inline OROCHI_DESIGN::compiler {
namespace {

template <class Slots>
std::size_t place_of(Slots& slots, NameId name) noexcept {
  std::size_t at = (name * 2654435769U) & (slots.size() - 1);
  while (slots[at].name != kNoName && slots[at].name != name) at = (at + 1) & (slots.size() - 1);
  return at;
}

}  // namespace

bool SymbolNumbers::grow() noexcept {
  GrowingArray<Slot> old;
  if (!old.append(slots_.data(), slots_.size())) return false;
  const std::size_t capacity = slots_.empty() ? 16 : 2 * slots_.size();
  slots_.shrink_to(0);
  for (std::size_t i = 0; i < capacity; ++i)
    if (!slots_.push({kNoName, 0})) return false;
  for (std::size_t i = 0; i < old.size(); ++i)
    if (old[i].name != kNoName) slots_[place_of(slots_, old[i].name)] = old[i];
  return true;
}

bool SymbolNumbers::find_or_add(NameId name, std::uint32_t next, std::uint32_t& number) noexcept {
  if (2 * (size_ + 1) > slots_.size() && !grow()) return false;
  Slot& slot = slots_[place_of(slots_, name)];
  if (slot.name == kNoName) {
    slot = {name, next};
    ++size_;
  }
  number = slot.number;
  return true;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
