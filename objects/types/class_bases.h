// objects/types/class_bases.h: what a new class takes from its bases.
//
// Native code finds its part of an object by the type that has made it, and members of __slots__
// are found by a number; so of all bases one must have everything that the others have. That is the
// base whose native part and members the class continues.
//
// Attached threads. Tests: tests/objects/types/class_test.cc
#pragma once

#include "objects/model/type.h"
#include "objects/types/mro.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

// The types in a tuple of bases, `object` if it is empty. TypeError for what cannot be a base.
[[nodiscard]] Status collect_bases(const Tuple& bases, TypeList& types) noexcept;

// The base that a class continues. Null: two have parts that exclude each other; TypeError.
[[nodiscard]] Type* find_best_base(std::span<Type* const> bases) noexcept;

// Whether instances of the two have the same parts at the same places, so that one may become of
// the other's type.
[[nodiscard]] bool have_same_layout(const Type& a, const Type& b) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
