// objects/types/property.h: an attribute that functions read, write and delete.
//
// Attached threads. Tests: tests/objects/types/property_test.cc
#pragma once

#include <utility>

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

class Property : public Object {
 public:
  explicit Property(ShapeIndex shape) noexcept : Object(shape) {}

  [[nodiscard]] Field& getter() noexcept { return get_; }
  [[nodiscard]] Field& setter() noexcept { return set_; }
  [[nodiscard]] Field& deleter() noexcept { return delete_; }
  [[nodiscard]] Field& doc() noexcept { return doc_; }
  // As the class calls it, for messages.
  [[nodiscard]] Field& name() noexcept { return name_; }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    for (const Field* field : {&get_, &set_, &delete_, &doc_, &name_}) visit(Children::of(*field));
  }
  void clear() noexcept {
    for (Field* field : {&get_, &set_, &delete_, &doc_, &name_}) field->store(*this, Ref<>());
  }

 private:
  // Empty: there is none.
  Field get_, set_, delete_, doc_, name_;
};

[[nodiscard]] Type& property_type() noexcept;
// Once, after make_native_function_types.
[[nodiscard]] Status make_property_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
