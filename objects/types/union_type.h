// objects/types/union_type.h: `int | str`: one of several types, each of which is there once.
//
// Constant, but for the parameters (generic_alias.h, I1). What can be in a union: types, None,
// aliases such as list[int], and what is in other unions.
//
// Attached threads. May run any code.
// Tests: tests/objects/types/union_type_test.cc
#pragma once

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& union_type() noexcept;
// Once, after make_generic_alias_type.
[[nodiscard]] Status make_union_type() noexcept;

class UnionType : public Object {
 public:
  UnionType(ShapeIndex shape, Ref<Tuple> members) noexcept
      : Object(shape), members_(std::move(members)) {}

  [[nodiscard]] Tuple& members() const noexcept {
    return static_cast<Tuple&>(*members_.get().object());
  }
  // The variables in the members. Empty: an exception is pending.
  [[nodiscard]] Ref<Tuple> parameters() noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(members_));
    visit(Children::of(parameters_));
  }

 private:
  const ConstField members_;
  Field parameters_;  // empty: nobody has asked yet
};

// a | b, and the other way round; the type itself if they are the same. NotImplemented: one of them
// cannot be in a union. Slots of types, aliases and unions.
[[nodiscard]] Ref<> unite(Value a, Value b) noexcept;
[[nodiscard]] Ref<> unite_reflected(Value b, Value a) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
