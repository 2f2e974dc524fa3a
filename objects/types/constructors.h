// objects/types/constructors.h: what calling int, float, bool, str, tuple, list and dict does.
//
//     values that never change      __new__ makes the value; of a subtype, an object with the same
//     containers that do            __new__ makes an empty one, __init__ fills it
//
// So a class below one of them is made as CPython makes it, whichever of the two methods it has.
//
// Attached threads. May run any code.
// Tests: tests/objects/types/constructors_test.cc
#pragma once

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

// Once, when there can be functions.
[[nodiscard]] Status define_constructors() noexcept;

// int(value), float(value): by __int__, __index__, __float__, or what a text says.
[[nodiscard]] Ref<> to_int(Value value) noexcept;
[[nodiscard]] Ref<> to_float(Value value) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
