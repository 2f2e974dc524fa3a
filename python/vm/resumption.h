// python/vm/resumption.h: what generators, coroutines and steps of async generators have in common
// as a program sees them: what is thrown into them, and how they answer.
//
// All run as Generator::send does: what was yielded, or else `returned`, or nothing in both.
//
// Attached threads. Tests: tests/python/language/generators.py
#pragma once

#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

// throw(type, value, traceback), of which the last two may be empty: what is to be thrown is
// pending. False: that cannot be thrown, and a TypeError is pending instead.
[[nodiscard]] bool prepare_throw(Value kind, Value value, Value traceback) noexcept;

// Of a method: a return is a StopIteration for whoever has called it.
[[nodiscard]] Ref<> as_answer(Ref<> yielded, Ref<> returned) noexcept;
// Of the slot `next`: a return without a value is the end, and one with a value a StopIteration.
[[nodiscard]] Status as_next(Ref<> yielded, Ref<> returned, Ref<>& item) noexcept;

// As the slot `next` of the iterator says it: the StopIteration of a return stays pending.
[[nodiscard]] Status next_as_it_says(Value iterator, Ref<>& item) noexcept;
// next(iterator): at the end the StopIteration that it ends with is pending.
[[nodiscard]] Ref<> next_or_stop(Value iterator) noexcept;

// An exception of that type without arguments.
Raised raise_bare(Type& type) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
