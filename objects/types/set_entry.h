// objects/types/set_entry.h: one entry of a set; objects/types/hash_table.h has the rules.
#pragma once

#include <new>
#include <utility>

#include "objects/model/children.h"
#include "objects/model/field.h"
#include "objects/types/key.h"

namespace orochi::inline OROCHI_DESIGN {

struct SetEntry {
  SetEntry(KeyHash the_hash, Ref<> the_key) noexcept : hash(the_hash), key(std::move(the_key)) {}
  // In the next table of the same holder: moved, and `from` stays as it is.
  SetEntry(Held holder, const SetEntry& from) noexcept : hash(from.hash) {
    key.move_from(holder, from.key);
  }

  // In the table of another holder, which counts the key too.
  void copy_to(Held holder, void* memory) const noexcept {
    new (memory) SetEntry(hash, key.load(holder));
  }

  [[nodiscard]] bool is_live(Held holder) const noexcept { return !key.get(holder).is_empty(); }
  [[nodiscard]] Ref<> kill(Held holder) noexcept { return key.take(holder); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(key));
  }

  const KeyHash hash;
  Field key;
};
static_assert(sizeof(SetEntry) == 16);

}  // namespace orochi::inline OROCHI_DESIGN
