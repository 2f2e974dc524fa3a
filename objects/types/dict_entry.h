// objects/types/dict_entry.h: one entry of a dict; objects/types/hash_table.h has the rules.
#pragma once

#include <new>
#include <utility>

#include "objects/model/children.h"
#include "objects/model/field.h"
#include "objects/types/key.h"

namespace orochi::inline OROCHI_DESIGN {

// A key and its value, owned.
struct DictItem {
  Ref<> key;
  Ref<> value;

  [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(key); }
};

struct DictEntry {
  DictEntry(KeyHash the_hash, Ref<> the_key, Ref<> the_value) noexcept
      : hash(the_hash), key(std::move(the_key)), value(std::move(the_value)) {}
  // In the next table of the same holder: moved, and `from` stays as it is.
  DictEntry(Held holder, const DictEntry& from) noexcept : hash(from.hash) {
    key.move_from(holder, from.key);
    value.move_from(holder, from.value);
  }

  // In the table of another holder, which counts both too.
  void copy_to(Held holder, void* memory) const noexcept {
    new (memory) DictEntry(hash, key.load(holder), value.load(holder));
  }

  [[nodiscard]] bool is_live(Held holder) const noexcept { return !value.get(holder).is_empty(); }
  [[nodiscard]] DictItem load(Held holder) const noexcept {
    return {key.load(holder), value.load(holder)};
  }
  // The value first: it says that the entry is dead.
  [[nodiscard]] DictItem kill(Held holder) noexcept {
    Ref<> last = value.take(holder);
    return {key.take(holder), std::move(last)};
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(key));
    visit(Children::of(value));
  }

  const KeyHash hash;
  Field key;
  Field value;
};
static_assert(sizeof(DictEntry) == 24);

}  // namespace orochi::inline OROCHI_DESIGN
