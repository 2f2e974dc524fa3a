// objects/model/instance.h: what an object of a class has behind its native part.
//
//     native part | members | outside | attributes
//     Object,       Fields,   an array   Fields, the first so many
//     List ...      named by  of Fields  attributes by their slot
//                   the type             (objects/model/shape.h)
//
// The native part is that of the native type that the class stands on; where it ends may depend on
// the object (a str's text), but never changes. Types say how many places there are
// (InstanceParts); subtypes have the same members first, then their own. Objects of most native
// types have nothing here, and those of classes with __slots__ alone no room for attributes.
//
// The array outside has the object's __dict__ as its first field, empty as long as nobody has asked
// for it, and behind it the attributes whose slots are beyond those in the object.
//
// All places begin empty. Empty, or Value::kUnset: the object has no such attribute now.
//
// Attached threads; each place as objects/model/field.h and field_array.h say.
// Tests: tests/objects/types/instance_attributes_test.cc
#pragma once

#include <cstddef>

#include "objects/model/field.h"
#include "objects/model/field_array.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

class InstanceStore {
 public:
  // Requires: `type` is the type of the object, or has the same parts.
  InstanceStore(Object& object, const Type& type) noexcept
      : parts_(type.parts()),
        fields_(reinterpret_cast<Field*>(reinterpret_cast<std::byte*>(&object) +
                                         type.native_end(object))) {}
  explicit InstanceStore(Object& object) noexcept
      : InstanceStore(object, Shape::of(object).type()) {}

  [[nodiscard]] Field& member(std::uint32_t index) const noexcept { return fields_[index]; }

  // --- Requires: parts().is_open. ---

  // Index 0: the __dict__.
  [[nodiscard]] FieldArray& outside() const noexcept {
    return *reinterpret_cast<FieldArray*>(fields_ + parts_.members);
  }
  [[nodiscard]] bool is_inside(std::uint32_t slot) const noexcept {
    return slot < parts_.attributes;
  }
  // Requires: is_inside(slot).
  [[nodiscard]] Field& attribute(std::uint32_t slot) const noexcept {
    return fields_[parts_.members + 1 + slot];
  }
  // Requires: not is_inside(slot).
  [[nodiscard]] std::size_t outside_index(std::uint32_t slot) const noexcept {
    return slot - parts_.attributes + 1;
  }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    for (std::uint32_t i = 0; i < parts_.members; ++i) visit(Children::of(member(i)));
    if (!parts_.is_open) return;
    for (std::uint32_t i = 0; i < parts_.attributes; ++i) visit(Children::of(attribute(i)));
    Children::of(outside(), visit);
  }
  // Of an object that lives on for now: takes the lock, runs destructors. The __dict__ stays: it
  // is cleared as the container that it is.
  void clear(Object& object) const noexcept;

 private:
  [[nodiscard]] bool clear_outside(Object& object, std::size_t index) const noexcept;

  const InstanceParts& parts_;
  Field* fields_;
};
static_assert(sizeof(FieldArray) == sizeof(Field));

// The native layout, and the parts behind it.
[[nodiscard]] Layout instance_layout(const Layout& native) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
