// objects/types/singletons.h: the types of None, NotImplemented and Ellipsis, which are one value
// each.
//
// Attached threads. Tests: tests/objects/types/singletons_test.cc
#pragma once

#include "objects/model/type.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Type& none_type() noexcept;
[[nodiscard]] Type& not_implemented_type() noexcept;
[[nodiscard]] Type& ellipsis_type() noexcept;
// All three. Once, after make_str_type.
[[nodiscard]] Status make_singleton_types() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
