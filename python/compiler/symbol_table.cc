#include <cstring>
#include <new>

#include "python/compiler/scope.h"

namespace orochi::inline OROCHI_DESIGN::compiler {

// Where the name is, or where it belongs. Requires: there is a free slot.
Symbol** SymbolTable::slot_of(NameId name) const noexcept {
  std::uint32_t at = (name * 2654435769U) & (capacity_ - 1);
  while (slots_[at] != nullptr && slots_[at]->name != name) at = (at + 1) & (capacity_ - 1);
  return &slots_[at];
}

Symbol* SymbolTable::find(NameId name) const noexcept {
  return capacity_ == 0 ? nullptr : *slot_of(name);
}

bool SymbolTable::grow(Arena& arena) noexcept {
  const std::uint32_t capacity = capacity_ == 0 ? 8 : capacity_ * 2;
  auto** const slots = arena.allocate_array<Symbol*>(capacity);
  if (slots == nullptr) return false;
  std::memset(static_cast<void*>(slots), 0, capacity * sizeof(Symbol*));
  slots_ = slots;
  capacity_ = capacity;
  for (Symbol* symbol = first_; symbol != nullptr; symbol = symbol->next)
    *slot_of(symbol->name) = symbol;
  return true;
}

Symbol* SymbolTable::add(NameId name, Arena& arena) noexcept {
  if (2 * (size_ + 1) > capacity_ && !grow(arena)) return nullptr;
  Symbol** const slot = slot_of(name);
  if (*slot != nullptr) return *slot;
  void* const memory = arena.allocate(sizeof(Symbol));
  if (memory == nullptr) return nullptr;
  *slot = new (memory) Symbol{name, 0, Resolution::kUnresolved, false, kUnnumbered, nullptr};
  (last_ == nullptr ? first_ : last_->next) = *slot;
  last_ = *slot;
  ++size_;
  return *slot;
}

}  // namespace orochi::inline OROCHI_DESIGN::compiler
