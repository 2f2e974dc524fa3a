// objects/types/mapping_proxy.h: a mapping that can be read and not written.
//
// C.__dict__ is one whose mapping is the class itself: it shows the attributes that the class has
// now, in the order in which it got them.
//
// Attached threads. Tests: tests/objects/types/class_test.cc
#pragma once

#include <utility>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/dict.h"

namespace orochi::inline OROCHI_DESIGN {

class MappingProxy : public Object {
 public:
  MappingProxy(ShapeIndex shape, Ref<> mapping) noexcept
      : Object(shape), mapping_(std::move(mapping)) {}
  // Of a type, or of any mapping.
  [[nodiscard]] static Ref<> make(Ref<> mapping) noexcept;

  // Borrowed.
  [[nodiscard]] Value mapping() const noexcept { return mapping_.get(); }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(mapping_));
  }

 private:
  const ConstField mapping_;
};

// What a type itself has, as a new dict in the order in which it got it.
[[nodiscard]] Ref<Dict> attributes_of_type(const Type& type) noexcept;

[[nodiscard]] Type& mapping_proxy_type() noexcept;
// Once, after make_native_function_types.
[[nodiscard]] Status make_mapping_proxy_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
