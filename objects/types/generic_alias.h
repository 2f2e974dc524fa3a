// objects/types/generic_alias.h: `list[int]`: a type with arguments that say what is in it.
//
// It is what the type is: called, it makes a list; its attributes are the list's, but for those
// that are listed in generic_alias.cc. Python does nothing with the arguments.
//
// I1  Constant, but for the parameters, which are found when somebody asks; all who ask at once
//     find the same.
//
// Beside it: type_parameters.h (variables in arguments), union_type.h.
// Attached threads. May run any code.
// Tests: tests/objects/types/generic_alias_test.cc
#pragma once

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& generic_alias_type() noexcept;
// And __class_getitem__ of the types that have it. Once, after all types are made.
[[nodiscard]] Status make_generic_alias_type() noexcept;

class GenericAlias : public Object {
 public:
  // kUnpacked: *tuple[int, str], which stands for what is in it.
  enum class Form : bool { kPlain, kUnpacked };

  GenericAlias(ShapeIndex shape, Ref<> origin, Ref<Tuple> arguments, Form form) noexcept
      : Object(shape), origin_(std::move(origin)), arguments_(std::move(arguments)), form_(form) {}
  // `arguments`: a tuple, or one argument. `type`: generic_alias_type() or a subtype.
  [[nodiscard]] static Ref<GenericAlias> make(Value origin, Value arguments,
                                              Form form = Form::kPlain) noexcept;
  [[nodiscard]] static Ref<GenericAlias> make(Type& type, Value origin, Value arguments,
                                              Form form) noexcept;

  // Borrowed.
  [[nodiscard]] Value origin() const noexcept { return origin_.get(); }
  [[nodiscard]] Tuple& arguments() const noexcept {
    return static_cast<Tuple&>(*arguments_.get().object());
  }
  [[nodiscard]] Form form() const noexcept { return form_; }
  [[nodiscard]] bool is_unpacked() const noexcept { return form_ == Form::kUnpacked; }

  // The variables in the arguments. Empty: an exception is pending.
  [[nodiscard]] Ref<Tuple> parameters() noexcept;
  [[nodiscard]] static Truth equal(const GenericAlias& a, const GenericAlias& b) noexcept;

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(origin_));
    visit(Children::of(arguments_));
    visit(Children::of(parameters_));
  }

 private:
  const ConstField origin_;
  const ConstField arguments_;
  Field parameters_;  // empty: nobody has asked yet
  const Form form_;
};

// Of the type or of a subtype; null: it is none.
[[nodiscard]] GenericAlias* as_generic_alias(Value value) noexcept;

// The __class_getitem__ of native types that take arguments: objects/types/native_function.h.
[[nodiscard]] Ref<> class_with_arguments(const Value* arguments) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
