// objects/types/mro.h: in which order a class and its ancestors are asked for an attribute.
//
// C3: each class comes before its bases, bases in the order in which they were given, and the order
// of each base is kept. Where no order does all of that, the bases cannot go together.
//
// Attached threads. Tests: tests/objects/types/class_test.cc
#pragma once

#include <span>

#include "memory/function_ref.h"
#include "objects/model/status.h"
#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

// A list of types, of its owner alone.
class TypeList {
 public:
  TypeList() noexcept = default;
  TypeList(const TypeList&) = delete;
  TypeList& operator=(const TypeList&) = delete;
  ~TypeList();

  // Room for so many in all. Raises without memory.
  [[nodiscard]] Status reserve(std::size_t room) noexcept;
  // Requires: there is room.
  void add(Type& type) noexcept { types_[count_++] = &type; }
  [[nodiscard]] std::span<Type* const> types() const noexcept { return {types_, count_}; }

 private:
  Type** types_ = nullptr;
  std::size_t count_ = 0;
};

// The order of a base, itself first.
using OrderOf = FunctionRef<std::span<Type* const>(const Type& base)>;

// The ancestors of a class with these bases, in order, behind the class itself unless that is null.
// TypeError where there is no order.
[[nodiscard]] Status linearise(Type* self, std::span<Type* const> bases, OrderOf order_of,
                               TypeList& order) noexcept;
// With the bases as they are.
[[nodiscard]] Status linearise(std::span<Type* const> bases, TypeList& ancestors) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
