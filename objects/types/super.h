// objects/types/super.h: attributes as the classes behind one in the order of ancestors have them.
//
// Attached threads. Tests: tests/objects/types/super_test.cc
#pragma once

#include "objects/model/field.h"
#include "objects/model/layout.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

class Super : public Object {
 public:
  Super(ShapeIndex shape, Type& start, Ref<> self, Type* self_type) noexcept
      : Object(shape), start_(&start), self_(std::move(self)), self_type_(self_type) {}

  // super(start, self): `self` is an instance of `start`, or a subclass of it; nothing: unbound.
  // TypeError if it is neither.
  [[nodiscard]] static Ref<> make(Type& start, Ref<> self) noexcept;

  // The class whose ancestors are not asked, and those before it.
  [[nodiscard]] Type& start() const noexcept { return *start_; }
  // Borrowed; empty: unbound.
  [[nodiscard]] Value self() const noexcept { return self_.get(); }
  // Whose order of ancestors it is; null: unbound.
  [[nodiscard]] Type* self_type() const noexcept { return self_type_; }

  template <class Visit>
  void for_each_child(Visit&& visit) const {
    visit(Children::of(self_));
  }

 private:
  Type* const start_;
  const ConstField self_;
  Type* const self_type_;
};

// What super() without arguments stands for; the language knows. Failed: it raised. Set once, at
// start; without one super() raises.
using SuperFinder = Status (*)(Ref<>& start, Ref<>& self) noexcept;
void set_super_finder(SuperFinder finder) noexcept;

[[nodiscard]] Type& super_type() noexcept;
// Once, after make_native_function_types.
[[nodiscard]] Status make_super_type() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
