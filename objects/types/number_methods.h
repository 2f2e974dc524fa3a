// objects/types/number_methods.h: the methods and attributes of int, float and complex, and what
// their types make of arguments.
//
// Attached threads. Tests: tests/objects/types/number_methods_test.cc
#pragma once

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

// Once, when functions can be made.
[[nodiscard]] Status define_number_methods() noexcept;

// int(x) and int(x, base); `base` is empty if it was not given. bool(x). float(x).
[[nodiscard]] Ref<> int_from(Value x, Value base) noexcept;
[[nodiscard]] Ref<> float_from(Value x) noexcept;
// complex(real, imag); each may be empty.
[[nodiscard]] Ref<> complex_from(Value real, Value imag) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
