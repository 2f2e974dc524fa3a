// objects/types/names.h: names that native code asks for by hand, interned once.
//
// Those of special methods that are slots are in objects/types/special_methods.h.
// Constant after start; any thread.
#pragma once

#include "objects/types/str.h"

namespace orochi::inline OROCHI_DESIGN {

struct Names {
  Str* abstract_methods;      // __abstractmethods__
  Str* annotations;           // __annotations__
  Str* arguments;             // __args__
  Str* bases;                 // __bases__
  Str* class_;                // __class__
  Str* class_cell;            // __classcell__
  Str* class_get_item;        // __class_getitem__
  Str* dict;                  // __dict__
  Str* dir;                   // __dir__
  Str* doc;                   // __doc__
  Str* file;                  // __file__
  Str* get_attr;              // __getattr__
  Str* get_state;             // __getstate__
  Str* init_subclass;         // __init_subclass__
  Str* instance_check;        // __instancecheck__
  Str* is_abstract_method;    // __isabstractmethod__
  Str* is_unpacked_variable;  // __typing_is_unpacked_typevartuple__
  Str* module;                // __module__
  Str* mro_entries;           // __mro_entries__
  Str* name;                  // __name__
  Str* new_arguments;         // __getnewargs__
  Str* new_named_arguments;   // __getnewargs_ex__
  Str* origin;                // __origin__
  Str* original_class;        // __orig_class__
  Str* parameters;            // __parameters__
  Str* prepare_substitution;  // __typing_prepare_subst__
  Str* qualified_name;        // __qualname__
  Str* reduce;                // __reduce__
  Str* reversed;              // __reversed__
  Str* set_name;              // __set_name__
  Str* slots;                 // __slots__
  Str* subclass_check;        // __subclasscheck__
  Str* substitute;            // __typing_subst__
  Str* unpacked_arguments;    // __typing_unpacked_tuple_args__
};

[[nodiscard]] const Names& names() noexcept;
// Once, after make_str_type.
[[nodiscard]] Status make_names() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
