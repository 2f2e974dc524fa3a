// python/modules/posix/fork_hooks.h: what a program wants called around a fork.
//
//     before            in the parent, the last that was registered first
//     after_in_parent   in the order in which they were registered, both; also after a failed fork
//     after_in_child
//
// What they raise is shown and goes no further.
//
// Attached threads. Tests: tests/python/language/posix_processes.py
#pragma once

#include "objects/model/status.h"

namespace orochi::inline OROCHI_DESIGN::posix {

// (before, after_in_child, after_in_parent), each of which may be missing.
Ref<> register_fork_hooks(const Value* arguments) noexcept;
// 0 in the child. Raises OSError.
[[nodiscard]] Ref<> fork_with_hooks() noexcept;
// Once, when the module is made.
[[nodiscard]] Status make_fork_hooks() noexcept;

}  // namespace orochi::inline OROCHI_DESIGN::posix
