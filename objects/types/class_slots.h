// objects/types/class_slots.h: the __slots__ of a class body.
//
//     nothing                      instances have a __dict__
//     "a", or several names        instances have a place for each, and no __dict__,
//     with "__dict__" among them   unless they ask for it, or a base has one
//
// Attached threads. May run the code of what __slots__ is.
// Tests: tests/objects/types/class_test.cc
#pragma once

#include "objects/model/type.h"
#include "objects/types/dict.h"
#include "objects/types/str.h"
#include "objects/types/tuple.h"

namespace orochi::inline OROCHI_DESIGN {

struct ClassSlots {
  bool are_given = false;
  bool ask_for_dict = false;
  bool ask_for_weakref = false;
  Ref<Tuple> names;  // interned strs, as attributes are called; null: none
};

// Of a class called `name` that continues `base`. TypeError, ValueError for what is none.
[[nodiscard]] Status read_slots(const Str& name, const Type& base, Dict& names,
                                ClassSlots& slots) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
