// python/modules/operator/parts.h: what _operator is made of, by the files that have it.
//
// Tests: tests/python/modules/operator_test.cc
#pragma once

#include <span>

#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN::operators {

// a + b, a < b, -a, a += b and all the others that have a slot.
[[nodiscard]] std::span<const NativeSpec> plain_functions() noexcept;
// Those of sequences and the rest.
[[nodiscard]] std::span<const NativeSpec> other_functions() noexcept;

// attrgetter, itemgetter, methodcaller. Once, when the module is made.
[[nodiscard]] Status add_getters(Module& module) noexcept;
[[nodiscard]] Status add_method_caller(Module& module) noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::operators
