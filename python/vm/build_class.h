// python/vm/build_class.h: what a class statement does: builtins.__build_class__.
//
//     bases      what stands in place of those that are no classes (__mro_entries__)
//     metaclass  what was asked for, or the most derived one of the bases'
//     namespace  __prepare__ of the metaclass, or a dict; the body runs in it
//     class      the metaclass is called; the cell of __class__ has to have it then
//
// Attached threads. Runs any code. Tests: tests/python/language/classes.py
#pragma once

#include "objects/types/native_function.h"

namespace orochi::inline OROCHI_DESIGN {

// For builtins: its signature and what it does.
extern const NativeSpec kBuildClass;

}  // namespace orochi::inline OROCHI_DESIGN
