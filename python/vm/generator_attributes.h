// python/vm/generator_attributes.h: the attributes that generators, coroutines and async generators
// have under one name or another.
//
// Getters and setters for AttributeSpec (objects/types/native_function.h); `self` is one of the
// three, or the wrapper of a coroutine. Attached threads.
// Tests: tests/python/language/generators.py
#pragma once

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN::generator_attributes {

[[nodiscard]] Ref<> name(Value self) noexcept;
[[nodiscard]] Status set_name(Value self, Ref<> value) noexcept;
[[nodiscard]] Ref<> qualified_name(Value self) noexcept;
[[nodiscard]] Status set_qualified_name(Value self, Ref<> value) noexcept;
[[nodiscard]] Ref<> code(Value self) noexcept;
[[nodiscard]] Ref<> delegate(Value self) noexcept;
[[nodiscard]] Ref<> frame(Value self) noexcept;
[[nodiscard]] Ref<> is_running(Value self) noexcept;
[[nodiscard]] Ref<> is_suspended(Value self) noexcept;
[[nodiscard]] Ref<> origin(Value self) noexcept;

[[nodiscard]] Ref<> repr(Value self) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::generator_attributes
