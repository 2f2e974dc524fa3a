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
// Protocols and attributes are two sides of one thing: a slot is what an attribute such as __add__
// says. Which names mean which slots is for those to know who make such attributes; they tell the
// model by TypeRules, and from then on each new block gets the slots that its attributes ask for.
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
#include "memory/function_ref.h"
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

// What instances have behind their native part: objects/model/instance.h.
struct InstanceParts {
  std::uint32_t members = 0;     // places that the type gives names to, as by __slots__
  std::uint32_t attributes = 0;  // places in the object for attributes that come and go
  bool is_open = false;          // and room outside for more of them, and for a __dict__

  [[nodiscard]] constexpr std::size_t bytes() const noexcept {
    return (members + attributes + (is_open ? 1U : 0U)) * sizeof(Value);
  }
};

// Where the native part of an object ends that is of no constant size.
using NativeEnd = std::size_t (*)(const Object& object) noexcept;

struct TypeSpec {
  std::string_view name;
  const Layout* layout = nullptr;  // of the native part
  // In the order in which attributes are looked for, without the type itself.
  std::span<Type* const> ancestors{};
  Protocols protocols{};
  Type* meta = nullptr;            // null: type_type()
  std::span<Type* const> bases{};  // nothing: the first ancestor
  Type* base = nullptr;            // whose native part it has; null: the first ancestor
  std::span<const TypeAttribute> attributes{};
  InstanceParts parts{};
  NativeEnd native_end = nullptr;  // null: the layout's bytes, or as the base
  bool is_class = false;           // made by a program, which may change it
  bool is_final = false;           // has no subtypes
  bool is_weakly_referable = false;
};

// What the floor above knows of names and slots. Both functions run under the lock of all types:
// they allocate nothing, raise nothing, take no lock.
struct TypeRules {
  // A slot may depend on the attribute.
  bool (*is_special)(const Object& name) noexcept = nullptr;
  // Sets the slots that the block's attributes ask for; the others are as they were.
  void (*fill)(const Type& type, const TypeBlock& block, Protocols& slots) noexcept = nullptr;
  // Gives a new native type the attributes that its slots stand for.
  Status (*describe)(Type& type) noexcept = nullptr;
};
// Once, before others make types. Slots of types that are there already are filled at their next
// change.
void set_type_rules(const TypeRules& rules) noexcept;

class Type : public Object {
 public:
  // A new type, immortal. Null: a MemoryError is pending.
  [[nodiscard]] static Type* make(const TypeSpec& spec) noexcept;

  [[nodiscard]] std::string_view name() const noexcept {
    return name_.load(kAcquire)->text();  // pairs with the release in rename
  }
  [[nodiscard]] const Layout& layout() const noexcept { return *layout_; }
  // Without what is behind the native part.
  [[nodiscard]] const Layout& native_layout() const noexcept { return *native_; }
  [[nodiscard]] std::size_t native_end(const Object& object) const noexcept {
    return native_end_ == nullptr ? native_->bytes : native_end_(object);
  }
  // Native parts of this type differ in size.
  [[nodiscard]] bool native_end_varies() const noexcept { return native_end_ != nullptr; }
  [[nodiscard]] const InstanceParts& parts() const noexcept { return parts_; }
  [[nodiscard]] bool is_class() const noexcept { return is_class_; }
  [[nodiscard]] bool is_final() const noexcept { return is_final_; }
  // Null: it is `object`.
  [[nodiscard]] Type* base() const noexcept { return base_; }
  [[nodiscard]] std::span<Type* const> bases() const noexcept { return {bases_, base_count_}; }
  // With a dot for each thing around it; empty: the name.
  [[nodiscard]] Field& qualified_name() noexcept { return qualified_name_; }
  // Instances cannot be made. relaxed, both: a wish, and nothing hangs on it.
  [[nodiscard]] bool is_abstract() const noexcept { return is_abstract_.load(kRelaxed); }
  void set_abstract(bool abstract) noexcept { is_abstract_.store(abstract, kRelaxed); }
  // False without memory. The names before stay, for those who read them.
  [[nodiscard]] bool rename(std::string_view name) noexcept;
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

  // Each type that there is, the newest first. False: `visit` has had enough.
  static bool for_each(FunctionRef<bool(Type&)> visit) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    block().for_each_child(visit);
    visit(Children::of(qualified_name_));
  }

  // Versions from `version` on are issued next.
  static void skip_versions_for_test(std::uint32_t version) noexcept;

 private:
  friend class TypeChange;

  // Text of any length, constant.
  struct Name {
    std::size_t size;
    [[nodiscard]] std::string_view text() const noexcept {
      return {reinterpret_cast<const char*>(this + 1), size};
    }
    // Null without memory.
    [[nodiscard]] static const Name* make(std::string_view text) noexcept;
  };

  Type(const TypeSpec& spec, const Name& name, Type** bases) noexcept;

  friend Status make_first_types() noexcept;

  // Nobody can find it yet. Null: no memory, nothing is raised.
  [[nodiscard]] static Type* construct(const TypeSpec& spec) noexcept;
  void discard() noexcept;
  [[nodiscard]] bool complete(const TypeSpec& spec, Type& meta) noexcept;
  void publish(TypeBlock* block) noexcept { block_.store(block, kRelease); }  // I1

  // Constant after its making.
  const Layout own_layout_;  // of classes, and of instances with parts behind the native one
  const Layout* layout_;
  const Layout* native_;
  NativeEnd native_end_ = nullptr;
  Shape* root_ = nullptr;
  Type* base_ = nullptr;
  Type** bases_ = nullptr;
  std::uint32_t base_count_ = 0;
  InstanceParts parts_;
  bool is_class_;
  bool is_final_;
  const bool is_weakly_referable_;
  // Written with care of their own.
  Atomic<const Name*> name_;
  Field qualified_name_;
  Atomic<bool> is_abstract_{false};
  // Written under the lock of all types.
  Atomic<TypeBlock*> block_{nullptr};
  Type* next_ = nullptr;           // in the list of all types
  std::uint32_t next_serial_ = 0;  // of its attributes
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
