// objects/model/shape_table.h: which attribute names have which slots, for a chain of shapes.
//
// Open addressing, by the name's address. Grows at its end only: a name that was entered stays, and
// a shape ignores what lies beyond its own slots. A chain that outgrows its table goes on with a
// larger copy; the old one stays with the shapes that have it.
//
// I1  An entry's slot is written before its name is published (release), so that who finds the name
//     (acquire) reads the slot.
//
// Only for objects/model/shape.cc. Tests: tests/objects/model/shape_test.cc
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/atomic.h"
#include "objects/model/object.h"
#include "objects/model/type_block.h"

namespace orochi::inline OROCHI_DESIGN {

class ShapeTable {
 public:
  // An empty one with room for `names`. Null without memory.
  [[nodiscard]] static ShapeTable* make(std::uint32_t names) noexcept;

  // Any attached thread. The slot of a name; UINT32_MAX: it has none.
  [[nodiscard]] std::uint32_t find(const Object& name) const noexcept {
    std::size_t i = address_hash(&name) & mask_;
    for (;; i = (i + 1) & mask_) {
      const Object* const seen = entries()[i].name.load(kAcquire);  // I1. Pairs with add
      if (seen == &name) return entries()[i].slot;
      if (seen == nullptr) return UINT32_MAX;
    }
  }

  // Under the lock of all shapes.
  [[nodiscard]] std::uint32_t names() const noexcept { return names_; }
  [[nodiscard]] bool is_full() const noexcept { return names_ > mask_ / 2; }
  // Its slot is names(). Requires: it is not in the table, which is not full.
  void add(Object& name) noexcept;

 private:
  struct Entry {
    Atomic<const Object*> name{nullptr};
    std::uint32_t slot = 0;
  };

  explicit ShapeTable(std::uint32_t capacity) noexcept : mask_(capacity - 1) {}
  [[nodiscard]] Entry* entries() noexcept { return reinterpret_cast<Entry*>(this + 1); }
  [[nodiscard]] const Entry* entries() const noexcept {
    return reinterpret_cast<const Entry*>(this + 1);
  }

  const std::uint32_t mask_;  // a power of two, less one
  std::uint32_t names_ = 0;
};

}  // namespace orochi::inline OROCHI_DESIGN
