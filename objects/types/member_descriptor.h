// objects/types/member_descriptor.h: a name of __slots__, as an attribute of its class.
//
// It reads and writes one place of each instance (objects/model/instance.h), which is found by its
// number: subclasses have the same places first.
//
// Constant; what it reads as objects/model/field.h says. Attached threads.
// Tests: tests/objects/types/class_test.cc
#pragma once

#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

class MemberDescriptor : public Object {
 public:
  MemberDescriptor(ShapeIndex shape, Type& owner, Ref<> name, std::uint32_t index) noexcept
      : Object(shape), owner_(owner), name_(std::move(name)), index_(index) {}
  [[nodiscard]] static Ref<> make(Type& owner, Ref<Str> name, std::uint32_t index) noexcept;

  [[nodiscard]] Type& owner() const noexcept { return owner_; }
  [[nodiscard]] Str& name() const noexcept { return static_cast<Str&>(*name_.get().object()); }
  [[nodiscard]] std::uint32_t index() const noexcept { return index_; }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(name_));
  }

 private:
  Type& owner_;
  const ConstField name_;
  const std::uint32_t index_;
};

[[nodiscard]] Type& member_descriptor_type() noexcept;
// Once, after make_native_function_types.
[[nodiscard]] Status make_member_descriptor_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
