// objects/types/sequence_operands.h: the last word in `sequence + x` and `sequence * x`.
//
// What is no partner for a sequence may know better what the two make together: its reflected
// operation is asked before the sequence says no in its own words.
//
// Attached threads. May run any code.
// Tests: tests/objects/types/str_protocols_test.cc
#pragma once

#include "objects/model/operations.h"

namespace orochi::inline OROCHI_DESIGN {

// `self + other` where `other` is of another kind. Raises: can only concatenate str (not "int") to
// str.
[[nodiscard]] Ref<> refuse_concat(Value self, Value other) noexcept;
// `self * other` where `other` is no integer: can't multiply sequence by non-int of type 'float'.
[[nodiscard]] Ref<> refuse_repeat(Value self, Value other) noexcept;
// How often `self * other` repeats the sequence. False: `answer` is what the operation gives: what
// `other` makes of it, or nothing, and an exception is pending.
[[nodiscard]] bool read_repeats(Value self, Value other, std::int64_t& times,
                                Ref<>& answer) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
