#include "objects/model/shape.h"

#include <bit>
#include <memory>
#include <new>

#include "memory/buffer.h"
#include "memory/raw_memory.h"
#include "objects/model/ref.h"
#include "objects/model/shape_table.h"
#include "runtime/mutex.h"

namespace orochi::inline OROCHI_DESIGN {

// --- The table. ---

ShapeTable* ShapeTable::make(std::uint32_t names) noexcept {
  const std::uint32_t capacity = std::bit_ceil(names * 2 + 2);
  void* const buffer = allocate_buffer(sizeof(ShapeTable) + capacity * sizeof(Entry));
  if (buffer == nullptr) return nullptr;
  auto* const table = new (buffer) ShapeTable(capacity);
  std::uninitialized_value_construct_n(table->entries(), capacity);
  return table;
}

void ShapeTable::add(Object& name) noexcept {
  std::size_t i = address_hash(&name) & mask_;
  // relaxed: written under the lock
  while (entries()[i].name.load(kRelaxed) != nullptr) i = (i + 1) & mask_;
  entries()[i].slot = names_++;
  entries()[i].name.store(&name, kRelease);  // I1
}

// --- Making shapes. ---

namespace {

NonDetachingMutex g_lock;  // of all shapes: for making one, never for finding

}  // namespace

// All of it under the lock.
class ShapeMaker {
 public:
  // A record with the next index, not to be found by anybody. Null: no memory, or no index.
  [[nodiscard]] static Shape* make() noexcept {
    const ShapeIndex index = g_next;
    if (index / Shape::kChunkShapes >= Shape::kChunks || !make_chunk_of(index)) return nullptr;
    ++g_next;  // I1
    Shape& shape = Shape::at(index);
    shape.index_ = index;
    return &shape;
  }

  [[nodiscard]] static Shape* make_child(Shape& parent, Object& name) noexcept {
    ShapeTable* const table = table_for_child(parent);
    Shape* const child = table == nullptr ? nullptr : make();
    if (child == nullptr) {
      if (table != parent.table_) free_buffer(table);
      return nullptr;
    }
    child->type_ = parent.type_;
    child->layout_ = parent.layout_;
    child->slots_ = parent.slots_ + 1;
    child->name_ = &name;
    retain(&name);
    child->table_ = table;
    table->add(name);
    link(parent, *child);
    return child;
  }

  [[nodiscard]] static Shape* make_like(const Shape& other) noexcept {
    Shape* const shape = make();
    if (shape == nullptr) return nullptr;
    shape->type_ = other.type_;
    shape->layout_ = other.layout_;
    return shape;
  }

  [[nodiscard]] static bool has_enough_children(const Shape& parent) noexcept {
    std::uint32_t children = 0;
    const Shape* child = parent.first_child_.load(kRelaxed);  // relaxed: written under the lock
    for (; child != nullptr; child = child->next_sibling_) ++children;
    return children >= Shape::kMaxChildren;
  }

  static void skip_to(ShapeIndex index) noexcept { g_next = index; }

 private:
  [[nodiscard]] static bool make_chunk_of(ShapeIndex index) noexcept {
    Atomic<Shape*>& chunk = Shape::g_chunks[index / Shape::kChunkShapes];
    if (chunk.load(kRelaxed) != nullptr) return true;  // relaxed: written under the lock
    // Zeroed memory is untouched memory, so a chunk costs what is used of it.
    void* const memory = raw_memory::allocate_zeroed(Shape::kChunkShapes * sizeof(Shape));
    if (memory == nullptr) return false;
    // relaxed: published with the first index of the chunk.
    chunk.store(static_cast<Shape*>(memory), kRelaxed);
    return true;
  }

  // The parent's own, if nobody has added to it since and there is room; otherwise a copy of what
  // the parent has. Null without memory.
  [[nodiscard]] static ShapeTable* table_for_child(const Shape& parent) noexcept {
    ShapeTable* const before = parent.table_;
    if (before != nullptr && before->names() == parent.slots_ && !before->is_full()) return before;
    ShapeTable* const table = ShapeTable::make(parent.slots_ * 2 + 3);
    if (table != nullptr) add_names(*table, parent);
    return table;
  }

  // In the order of their slots: the first ancestor's first.
  static void add_names(ShapeTable& table, const Shape& shape) noexcept {
    Object* names[Shape::kMaxSlots];
    const Shape* at = &shape;
    for (std::uint32_t slot = shape.slots_; slot-- > 0; at = at->parent_) names[slot] = at->name_;
    for (std::uint32_t slot = 0; slot < shape.slots_; ++slot) table.add(*names[slot]);
  }

  static void link(Shape& parent, Shape& child) noexcept {
    child.parent_ = &parent;
    child.next_sibling_ = parent.first_child_.load(kRelaxed);  // relaxed: written under the lock
    parent.first_child_.store(&child, kRelease);  // I3. Pairs with the acquire in child_of
  }

  static inline constinit ShapeIndex g_next = Shape::kNoShape + 1;
};

Shape* Shape::make_root(Type& type, const Layout& layout) noexcept {
  const Lock lock(g_lock);
  Shape* const root = ShapeMaker::make();
  if (root == nullptr) return nullptr;
  root->type_ = &type;
  root->layout_ = &layout;
  return root;
}

void Shape::skip_to_for_test(ShapeIndex index) noexcept {
  const Lock lock(g_lock);
  ShapeMaker::skip_to(index);
}

// --- Finding. ---

std::uint32_t Shape::find(const Object& name) const noexcept {
  if (slots_ == 0) return kNoSlot;
  const std::uint32_t slot = table_->find(name);
  return slot < slots_ ? slot : kNoSlot;  // later names of the chain are not this shape's
}

Shape* Shape::child_of(const Object& name) const noexcept {
  Shape* child = first_child_.load(kAcquire);  // I3. Pairs with the release in link
  while (child != nullptr && child->name_ != &name) child = child->next_sibling_;
  return child;
}

Shape* Shape::with(Object& name) noexcept {
  if (Shape* const child = child_of(name)) return child;
  if (slots_ == kMaxSlots || is_dict_mode()) return nullptr;
  const Lock lock(g_lock);
  if (Shape* const child = child_of(name)) return child;  // made since
  if (ShapeMaker::has_enough_children(*this)) return nullptr;
  return ShapeMaker::make_child(*this, name);
}

Shape* Shape::dict_mode() noexcept {
  Shape* root = this;
  while (root->parent_ != nullptr) root = root->parent_;
  // acquire: pairs with the release below.
  if (Shape* const made = root->dict_mode_.load(kAcquire)) return made;
  const Lock lock(g_lock);
  if (Shape* const made = root->dict_mode_.load(kRelaxed)) return made;  // relaxed: under the lock
  Shape* const shape = ShapeMaker::make_like(*root);
  if (shape == nullptr) return nullptr;
  shape->dict_mode_.store(shape, kRelaxed);  // relaxed: published by the next
  root->dict_mode_.store(shape, kRelease);
  return shape;
}

}  // namespace orochi::inline OROCHI_DESIGN
