// python/modules/sys/stdlib_names.h: sys.stdlib_module_names.
//
// Attached threads. Tests: tests/python/modules/sys_test.cc
#pragma once

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN {

[[nodiscard]] Ref<> stdlib_module_names() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN
