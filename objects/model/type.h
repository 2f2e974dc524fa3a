// objects/model/type.h: types. A type is an object; what it says about its values is a block that
// is replaced as a whole when the type changes.
//
//     type --> block --> version, ancestors, protocols, attributes
//               ^
//               constant; a change makes another one, for the type and for each subtype
//
// A reader loads the block once and finds everything in it, his own version included: the version
// that a cache compares and the entry that it indexes cannot be of different blocks (rule 42, K1).
// A block lists the attributes of all ancestors, each with the type that it comes from, so finding
// one is one search in one block, and a change anywhere is one new version of each type concerned.
//
// I1  A block never changes after its publication (release); what is in a replaced block is marked
//     retire-late, dropped after the lock, and the block's memory is retired. A type is born shared
//     (rule 10).
// I2  Versions are never issued twice; 0 says "do not cache" (rule 42).
// I3  All blocks that a change concerns are made before the first is published, so a change that
//     finds no memory has changed nothing.
//
// An instance does not count its type; its shape leads there, and shapes live for ever. So types
// are immortal.
//
// Attached threads. Reading takes no lock, a change takes one for all types that does not detach.
// Tests: tests/objects/model/type_test.cc
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "memory/atomic.h"
#include "objects/model/layout.h"
#include "objects/model/object.h"
#include "objects/model/protocols.h"
#include "objects/model/shape.h"
#include "objects/model/type_block.h"

namespace orochi::inline OROCHI_DESIGN {

// Of a type itself; nothing as value: it has none of the name, or no longer.
struct TypeAttribute {
  Object* name = nullptr;
  Value value{};
};

struct TypeSpec {
  std::string_view name;
  const Layout* layout = nullptr;
  // In the order in which attributes are looked for, without the type itself.
  std::span<Type* const> ancestors{};
  Protocols protocols{};
  Type* meta = nullptr;  // null: type_type()
  bool is_weakly_referable = false;
};

class Type : public Object {
 public:
  // A new type, immortal. Null: a MemoryError is pending.
  [[nodiscard]] static Type* make(const TypeSpec& spec) noexcept;

  [[nodiscard]] std::string_view name() const noexcept { return name_; }
  [[nodiscard]] const Layout& layout() const noexcept { return *layout_; }
  // Of its new instances.
  [[nodiscard]] Shape& root() const noexcept { return *root_; }
  [[nodiscard]] bool is_subtype_of(const Type& other) const noexcept;
  // A program may refer weakly to its instances (objects/types/weakref.h).
  [[nodiscard]] bool is_weakly_referable() const noexcept { return is_weakly_referable_; }

  // Good until the thread's next safepoint, lock or drop.
  [[nodiscard]] const TypeBlock& block() const noexcept {
    return *block_.load(kAcquire);  // I1. Pairs with the release in publish
  }

  // The attribute, counted, of the type or its first ancestor that has it; empty: nobody has it,
  // and nothing is raised.
  [[nodiscard]] Ref<> find(const Object& name) const noexcept;

  // Gives the type itself an attribute; takes it away. May run destructors.
  [[nodiscard]] Status set(Object& name, Ref<> value) noexcept;
  // Several in one change. Names and values are borrowed.
  [[nodiscard]] Status set_all(std::span<const TypeAttribute> attributes) noexcept;
  // Does nothing if the type itself has no such attribute.
  [[nodiscard]] Status remove(Object& name) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    block().for_each_child(visit);
  }

  // Versions from `version` on are issued next.
  static void skip_versions_for_test(std::uint32_t version) noexcept;

 private:
  friend class TypeChange;

  explicit Type(const TypeSpec& spec, std::string_view name) noexcept
      : Object(Shape::kNoShape),
        name_(name),
        layout_(spec.layout),
        is_weakly_referable_(spec.is_weakly_referable) {}

  friend Status make_first_types() noexcept;

  // Nobody can find it yet. Null: no memory, nothing is raised.
  [[nodiscard]] static Type* construct(const TypeSpec& spec) noexcept;
  [[nodiscard]] bool complete(const TypeSpec& spec, Type& meta) noexcept;
  void publish(TypeBlock* block) noexcept { block_.store(block, kRelease); }  // I1

  // Constant after its making.
  const std::string_view name_;
  const Layout* const layout_;
  const bool is_weakly_referable_;
  Shape* root_ = nullptr;
  // Written under the lock of all types.
  Atomic<TypeBlock*> block_{nullptr};
  Type* next_ = nullptr;  // in the list of all types
  bool has_subtypes_ = false;
};

// The types that the model itself needs; others are made by whoever implements them.
[[nodiscard]] Type& object_type() noexcept;
[[nodiscard]] Type& type_type() noexcept;

// Makes them. Once, by objects/model/start.h.
[[nodiscard]] Status make_first_types() noexcept;

// The type of any value.
[[nodiscard]] Type& type_of(Value value) noexcept;
[[nodiscard]] inline Type& type_of(const Object& object) noexcept {
  return Shape::of(object).type();
}
// Immediates have no header, so whoever implements their types says which they are; before others
// use such values.
enum class ImmediateKind : std::uint8_t { kInt, kFloat, kBool, kNone, kNotImplemented, kEllipsis };
void set_immediate_type(ImmediateKind kind, Type& type) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
