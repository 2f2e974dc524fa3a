// objects/types/slot_functions.h: slots that call what a class says under the slot's name.
//
// They find the name in the type of the value at each call, past what the instance has itself. One
// that is not there any more, or whose place a None has taken, is as if the type had no such slot.
//
// Called through objects/model/operations.h. May run any code; attached threads.
// Tests: tests/objects/types/special_methods_test.cc
#pragma once

#include "objects/model/protocols.h"

namespace orochi::inline OROCHI_DESIGN {

// For each slot, such a function.
[[nodiscard]] const Protocols& slots_by_name() noexcept;

// The slot of types of types that say nothing about item access: C[x] is C.__class_getitem__(x).
[[nodiscard]] Ref<> class_get_item(Value self, Value key) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
