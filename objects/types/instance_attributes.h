// objects/types/instance_attributes.h: the attributes that an instance has itself.
//
// Where they lie depends on the instance's shape (objects/model/shape.h):
//
//     by shape    in the instance, or in the array outside (objects/model/instance.h)
//     dict mode   in a dict, which is the instance's __dict__; somebody has asked for it, or there
//                 were too many attributes, or too many different ones
//
//     by shape --one attribute more--> by shape --materialise--> dict mode     and never back
//
// A read takes no lock. It loads the shape, then the attribute's place; a place is that of one
// name for the life of the instance (rule 14). A place that is empty is a deleted attribute, or one
// that has moved to the dict: then the shape is another one, and the read begins anew.
//
// I1  A new attribute's value is stored before its shape (release); the dict is complete and in its
//     place before the shape says dict mode; the places are emptied after that.
// I2  Writers hold the instance's lock from the look at the shape to the store. In dict mode the
//     dict's own lock takes its place.
//
// In dict mode a read is two hops, to the dict and in the dict. The dict of an instance is replaced
// by `__dict__ = ...` alone; a read that finds another dict afterwards begins anew, so only a dict
// that is taken away and put back around it could mislead it (rule 13). A store that meets such an
// assignment goes to the dict that was there when it began.
//
// Attached threads. All but finding may run destructors; names are interned.
// Tests: tests/objects/types/instance_attributes_test.cc
#pragma once

#include "objects/model/instance.h"
#include "objects/model/status.h"
#include "objects/types/dict.h"

namespace orochi::inline OROCHI_DESIGN {

// Whether there is room for attributes at all.
[[nodiscard]] inline bool has_attributes(const Object& object) noexcept {
  return Shape::of(object).type().parts().is_open;
}

// Done and nothing in `value`, which is empty: it has none. Requires: the caller counts the object.
[[nodiscard]] Status find_own_attribute(Object& object, Object& name, Ref<>& value) noexcept;

// Requires, all of them: has_attributes(object).
[[nodiscard]] Status store_own_attribute(Object& object, Object& name, Ref<> value) noexcept;
// False: it had none.
[[nodiscard]] Truth delete_own_attribute(Object& object, Object& name) noexcept;

// The instance's __dict__: from now on it is in dict mode.
[[nodiscard]] Ref<Dict> dict_of_instance(Object& object) noexcept;
[[nodiscard]] Status replace_dict_of_instance(Object& object, Ref<Dict> dict) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
