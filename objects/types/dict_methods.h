// objects/types/dict_methods.h: the methods of `dict` and of its views, and what a dict is updated
// from.
//
// Attached threads. Tests: tests/objects/types/dict_methods_test.cc
#pragma once

#include "objects/model/protocols.h"
#include "objects/types/dict.h"

namespace orochi::inline OROCHI_DESIGN {

// Once, when functions can be made.
[[nodiscard]] Status define_dict_methods() noexcept;

// What dict.update takes: a mapping, or pairs; and what keywords name. Each may be empty. What was
// set before a failure stays.
[[nodiscard]] Status update_dict(Dict& dict, Value other, Value named) noexcept;

// What views of keys and of items, on either side, do as sets. NotImplemented: one of the two
// cannot be gone through.
[[nodiscard]] Ref<> dict_view_and(Value left, Value right) noexcept;
[[nodiscard]] Ref<> dict_view_or(Value left, Value right) noexcept;
[[nodiscard]] Ref<> dict_view_subtract(Value left, Value right) noexcept;
[[nodiscard]] Ref<> dict_view_xor(Value left, Value right) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
