// objects/model/shape.h: the type of an object and, for instances, which attribute is where.
//
// An object names its shape by an index of 32 bits, so that one compare guards an inline cache. A
// record stands behind each index, in chunks that are never moved or freed.
//
//     object --index--> shape --> type
//                         |
//                         +--> slots: attribute name -> place in the instance
//
// The shapes of a type form a tree that only grows:
//
//     root --"x"--> {x} --"y"--> {x, y}
//       |             +---"z"--> {x, z}
//       +--> dict mode: the attributes are in a dict
//
// I1  Indices are never issued twice (rule 42), and 0 names no shape: a cache that holds it never
//     hits.
// I2  A slot belongs to one name for the life of an instance. Deleting stores Value::kUnset and
//     keeps the shape; leaving for dict mode is one way (rule 14). So a reader who finds a name's
//     slot in the shape he loaded may read that slot, whatever the shape is by then.
// I3  A record is constant once its index can be found, but for its children and for what its table
//     says of names that it does not have.
//
// A chain of shapes shares one table of names; each looks only at the slots that it has itself. A
// second child of a shape gets a table of its own.
//
// Names are interned strings and are compared by address. A shape keeps a reference to its name;
// shapes live for ever.
//
// Attached threads. Finding takes no lock; growing takes one that does not detach.
// Tests: tests/objects/model/shape_test.cc
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "memory/atomic.h"
#include "objects/model/layout.h"
#include "objects/model/object.h"

namespace orochi::inline OROCHI_DESIGN {

class ShapeTable;
class Type;

class Shape {
 public:
  static constexpr ShapeIndex kNoShape = 0;
  static constexpr std::uint32_t kNoSlot = UINT32_MAX;
  // Above these an instance is better off with a dict.
  static constexpr std::uint32_t kMaxSlots = 1024;
  static constexpr std::uint32_t kMaxChildren = 64;

  // The shape of an index that some object had.
  [[nodiscard]] static Shape& at(ShapeIndex index) noexcept {
    // relaxed: stored before any index of the chunk was issued.
    return g_chunks[index / kChunkShapes].load(kRelaxed)[index % kChunkShapes];
  }
  [[nodiscard]] static Shape& of(const Object& object) noexcept { return at(object.shape()); }

  [[nodiscard]] ShapeIndex index() const noexcept { return index_; }
  [[nodiscard]] Type& type() const noexcept { return *type_; }
  [[nodiscard]] const Layout& layout() const noexcept { return *layout_; }
  // How many attributes an instance has room for.
  [[nodiscard]] std::uint32_t slots() const noexcept { return slots_; }
  // relaxed: it is this one from its making on, or never.
  [[nodiscard]] bool is_dict_mode() const noexcept { return dict_mode_.load(kRelaxed) == this; }

  // The attribute that it has and its parent has not; a root, and a shape of dict mode, has none.
  [[nodiscard]] Object* name() const noexcept { return name_; }
  [[nodiscard]] const Shape* parent() const noexcept { return parent_; }
  // The slot of an attribute; kNoSlot: it has none.
  [[nodiscard]] std::uint32_t find(const Object& name) const noexcept;

  // The shape with one attribute more, whose slot is slots(). Null: no memory, no index, or enough
  // shapes; nothing is raised, and the instance takes dict mode. Requires: it has no such name.
  [[nodiscard]] Shape* with(Object& name) noexcept;
  // The type's shape for instances whose attributes are in a dict. Null: no memory, nothing raised.
  [[nodiscard]] Shape* dict_mode() noexcept;

  // The root of a new type. Null: no memory, or no index; nothing is raised.
  [[nodiscard]] static Shape* make_root(Type& type, const Layout& layout) noexcept;

  // Indices from `index` on are issued next.
  static void skip_to_for_test(ShapeIndex index) noexcept;

 private:
  static constexpr ShapeIndex kChunkShapes = 1U << 12;
  static constexpr ShapeIndex kChunks = 1U << 12;

  friend class ShapeMaker;

  [[nodiscard]] Shape* child_of(const Object& name) const noexcept;

  static inline constinit std::array<Atomic<Shape*>, kChunks> g_chunks{};

  // Constant after its making.
  ShapeIndex index_ = kNoShape;
  std::uint32_t slots_ = 0;
  Type* type_ = nullptr;
  const Layout* layout_ = nullptr;
  Object* name_ = nullptr;  // counted
  ShapeTable* table_ = nullptr;
  Shape* parent_ = nullptr;
  Shape* next_sibling_ = nullptr;
  // Written under the lock of all shapes.
  Atomic<Shape*> first_child_{nullptr};
  Atomic<Shape*> dict_mode_{nullptr};  // of a root; of a shape of dict mode itself
};

}  // namespace orochi::inline OROCHI_DESIGN
