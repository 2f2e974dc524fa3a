// objects/model/type_block.h: all that a type says about its values, at one time.
//
// Constant once it is published; made, replaced and explained by objects/model/type.h. One buffer:
//
//     TypeBlock | the type and its ancestors | table of attributes, found by the name's address
//
// Tests: tests/objects/model/type_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "objects/model/address_hash.h"
#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {

class Type;

struct TypeEntry {
  Object* name = nullptr;      // interned, counted; null: nothing here
  Value value;                 // counted
  const Type* home = nullptr;  // whose attribute it is
  std::uint32_t serial = 0;    // those of a type are numbered in the order in which they came
};

class TypeBlock {
 public:
  // Never that of another block. 0: do not cache.
  [[nodiscard]] std::uint32_t version() const noexcept { return version_; }
  [[nodiscard]] const Protocols& protocols() const noexcept { return protocols_; }
  // The type itself first.
  [[nodiscard]] std::span<Type* const> order() const noexcept {
    return {reinterpret_cast<Type* const*>(this + 1), order_length_};
  }
  // By the place in the table, for caches.
  [[nodiscard]] std::span<const TypeEntry> table() const noexcept { return {entries(), capacity_}; }

  // Null: neither the type nor an ancestor has it.
  [[nodiscard]] const TypeEntry* find(const Object& name) const noexcept {
    const TypeEntry& entry = *place_of(entries(), capacity_, name);
    return entry.name == nullptr ? nullptr : &entry;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    for (const TypeEntry& entry : table()) {
      if (entry.name == nullptr) continue;
      visit(Value(entry.name));
      visit(entry.value);
    }
  }

 private:
  friend class TypeChange;

  // Room for `entries` attributes. Null without memory; nothing is raised.
  [[nodiscard]] static TypeBlock* make(Type& type, std::span<Type* const> ancestors,
                                       std::size_t entries) noexcept;
  // Replaces what the name had. Counts nothing: that is done once the table is complete.
  void put(const TypeEntry& entry) noexcept;

  [[nodiscard]] TypeEntry* entries() noexcept {
    return reinterpret_cast<TypeEntry*>(reinterpret_cast<Type**>(this + 1) + order_length_);
  }
  [[nodiscard]] const TypeEntry* entries() const noexcept {
    return const_cast<TypeBlock*>(this)->entries();
  }
  // Where the name is, or the free place where it would be: there is always one.
  template <class Entry>
  [[nodiscard]] static Entry* place_of(Entry* table, std::size_t capacity,
                                       const Object& name) noexcept {
    const std::size_t mask = capacity - 1;
    std::size_t i = address_hash(&name) & mask;
    while (table[i].name != nullptr && table[i].name != &name) i = (i + 1) & mask;
    return &table[i];
  }

  Protocols protocols_{};
  TypeBlock* next_ = nullptr;  // in the list of a change
  Type* type_ = nullptr;       // whose it is
  std::uint32_t version_ = 0;
  std::uint32_t order_length_ = 0;
  std::uint32_t capacity_ = 0;  // a power of two
};

}  // namespace orochi::inline OROCHI_DESIGN
