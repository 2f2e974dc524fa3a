// python/modules/functools/parts.h: what _functools is made of, by the files that have it.
//
// Each is called once, when the module is made. Tests: tests/python/modules/functools_test.cc
#pragma once

#include "python/modules/native_type.h"

namespace orochi::inline OROCHI_DESIGN::functools {

[[nodiscard]] Status add_partial(Module& module) noexcept;
// Whoever asks first makes it. Null: it raised.
[[nodiscard]] Type* partial_type() noexcept;
[[nodiscard]] Status add_key_wrapper() noexcept;
[[nodiscard]] Status add_lru_cache(Module& module) noexcept;
Ref<> reduce(const Value* arguments) noexcept;
Ref<> cmp_to_key(const Value* arguments) noexcept;

[[nodiscard]] inline bool is_callable(Value value) noexcept {
  return type_of(value).block().protocols().call != nullptr;
}

}  // namespace orochi::inline OROCHI_DESIGN::functools
