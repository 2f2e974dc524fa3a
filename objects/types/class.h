// objects/types/class.h: making a class, from its name, its bases and what its body left behind.
//
//     bases      the metatype, the order of ancestors, the native part    class_bases.h, mro.h
//     __slots__  places with names in each instance                       class_slots.h
//     namespace  the attributes; some are changed on their way            here
//     then       the attributes hear their names, the bases of their new subclass
//
// Attached threads. Runs code of others: __set_name__, __init_subclass__, what is in __slots__.
// Tests: tests/objects/types/class_test.cc
#pragma once

#include "objects/model/type.h"
#include "objects/types/dict.h"
#include "objects/types/str.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

struct ClassSpec {
  Type* meta;  // what was asked for; a base may have a more derived one
  Str& name;
  Tuple& bases;              // nothing: object
  Dict& names;               // of the body; it is copied
  Dict* keywords = nullptr;  // for __init_subclass__; null: none
};

// Null: it raised. Requires: the metatype's __new__ is that of `type`, or calls this.
[[nodiscard]] Type* make_class(const ClassSpec& spec) noexcept;

// The metatype of a class with these bases, at least as derived as `meta`. Null: they conflict, or
// one is no type; TypeError.
[[nodiscard]] Type* find_metatype(Type& meta, const Tuple& bases) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
